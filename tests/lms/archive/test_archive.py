"""An archive opens without the software, is whole, and says what is in it."""

import csv
import hashlib
import io
import json
import posixpath
import re
import threading
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.images import get_image_model

from certificates.issuing import issue
from certificates.models import Certificate, CertificateFile
from courses.audit.models import AuditEntry
from courses.catalogue.models import Course
from courses.catalogue.raw import block, items
from courses.directory.models import Entry, Signatory
from courses.drills.cases.models import CaseRun
from courses.drills.scenarios.models import Run
from courses.people.models import Person
from courses.questions.models import QuestionEdition, QuestionKey
from courses.quizzes.models import Attempt
from courses.room.tables import holding
from courses.room.tables.models import TableResult
from courses.workshops.models import Workshop
from lms.archive import making as archiving
from lms.archive import members
from lms.archive.folders import folders
from lms.backups import sealing
from lms.reports.figures import scope as scopes
from lms.reports.figures.training import Training
from lms.reports.packs import making
from lms.reports.packs.models import Pack
from tests.answering import take
from tests.courses.drills.cases.writing import handed_in
from tests.drill_repaired import make_drill_repair
from tests.factories import (
    make_completion,
    make_course,
    make_enrolment,
    make_entry,
    make_lesson,
    make_person,
    make_registration,
    make_signatory,
    make_site,
    make_small_course,
    make_table_top,
    make_workshop,
    paragraph,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 as issued"
PIXEL = b"a picture"


def make_everything():
    """A course with a picture and a quick question, a test that was taken, a workshop, a pack, a directory."""
    course, now = make_small_course(course=make_course(title="Signs")), timezone.now()
    picture = get_image_model()(title="Peaks", width=1, height=1)
    picture.file.name = default_storage.save("original_images/peaks.png", ContentFile(PIXEL))
    picture.save()
    ask, go = {"text": "Ask", "right": True, "why": "So it is."}, {"text": "Go", "right": False, "why": ""}
    blocks = [
        paragraph('<p>See <a href="https://example.org/act">the Act</a> &amp; <b>ask</b>.</p>'),
        block("picture", image=picture.pk, alt_text="Two peaks", decorative=False, caption="Morning"),
        block("quick_question", stem="What first?", answers=items([ask, go]), sectors=[]),
    ]
    make_lesson(course, blocks=blocks, title="With everything")
    enrolment = make_enrolment(make_person(full_name="Tara Taker"), course.course)
    take(course.check, enrolment.person, enrolment, at=now)
    make_drill_repair(course)
    handed_in(make_person(full_name="Casey Filler"))
    workshop = make_workshop(facilitators=[make_person(full_name="Fay Teacher")])
    make_registration(workshop, make_person(full_name="Reg Ister"))
    held = holding.hold(workshop, make_table_top(), actor=None, at=now)
    duties = [one["id"] for one in held.edition.content["duties"] if one["at"] == "door"]
    holding.enter(held, 1, [], absent=[], marks=dict.fromkeys(duties, "missed"), actor=None, at=now)
    making.make(scopes.read({"period": f"calendar-{now.year}"}), actor=None, at=now)
    make_entry()
    make_signatory(name="Sig Natory")


@pytest.fixture
def archive(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    make_person(full_name="=1+1")
    drawn, _not_drawn = (issue(make_completion(), actor=None, at=timezone.now()) for _ in range(2))
    CertificateFile.objects.create(
        certificate=drawn, pdf=PDF, sha256=hashlib.sha256(PDF).hexdigest(), drawn_at=timezone.now()
    )
    make_everything()
    path = tmp_path / "a.zip"
    call_command("archive", to=str(path), plain=True)
    with zipfile.ZipFile(path) as opened:
        yield opened


def sheet(archive, name):
    return list(csv.DictReader(io.StringIO(archive.read(f"{name}/{name}.csv").decode("utf-8-sig"))))


def test_every_file_is_reached_and_no_link_is_dead_or_leaves(archive):
    seen, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        text = archive.read(path).decode() if path.endswith(".html") else ""
        assert "<script" not in text
        assert not re.findall(r'(?:href|src)="[^"]*:', text)
        for link in re.findall(r'(?:href|src)="([^"]+)"', text):
            waiting.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), link)))
    assert seen == set(archive.namelist())


def test_the_manifest_names_every_other_file_with_its_sum(archive):
    lines = [line.split("  ", 1) for line in archive.read("SHA256SUMS").decode().splitlines()]
    assert {path for _sum, path in lines} == set(archive.namelist()) - {"SHA256SUMS"}
    assert all(hashlib.sha256(archive.read(path)).hexdigest() == known for known, path in lines)


def test_it_holds_as_many_as_the_database_and_no_formula(archive):
    models = {
        "people": Person, "training": Training, "certificates": Certificate, "audit": AuditEntry,
        "results": Attempt, "courses": Course, "questions": QuestionEdition, "answer-keys": QuestionKey,
        "scenarios": Run, "cases": CaseRun, "workshops": Workshop, "packs": Pack, "table-tops": TableResult,
        "directory": Entry, "signatories": Signatory,
    }  # fmt: skip
    assert all(model.objects.exists() for model in models.values())
    assert {name: len(sheet(archive, name)) for name in models} == {
        name: model.objects.count() for name, model in models.items()
    }
    assert "'=1+1" in [row["full_name"] for row in sheet(archive, "people")]
    assert sheet(archive, "audit")[-1]["what"] == "archive made"


