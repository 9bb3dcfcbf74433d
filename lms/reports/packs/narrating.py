"""The sentences of a pack, as international reports phrase them. From what was counted, nothing else.

Each has a version for sending out, which never says a number of people from one to four, nor lets one be
reckoned: where a part is few, no part is numbered.
"""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.reports.packs import phrases, recounting
from lms.reports.packs.outside import is_few


def sentences(counted, period, day):
    """[{"key", "inside", "outside"}, ...] of a Counted. `day`: that on which certificates are in force."""
    found = []
    for key, say in [
        ("year", lambda few: _year(counted, period, few)),
        ("first", lambda few: _first(counted, few)),
        *((f"sector-{code}", _sector(counted, code)) for code in sorted(counted.sectors_at)),
        ("online", lambda few: _online(counted, few)),
        ("gain", lambda _few: _gain(counted)),
        ("gain-online", lambda _few: _gain_online(counted)),
        ("certificates", lambda few: _certificates(counted, day, few)),
        ("awareness", lambda few: _awareness(counted, few)),
    ]:
        inside = say(_never)
        if inside:
            found.append({"key": key, "inside": inside, "outside": say(is_few)})
    return [one for one in found if one["outside"]]


def _never(_number):
    return False


# --- Sentences --------------------------------------------------------------------------


def _year(counted, period, few):
    whole, held, workshops = counted.whole, counted.held, len(counted.held)
    said = {"from": phrases.in_full(period.first), "to": phrases.in_full(period.last)}
    if not whole.people:
        return _("Between %(from)s and %(to)s nobody completed a training.") % said
    online = (lambda n: _("online completions")) if few(whole.completions) else phrases.completions
    ways = [*phrases.some(workshops, phrases.workshops), *phrases.some(whole.completions, online)]
    topics = sorted({row["topic"] for row in held} | {f"“{title}”" for title, _group in counted.of("course")})
    said |= {
        "people": phrases.officials(len(whole.people), few) + phrases.sexes(whole.sexes, few),
        "agencies": phrases.names(whole.agencies, phrases.agencies),
        "ways": capfirst(phrases.together(ways)) or _("Training elsewhere"),
        "hours": phrases.hours(whole.minutes),
        "topics": phrases.names(topics, phrases.topics),
    }
    if few(len(whole.people)):
        return _("Between %(from)s and %(to)s, fewer than five officials were trained.") % said
    begin = _("Between %(from)s and %(to)s, %(people)s from %(agencies)s were trained")
    if len(whole.people) == 1 and not few(1):
        begin = _("Between %(from)s and %(to)s, %(people)s from %(agencies)s was trained")
    if not whole.agencies:
        begin = _("Between %(from)s and %(to)s, the following number of people had training: %(people)s")
    end = _("%(ways)s gave %(hours)s on %(topics)s") if topics else _("%(ways)s gave %(hours)s")
    return f"{begin % said}. {end % said}."


def _first(counted, few):
    first, people = len(counted.whole.first), len(counted.whole.people)
    if not people:
        return ""
    if few(first) or few(people - first) or few(people):
        return _("Some of them were trained for the first time, and some had been trained before.")
    if first == people:
        return _("All of them were trained for the first time.")
    if not first:
        return _("All of them had been trained before.")
    text = ngettext(
        "%(n)s of them was trained for the first time.",
        "%(n)s of them were trained for the first time.",
        first,
    )
    return capfirst(text % {"n": phrases.number(first)})


