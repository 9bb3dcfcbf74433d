"""A practice case as its draft stands, for its author: the form, and beside each field its key in words."""

from django.utils.translation import gettext as _

from courses.choices import CriticalError, DrillStep
from courses.drills.cases.freezing import freeze
from courses.drills.cases.reading import blocks_of_case


def preview_pages(page, *, with_key):
    pages, key = freeze(blocks_of_case(page.form), page.title)
    return [
        one
        | {
            "fields": [
                field | ({"told": _in_words(field, key[field["id"]])} if with_key else {})
                for field in one["fields"]
            ]
        }
        for one in pages
    ]


def _in_words(field, key):
    return {
        "step": DrillStep(key["step"]).label if key["step"] else "",
        "why": key["why"],
        "lines": [*_options(field, key), *_rows(field, key), *_texts(key)],
    }


def _options(field, key):
    for option in field.get("options", ()):
        known = key["options"][option["id"]]
        code = str(CriticalError(known["critical"]).label) if known["critical"] else ""
        if known["right"] or code or known["why"]:
            mark = _("Right") if known["right"] else _("Not right")
            yield ": ".join(filter(None, [f"{mark}, {option['text']}", code, known["why"]]))


def _rows(field, key):
    for row in field.get("rows", ()):
        yield f"{row['text']}: {', '.join(key['rows'][row['id']]['at'])}"


def _texts(key):
    for line in key.get("accepted", ()):
        yield _("Accepted: %(line)s") % {"line": line}
    for line in key.get("refused", ()):
        yield _("Must not be in it: %(line)s") % {"line": line}
    yield from (line["text"] for line in key.get("rubric", ()))
    if key.get("model"):
        yield _("A good answer: %(text)s") % {"text": key["model"]}