def test_a_certificate_lies_there_as_it_was_drawn(archive):
    drawn, not_drawn = sheet(archive, "certificates")
    assert archive.read(f"certificates/{drawn['file']}") == PDF
    assert hashlib.sha256(PDF).hexdigest() == drawn["sha256"]
    assert not_drawn["file"] == not_drawn["sha256"] == ""
    assert len([name for name in archive.namelist() if re.match("certificates/.*pdf", name)]) == 1


def test_a_lesson_is_a_page_with_its_picture_and_without_what_is_right(archive):
    name = next(
        name for name in archive.namelist()
        if name.startswith("courses/lesson-") and b"With everything" in archive.read(name)
    )  # fmt: skip
    lesson = archive.read(name).decode()
    assert "See the Act (https://example.org/act) &amp; <b>ask</b>." in lesson
    picture = re.search(r'<img src="([^"]+)" alt="Two peaks"', lesson)[1]
    assert archive.read(f"courses/{picture}") == PIXEL
    assert "What first?" in lesson
    assert "So it is." not in lesson
    assert "So it is." in archive.read(name.replace("courses", "answer-keys")).decode()


def test_what_is_right_stands_in_its_own_folder_alone(archive):
    rights = {row["question"]: json.loads(row["key"]) for row in sheet(archive, "answer-keys")}
    ids = {answer for key in rights.values() for answer in key["right"]}
    assert ids
    others = [archive.read(name) for name in archive.namelist() if not name.startswith("answer-keys/")]
    assert not [content for content in others for one in ids if one.encode() in content]


def test_tables_to_read_say_what_the_sheets_say(archive):
    for name in ("people", "results", "registers", "workshops"):
        text = archive.read(f"{name}/{name}-1.html").decode()
        rows = sheet(archive, name)
        assert rows
        assert text.count("<tr>") == len(rows) + 1
    assert [row["score"] for row in sheet(archive, "results")] == ["100"]
    (played,), (filled,) = sheet(archive, "scenarios"), sheet(archive, "cases")
    assert (played["full_name"], played["score"], played["passed"]) == ("Lou Later", "0", "no")
    assert (filled["full_name"], filled["score"], filled["passed"]) == ("Casey Filler", "100", "yes")
    assert [(row["full_name"], row["presence"]) for row in sheet(archive, "registers")] == [
        ("Reg Ister", "")
    ] * 2


def test_a_long_table_goes_on_on_the_next_page(archive, monkeypatch):
    monkeypatch.setattr(members, "ROWS", 2)
    folder = next(folder for folder in folders(people=True) if folder.name == "people")
    pages = {name: b"".join(pieces).decode() for name, pieces in folder.tables()}
    assert len(pages) == -(-Person.objects.count() // 2) > 1
    assert 'href="people-2.html"' in pages["people-1.html"]
    assert sum(text.count("<td>=1+1</td>") for text in pages.values()) == 1


def test_without_people_nobody_is_named(archive, tmp_path):
    path = tmp_path / "nobody.zip"
    call_command("archive", to=str(path), plain=True, without_people=True)
    with zipfile.ZipFile(path) as opened:
        names = opened.namelist()
        text = b"\n".join(
            opened.read(name) for name in names if name.endswith((".html", ".csv", ".txt"))
        ).decode()
    assert {name.split("/")[0] for name in names if "/" in name} == {
        "workshops", "table-tops", "courses", "questions", "answer-keys", "figures", "packs", "directory"
    }  # fmt: skip
    assert [person for person in Person.objects.all() if person.full_name in text] == []
    assert "Sig Natory" not in text
    assert "inside" not in "".join(names)
    assert "outside" in "".join(names)


@pytest.mark.django_db(transaction=True)
def test_it_is_of_one_moment():
    """Somebody who is added while it is being written is not in a part of it."""
    make_site()
    make_person(full_name="Before")
    pieces = archiving.chunks(timezone.now())
    first = next(pieces)
    added = threading.Thread(target=_add_somebody)
    added.start()
    added.join()
    content = first + b"".join(pieces)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert "Before" in opened.read("people/people.csv").decode()
        assert "Meanwhile" not in opened.read("people/people-1.html").decode()
    assert Person.objects.filter(full_name="Meanwhile").exists()


def _add_somebody():
    make_person(full_name="Meanwhile", agency=None)
    connection.close()


def test_without_a_key_nothing_is_written_unless_plain_is_typed(tmp_path, settings):
    settings.BACKUP_RECIPIENTS = []
    with pytest.raises(CommandError, match="--plain"):
        call_command("archive", to=str(tmp_path / "a.zip.age"))
    assert not list(tmp_path.iterdir())
    assert not AuditEntry.objects.filter(verb="archive made").exists()


def test_sealed_for_the_key_of_the_backups(tmp_path, settings):
    public, private = sealing.new_key()
    settings.BACKUP_RECIPIENTS = [public]
    path = tmp_path / "a.zip.age"
    call_command("archive", to=str(path))
    with sealing.unsealed(path, sealing.identities(private.encode())) as stream:
        assert "index.html" in zipfile.ZipFile(io.BytesIO(stream.read())).namelist()


def test_queries_do_not_grow(archive, django_assert_max_num_queries):
    for _ in range(3):
        make_completion()
    with django_assert_max_num_queries(60):
        assert b"".join(archiving.chunks(timezone.now()))
