"""Question papers and answer sheets as PDF. Nothing of what is right is on them, nor read for them."""

from string import ascii_uppercase

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import get_template, render_to_string
from django.utils import translation

from courses.kinds import kind_of
from courses.kinds.answering import PARTS, ROWS
from courses.quizzes import showing
from courses.room.compact import Place, last_letter
from courses.room.freezing import LETTERS, items_of, letter_for, questions_of
from courses.room.survey import SCALE, STATEMENTS
from courses.workshops.models import Registration

# For those who walk in after the printing: of each form.
SPARE = 3


def question_paper(form):
    """The PDF of one form."""
    with translation.override(form.quiz_edition.locale):
        asked = [_asked(item) for item in items_of(form)]
        html = render_to_string(
            "room/question_paper.html",
            {"form": form, "title": form.quiz_edition.title, "asked": asked, "language": _language()},
        )
    return _draw(html)


def _asked(item):
    """What is printed of one question: its options lettered."""
    shown = showing.show_item(item, None)
    shown["options"] = list(zip(ascii_uppercase, shown["options"], strict=False))
    for part in shown["parts"]:
        part["options"] = list(zip(ascii_uppercase, part["options"], strict=False))
    # Rows of a matching choose among letters; rows of an order are lettered themselves.
    shown["is_order"] = shown["asks"] == ROWS and not shown["rows"][0]["choices"][0]["letter"]
    shown["is_match"] = shown["asks"] == ROWS and not shown["is_order"]
    letters = ascii_uppercase if shown["is_order"] else range(1, len(shown["rows"]) + 1)
    shown["matches"] = shown["rows"][0]["choices"] if shown["is_match"] else []
    shown["rows"] = list(zip(letters, shown["rows"], strict=False))
    return shown


def answer_sheets(forms):
    """The PDF of one sheet for everybody with a row, and some without. `forms`: of one test."""
    by_letter = {form.letter: form for form in forms}
    form = forms[0]
    coming = Registration.objects.coming().filter(workshop=form.workshop_id).select_related("person")
    people = [one for one in coming if one.label]
    with translation.override(form.quiz_edition.locale):
        lines = {letter: sheet_lines(questions_of(one)) for letter, one in by_letter.items()}
        unsure = form.quiz_edition.may_be_unsure
        sheets = [
            {"row": one.label, "name": one.person.full_name, "letter": letter_for(one)} for one in people
        ] + [{"row": "", "name": "", "letter": letter} for letter in LETTERS for _n in range(SPARE)]
        for sheet in sheets:
            sheet["lines"] = lines[sheet["letter"]]
        html = render_to_string(
            "room/answer_sheets.html",
            {"sheets": sheets, "form": form, "unsure": unsure, "language": _language()},
        )
    return _draw(html)


def sheet_lines(questions):
    """[{"n", "label", "letters", "boxes", "writes", "unit"}, ...]: what is circled or written, line by line."""
    lines = []
    for n, (question, order) in enumerate(questions, 1):
        lines += _lines(n, question, order)
    return lines


def _lines(n, question, order):
    asks, body = kind_of(question.kind).ASKS, question.body
    line = {"n": n, "label": "", "letters": "", "boxes": "", "writes": False, "unit": body.get("unit", "")}
    if asks == PARTS:
        return [
            {**line, "label": str(k), "letters": ascii_uppercase[: len(part["options"])]}
            for k, part in enumerate(body["parts"], 1)
        ]
    if asks == ROWS and "rows" in body:
        letters = ascii_uppercase[: len(order)]
        return [{**line, "label": str(k), "letters": letters} for k in range(1, len(body["rows"]) + 1)]
    if asks == ROWS:
        return [{**line, "boxes": ascii_uppercase[: len(order)]}]
    if order:
        place = Place(n, question.kind, body, order)
        return [{**line, "letters": ascii_uppercase[: ascii_uppercase.index(last_letter(place)) + 1]}]
    return [{**line, "writes": True}]


def response_of(content, name):
    """The PDF as an answer to be looked at and printed. `name` says nothing about the topic."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def survey_sheet():
    """The PDF of the survey, to be filled in without a name. The same for every workshop."""
    context = {"statements": STATEMENTS.values(), "scale": SCALE, "language": _language()}
    return _draw(render_to_string("room/survey_sheet.html", context))


def _language():
    return translation.get_language() or settings.LANGUAGE_CODE


def _draw(html):
    # Loading the renderer is expensive.
    from courses import printing  # noqa: PLC0415

    return printing.to_pdf(html, printing.office_style(get_template("room/paper.css").template.source))
