"""Parts of the sentences of a pack: numbers with their nouns, lists, days."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

# So many names stand in a sentence; of more, their number.
MOST_NAMES = 5
MOST_MONTHS = 3
PLURALS = {
    "police": gettext_lazy("police officers"),
    "immigration": gettext_lazy("immigration officers"),
    "customs": gettext_lazy("customs officers"),
    "diplomatic": gettext_lazy("diplomats and officials of external affairs"),
    "health": gettext_lazy("health providers"),
    "social": gettext_lazy("social workers"),
    "civil": gettext_lazy("people of civil society"),
}


def of_sector(code, n):
    said = {"n": number(n)}
    match code:
        case "police":
            text = ngettext("%(n)s police officer", "%(n)s police officers", n)
        case "immigration":
            text = ngettext("%(n)s immigration officer", "%(n)s immigration officers", n)
        case "customs":
            text = ngettext("%(n)s customs officer", "%(n)s customs officers", n)
        case "diplomatic":
            text = ngettext(
                "%(n)s diplomat or official of external affairs",
                "%(n)s diplomats and officials of external affairs",
                n,
            )
        case "health":
            text = ngettext("%(n)s health provider", "%(n)s health providers", n)
        case "social":
            text = ngettext("%(n)s social worker", "%(n)s social workers", n)
        case "civil":
            text = ngettext("%(n)s person of civil society", "%(n)s people of civil society", n)
        case _:
            text = ngettext("%(n)s other official", "%(n)s other officials", n)
    return text % said


def number(n):
    """In words up to twelve, as running text has it."""
    words = [
        *(_("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight")),
        *(_("nine"), _("ten"), _("eleven"), _("twelve")),
    ]
    return words[n] if n < len(words) else str(n)


def officials(n, few):
    if few(n):
        return _("fewer than five officials")
    return ngettext("%(n)s official", "%(n)s officials", n) % {"n": number(n)}


def people(n):
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": number(n)}


def sexes(sexes, few):
    women, men, unknown = sexes
    if any(few(n) for n in sexes):
        return ""
    parts = [
        *some(women, lambda n: ngettext("%(n)s woman", "%(n)s women", n) % {"n": n}),
        *some(men, lambda n: ngettext("%(n)s man", "%(n)s men", n) % {"n": n}),
        *some(unknown, lambda n: _("%(n)s not stated") % {"n": n}),
    ]
    return f" ({', '.join(parts)})"


def workshops(n):
    return ngettext("%(n)s workshop", "%(n)s workshops", n) % {"n": number(n)}


def completions(n):
    return ngettext("%(n)s online completion", "%(n)s online completions", n) % {"n": number(n)}


def trainings(n):
    return ngettext("%(n)s training", "%(n)s trainings", n) % {"n": number(n)}


def agencies(n):
    return ngettext("%(n)s agency", "%(n)s agencies", n) % {"n": number(n)}


def topics(n):
    return ngettext("%(n)s topic", "%(n)s topics", n) % {"n": number(n)}


def courses(n):
    return ngettext("%(n)s course", "%(n)s courses", n) % {"n": number(n)}


def hours(minutes):
    n = (minutes + 30) // 60
    return ngettext("%(n)s person-hour", "%(n)s person-hours", n) % {"n": n}


def names(names, many):
    """The names themselves, or how many where they are many."""
    names = list(names)
    return together(sorted(names)) if len(names) <= MOST_NAMES else many(len(names))


def when(held):
    days = sorted(row["day"] for row in held)
    first, last = min(row["first_day"] for row in held), days[-1]
    if first == last:
        return _("on %(day)s") % {"day": in_full(date.fromisoformat(last))}
    months = list(dict.fromkeys(f"{date.fromisoformat(day):%Y-%m}-01" for day in [first, *days]))
    if len(months) <= MOST_MONTHS:
        return _("in %(months)s") % {"months": together(_months(months))}
    said = {"from": months[0], "to": months[-1]}
    return _("between %(from)s and %(to)s") % {
        name: date_format(date.fromisoformat(day), "F Y") for name, day in said.items()
    }


def _months(months):
    """ "January" and "March 2026": the year once, where it is one."""
    shape = "F Y" if months[0][:4] != months[-1][:4] else "F"
    some = [date_format(date.fromisoformat(month), shape) for month in months[:-1]]
    return [*some, date_format(date.fromisoformat(months[-1]), "F Y")]


def paid(held):
    funders = sorted({row["funder"] for row in held if row["funder"]})
    if not funders or len(funders) > MOST_NAMES:
        return ""
    return _(", paid for by %(names)s") % {"names": together(funders)}


def together(parts):
    parts = [str(part) for part in parts]
    if len(parts) < 2:
        return "".join(parts)
    return _("%(some)s and %(last)s") % {"some": ", ".join(parts[:-1]), "last": parts[-1]}


def some(n, words):
    return [words(n)] if n else []


def in_full(day):
    return date_format(day, "j F Y")
