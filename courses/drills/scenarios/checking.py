"""Why a scenario may not be published, and what its author may want to look at again."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.catalogue.checking import block_problems
from courses.catalogue.noticing import text_notes
from courses.drills.scenarios import graph
from courses.drills.scenarios.written import SITUATION, story_of

# How much longer than the others on average the best choice may be before its length tells.
TELLING = 1.25

FAULTS = {
    graph.EMPTY: gettext_lazy("There are no situations yet."),
    graph.NO_ENDING: gettext_lazy("There is no ending yet."),
    graph.TWICE: gettext_lazy("“%(place)s” is the short name of two places. Rename one of them."),
    graph.NO_CHOICE: gettext_lazy("Situation “%(place)s” has no choices: the story stops there."),
    graph.NOWHERE: gettext_lazy(
        "Situation “%(place)s”, choice %(n)d leads to “%(to)s”. There is no situation or ending of that name."
    ),
    graph.UNREACHABLE: gettext_lazy(
        "No choice leads to “%(place)s” from the beginning. Let one lead there, or remove it."
    ),
    graph.ENDLESS: gettext_lazy(
        "From situation “%(place)s” no ending can be reached, whatever is chosen. Let a choice lead out."
    ),
}


def scenario_problems(page):
    story = story_of(page.scenes)
    return [
        *_nameless(story),
        *(_in_words(fault) for fault in graph.faults(story)),
        *_worthless(story),
        *_media_problems(page),
        *_other_case_problems(page),
    ]


def _in_words(fault):
    if fault.code == graph.TOO_MANY:
        return ngettext(
            "There is %(n)d situation; a scenario has %(most)d at most.",
            "There are %(n)d situations; a scenario has %(most)d at most.",
            fault.n,
        ) % {"n": fault.n, "most": graph.MOST_SITUATIONS}
    return FAULTS[fault.code] % {"place": fault.place, "n": fault.n, "to": fault.to}


def _nameless(story):
    for kind in ("situations", "endings"):
        for one in story[kind]:
            if not one["id"]:
                yield _("“%(title)s” needs a short name of letters or digits.") % {"title": one["title"]}


def _worthless(story):
    """Where nothing that can be chosen is worth anything, nobody can have done it well."""
    for one in story["situations"]:
        points = [choice["points"] for choice in one["choices"]]
        if points and not max(points):
            yield _("Situation “%(place)s”: give points to the choice that the procedure asks for.") % {
                "place": one["id"]
            }
        for n, choice in enumerate(one["choices"], 1):
            if choice["critical"] and choice["points"]:
                yield _("Situation “%(place)s”, choice %(n)d is a critical error and has points.") % {
                    "place": one["id"],
                    "n": n,
                }


def _media_problems(page):
    for block in page.scenes:
        if block.block_type == SITUATION:
            for problem in block_problems(block.value["media"]):
                yield _("Situation “%(place)s”: %(problem)s") % {
                    "place": block.value["name"],
                    "problem": problem,
                }


def _other_case_problems(page):
    other = page.instead
    if other is None:
        return
    if other.pk == page.pk:
        yield _("The case to use instead is this one. Choose another, or none.")
    elif not other.live:
        yield _("The case to use instead, “%(title)s”, is not published.") % {"title": other.title}


def scenario_notes(page):
    """Length and place tell which choice is right; three choices make people think."""
    story, found = story_of(page.scenes), []
    found += text_notes(page.summary, _("The summary"))
    for one in story["situations"]:
        place = _("Situation “%(place)s”") % {"place": one["id"]}
        found += text_notes(one["text"], place)
        if len(one["choices"]) == 2:
            found.append(
                _("%(place)s has two choices only. A third one makes people think.") % {"place": place}
            )
        if _tells_by_length(one["choices"]):
            found.append(
                _("%(place)s: the best choice is much longer than the others, which gives it away.")
                % {"place": place}
            )
        if not one["clauses"]:
            found.append(_("%(place)s names no clause of the procedure.") % {"place": place})
    longest = [one["id"] for one in story["situations"] if _best_is_longest(one["choices"])]
    if len(story["situations"]) > 4 and len(longest) > 0.6 * len(story["situations"]):
        found.append(
            _("In most situations the best choice is the longest one. People who do not know it guess it so.")
        )
    if not page.content_note:
        found.append(
            _("There is no content note. Say what comes and what does not, so that people can choose.")
        )
    return found


def _lengths(choices):
    """(the best choice's length, those of the others), or None where there is no one best."""
    most = max((choice["points"] for choice in choices), default=0)
    best = [choice for choice in choices if choice["points"] == most]
    if len(best) != 1 or len(choices) < 2:
        return None
    return len(best[0]["text"]), [len(choice["text"]) for choice in choices if choice is not best[0]]


def _tells_by_length(choices):
    lengths = _lengths(choices)
    return bool(lengths) and lengths[0] > TELLING * sum(lengths[1]) / len(lengths[1])


def _best_is_longest(choices):
    lengths = _lengths(choices)
    return bool(lengths) and lengths[0] > max(lengths[1])
