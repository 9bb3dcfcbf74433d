"""Everything held on one person as a zip file that opens without the software."""

import io
import json
import zipfile

from django.db import transaction
from django.db.models import Model
from django.utils.html import escape

from certificates.models import CertificateFile
from courses.audit import log
from courses.audit.models import AuditEntry
from courses.people.models import Person, User
from courses.people.visibility import same_as
from courses.quizzes import showing
from courses.quizzes.models import AnswerEvent
from courses.spreadsheets import csv_lines
from courses.transcript.models import EarlierTraining
from lms.archive.members import page
from lms.own_data.sheets import SHEETS, objects_of

ABOUT_OTHERS = {"not the same"}


@transaction.atomic
def make(person, *, actor, at):
    """The bytes of the zip file. That it was made is written down."""
    log.record("own data taken out", person, actor=actor, at=at)
    people = Person.objects.filter(pk__in=same_as(person)).values("pk")
    tables = [(sheet.name, sheet.title, *_table(sheet, people)) for sheet in SHEETS]
    tables += [
        ("answers", "What was asked and answered", *_answers(people)),
        ("entries", "What was done with the record, and who looked", *_entries(objects_of(people))),
        ("acts", "What the person did", *_acts(people)),
    ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        everything = {}
        for name, _title, headings, rows in tables:
            archive.writestr(f"{name}.csv", "".join(csv_lines(headings, rows)))
            everything[name] = [dict(zip(headings, row, strict=True)) for row in rows]
        archive.writestr("data.json", json.dumps(everything, indent=1, ensure_ascii=False))
        files = list(_files(people))
        for name, content in files:
            archive.writestr(name, content)
        archive.writestr("index.html", _index(person, tables, [name for name, _content in files], at))
    return out.getvalue()


def _table(sheet, people):
    columns = sheet.columns
    names = [field.name for field in columns]
    related = [field.name for field in columns if field.many_to_one or field.one_to_one]
    rows = sheet.rows(people).select_related(*related) if related else sheet.rows(people)
    return names, [[_cell(getattr(row, name)) for name in names] for row in rows]


def _cell(value):
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return value if isinstance(value, bool | int) else str(value)


def _answers(people):
    events = AnswerEvent.objects.filter(item__attempt__person__in=people).select_related(
        "item__question_edition__question", "item__attempt__quiz_edition"
    )
    rows = []
    for event in events.order_by("pk"):
        shown = showing.show_item(event.item, event.payload)
        said = "; ".join(str(each) for each in shown["chosen"])
        title = event.item.attempt.quiz_edition.title
        rows.append(
            [title, str(event.item.attempt.uuid), shown["n"], shown["question"], said, str(event.effective_at)]
        )
    return ["test", "attempt", "n", "question", "answer", "at"], rows


def _entries(objects):
    entries = AuditEntry.objects.about(objects).exclude(verb__in=ABOUT_OTHERS).order_by("pk")
    return ["at", "who", "what", "of", "facts"], [
        [str(one.at), one.actor_name, one.verb, one.object_type, _cell(one.facts)] for one in entries
    ]


def _acts(people):
    """Without the facts: they are about others."""
    users = User.objects.filter(person__in=people).values("pk")
    entries = AuditEntry.objects.filter(actor_id__in=users).order_by("pk")
    return ["at", "what", "of"], [[str(one.at), one.verb, one.object_type] for one in entries]


def _files(people):
    for file in CertificateFile.objects.filter(certificate__person__in=people).select_related("certificate"):
        yield f"certificates/{file.certificate.number}.pdf", bytes(file.pdf)
    for training in EarlierTraining.objects.filter(person__in=people).exclude(scan=""):
        ending = training.scan.name.rpartition(".")[2]
        with training.scan.open("rb") as scan:
            yield f"earlier/{training.uuid}.{ending}", scan.read()


def _index(person, tables, files, at):
    sheets = "".join(
        f'<li><a href="{name}.csv">{escape(title)}</a>: {len(rows)}</li>\n'
        for name, title, _headings, rows in tables
        if rows
    )
    links = "".join(f'<li><a href="{escape(name)}">{escape(name)}</a></li>\n' for name in files)
    return page(
        "Everything held on one person",
        f"<p>{escape(person.full_name)}, {at:%Y-%m-%d}. Keep it to yourself: it is personal.</p>\n"
        "<p>Each list opens in any spreadsheet program; the number of its rows stands behind it. "
        '<a href="data.json">One file for programs</a> holds the same.</p>\n'
        f"<ul>\n{sheets}</ul>\n<h2>Files</h2>\n<ul>\n{links}</ul>\n"
        "<p>Not in here: passwords and other secrets, which answers are right, what is about other people, and "
        "copies in older backups. Photographs of attendance sheets show many people: ask the office.</p>",
    )