def _sector(counted, code):
    def say(few):
        at = counted.sectors_at[code]
        people = set().union(*at.values())
        held = [row for row in counted.held if row["key"] in at]
        sizes = [len(set().union(*others.values())) for others in counted.sectors_at.values()]
        # A sector less its other agencies would be the one that is hidden.
        sizes += [len(group.people) for _agency, group in counted.of("agency")]
        if any(few(size) for size in sizes):
            who = phrases.PLURALS.get(code, _("other officials"))
        else:
            who = phrases.of_sector(code, len(people))
        said = {
            "who": capfirst(str(who)),
            "trainings": phrases.trainings(len(held)),
            "topics": phrases.names(sorted({row["topic"] for row in held}), phrases.topics),
            "when": phrases.when(held),
            "paid": phrases.paid(held),
        }
        return _("%(who)s attended %(trainings)s on %(topics)s %(when)s%(paid)s.") % said

    return say


def _online(counted, few):
    courses = counted.of("course")
    if not courses:
        return ""
    sizes = [len(group.people) for _title, group in courses]
    if any(few(size) for size in sizes):
        titles = phrases.names((f"“{title}”" for title, _group in courses), phrases.courses)
        return _("Officials completed %(titles)s on line.") % {"titles": titles}
    parts = [
        _("%(people)s completed “%(title)s”")
        % {"people": phrases.officials(len(group.people), few), "title": title}
        for title, group in courses[: phrases.MOST_NAMES]
    ]
    return _("On line, %(parts)s.") % {"parts": phrases.together(parts)}


def _gain(counted):
    n, before, after = counted.gain("workshop")
    if before is None:
        return ""
    if after > before:
        text = _(
            "The median mark of %(n)s participants with both tests rose from %(before)s to %(after)s of 100."
        )
    else:
        text = _(
            "The median mark of %(n)s participants with both tests was %(before)s of 100 before and "
            "%(after)s after."
        )
    return text % {"n": n, "before": before, "after": after}


def _gain_online(counted):
    """Of the courses that may be judged; nothing where there are many."""
    found = [(title, *counted.gain("completion", title)) for title in recounting.courses_tested(counted)]
    judged = [row for row in found if row[2] is not None]
    if not judged or len(judged) > phrases.MOST_NAMES:
        return ""
    parts = [
        _("from %(before)s to %(after)s of 100 in “%(title)s” (%(n)s people)")
        % {"title": title, "n": n, "before": before, "after": after}
        for title, n, before, after in judged
    ]
    return _("On line, the median mark went %(parts)s.") % {"parts": phrases.together(parts)}


def _certificates(counted, day, few):
    issued, in_force = sum(counted.issued.values()), sum(counted.in_force.values())
    if not issued and not in_force:
        return ""
    holders = len(counted.holders)
    if few(issued) or few(in_force) or few(holders) or few(in_force - holders):
        return _("Certificates were issued; how many is not said of fewer than five.")
    text = ngettext("%(n)s certificate was issued", "%(n)s certificates were issued", issued)
    said = {
        "issued": capfirst(text % {"n": phrases.number(issued)}),
        "day": phrases.in_full(day),
        "n": phrases.number(in_force),
    }
    said["people"] = ngettext("%(n)s person", "%(n)s people", holders) % {"n": phrases.number(holders)}
    if not in_force:
        return _("%(issued)s; on %(day)s none was in force.") % said
    text = ngettext(
        "%(issued)s; on %(day)s %(n)s was in force, held by %(people)s.",
        "%(issued)s; on %(day)s %(n)s were in force, held by %(people)s.",
        in_force,
    )
    return text % said


def _awareness(counted, few):
    events = counted.awareness
    if not events:
        return ""
    reached = sum(row["reached"] for row in events)
    women = sum(row["women"] or 0 for row in events)
    text = ngettext("%(n)s awareness event reached", "%(n)s awareness events reached", len(events))
    people = _("fewer than five people") if few(reached) else phrases.people(reached)
    said = capfirst(text % {"n": phrases.number(len(events))}) + " " + people
    # Only where every event counted them.
    if all(row["women"] is not None for row in events) and not few(women) and not few(reached - women):
        said += " " + ngettext("(%(n)s of them a woman)", "(%(n)s of them women)", women) % {"n": women}
    return _("%(said)s; they are not among the people trained.") % {"said": said}
