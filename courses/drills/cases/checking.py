"""Why a practice case may not be published: sentences that name the place."""

from django.utils.translation import gettext as _

from courses.choices import DrillStep
from courses.drills.cases.freezing import FIELDS, lines, times
from courses.drills.cases.reading import blocks_of_case
from courses.drills.cases.real_looking import looks_real
from courses.drills.cases.scoring import (
    CHOICE,
    CHOICES,
    LONG,
    SHORT,
    TIMES,
    moment,
    tick_all_would_pass,
    words_of,
)


def case_problems(page):
    blocks = blocks_of_case(page.form)
    fields = [(kind, value) for _id, kind, value in blocks if kind in FIELDS]
    found = []
    if not any(kind in ("statement", "document", "note") for _id, kind, _value in blocks):
        found.append(_("There is no account yet: add a statement, a document or a note."))
    if not any(kind != LONG for kind, _value in fields):
        found.append(_("There is no field yet that the key can mark."))
    for n, (kind, value) in enumerate(fields, 1):
        place = _("Field %(n)d, “%(label)s”") % {"n": n, "label": value.get("label") or ""}
        found += [f"{place}: {problem}" for problem in [*_about_all(value), *_CHECKS[kind](value)]]
    return [*found, *_empty_pages(blocks), *_real_looking(blocks)]


def _about_all(value):
    if value.get("step") not in DrillStep.values:
        yield _("say which step of the procedure it belongs to.")


def _choice(value):
    right = [bool(option.get("right")) for option in value.get("options") or ()]
    if not any(right):
        yield _("it has no key. Tick which option is right.")
    elif all(right):
        yield _("every option is right. Add one that is not.")


def _choices(value):
    options = value.get("options") or ()
    right = sum(bool(option.get("right")) for option in options)
    least = value.get("least") or 1
    if not right:
        yield _("it has no key. Tick which options are right.")
    elif right == len(options):
        yield _("every option is right. Add some that are not, or ticking every box would pass.")
    elif least > right:
        yield _("more points are needed than there are right options.")
    elif tick_all_would_pass(_as_key(options, least)):
        yield _("whoever ticks every box would have enough points. Add wrong options, or ask for more points.")


def _as_key(options, least):
    return {"options": {n: {"right": bool(one.get("right"))} for n, one in enumerate(options)}, "least": least}


def _short(value):
    accepted = [line for line in lines(value.get("accepted")) if words_of(line)]
    if not accepted:
        yield _("it has no key. Give at least one accepted answer.")
    elif (value.get("least") or 1) > len(accepted):
        yield _("more lines have to be met than there are accepted answers.")


def _long(value):
    if not [line for line in value.get("rubric") or () if (line.get("text") or "").strip()]:
        yield _("say what a good text does, so that people can judge their own.")


def _times(value):
    rows = value.get("rows") or ()
    for row in rows:
        given = times(row.get("at"))
        if not given or any(moment(text) is None for text in given):
            yield _("give the time of “%(row)s” as 14:10.") % {"row": row.get("text") or ""}
    if (value.get("least") or 1) > len(rows):
        yield _("more right times are needed than there are rows.")


_CHECKS = {CHOICE: _choice, CHOICES: _choices, SHORT: _short, LONG: _long, TIMES: _times}


def _empty_pages(blocks):
    """A page without a field cannot be filled in, so what follows it would not be reached."""
    title, has_field, begun = "", True, False
    for _id, kind, value in [*blocks, ("", "page", {"title": ""})]:
        if kind == "page":
            if begun and not has_field:
                yield _("Page “%(title)s” has no field to fill in.") % {"title": title}
            title, has_field = value.get("title") or "", False
        begun = True
        has_field = has_field or kind in FIELDS


def _real_looking(blocks):
    for text in (text for _id, _kind, value in blocks for text in _texts(value)):
        if found := looks_real(text):
            yield _(
                "“%(found)s” looks like the number or address of somebody real. A practice case has none."
            ) % {"found": found}


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in ("id", "clauses"):
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
