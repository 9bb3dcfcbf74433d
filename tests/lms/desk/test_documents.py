"""A Word document is uploaded: what the draft holds, and what its author is told."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Page

from courses.audit.models import AuditEntry
from courses.catalogue import docx
from courses.catalogue.models import CoursePage, LessonPage
from lms.desk.documents import sentence_of
from tests.documents import document, para, run, table
from tests.factories import make_site, make_small_course

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/new/document/"


@pytest.fixture
def desk(client_of, focal_point):
    make_site()
    return client_of(focal_point)


@pytest.fixture
def page(db):
    return make_small_course(title="Signs")


def upload(desk, page, file, title="", module=""):
    file = SimpleUploadedFile("lesson.docx", file.read() if hasattr(file, "read") else file)
    return desk.post(ADDRESS, {"file": file, "title": title, "place": f"{page.pk}:{module}"})


def word_file():
    return document(
        para("The first hour", style="Titre1"),
        para(run("Ask, "), run("listen", "<w:b/>")),
        para("first", number=1),
        "<w:p><w:r><w:drawing/></w:r></w:p>",
        table(["Sign", "Meaning"], ["No papers", "Somebody keeps them"]),
    )


def test_the_menu_of_new_things_leads_to_it(desk):
    assert f'href="{ADDRESS}"' in desk.get("/admin/new/").content.decode()


def test_it_becomes_a_draft_in_the_module_that_was_chosen(desk, page, focal_point):
    module = page.outline.raw_data[0]["id"]

    answer = upload(desk, page, word_file(), module=module)

    lesson = LessonPage.objects.get(title="The first hour")
    assert answer.url == f"/admin/new/document/{lesson.pk}/"
    assert (lesson.live, lesson.owner_id, lesson.get_parent().pk) == (False, focal_point.pk, page.pk)
    text, table_block = lesson.get_latest_revision_as_object().body
    assert text.value["text"].source == (
        "<h2>The first hour</h2><p>Ask, <b>listen</b></p><ul><li>first</li></ul>"
    )
    rows = [[str(cell.value) for cell in row] for row in table_block.value["table"].rows]
    assert rows == [["No papers", "Somebody keeps them"]]
    draft = CoursePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.modules()[0]["page_ids"][-1] == lesson.pk


def test_the_report_says_what_was_left_out_and_leads_to_the_editor(desk, page):
    answer = upload(desk, page, word_file(), title="Another title")

    lesson = LessonPage.objects.get(title="Another title")
    report = desk.get(answer.url).content.decode()
    assert "1 picture was left out." in report
    assert "Say for each table what it shows" in report
    assert f'href="/admin/pages/{lesson.pk}/edit/"' in report
    assert desk.get(f"/admin/pages/{lesson.pk}/edit/").status_code == 200
    assert AuditEntry.objects.get(verb="lesson made from a document").facts == {
        "blocks": 2,
        "left_out": {"pictures": 1},
    }


def test_a_lesson_made_otherwise_has_no_report(desk, page):
    assert desk.get(f"/admin/new/document/{page.lesson_pages[0].pk}/").status_code == 404


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"not an archive", "not a Word document"),
        (document("<w:p>").getvalue(), "is damaged"),
        (document(para("x"), prolog='<!DOCTYPE d [<!ENTITY a "b">]>').getvalue(), "is damaged"),
        (document("<!--" + "a" * docx.LARGEST_PART + "-->").getvalue(), "too large"),
        (document("<w:p><w:r><w:drawing/></w:r></w:p>").getvalue(), "There is no text"),
    ],
    ids=["no archive", "cut off", "entities", "bomb", "empty"],
)
def test_what_cannot_be_read_is_said_and_leaves_nothing(desk, page, file, said):
    before = Page.objects.count()

    answer = upload(desk, page, file)

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Page.objects.count() == before


def test_a_file_that_is_too_large_is_not_opened(desk, page, monkeypatch):
    monkeypatch.setattr(docx, "LARGEST_FILE", 10)

    assert "too large" in upload(desk, page, word_file()).content.decode()


def test_every_thing_left_out_has_a_sentence():
    names = [
        "pictures",
        "text boxes",
        "footnotes",
        "comments",
        "hidden",
        "deletions",
        "insertions",
        "colours",
        "links",
        "tables",
        "cells",
    ]

    assert all(sentence_of(name, 1).startswith("1 ") for name in names)
    assert all(sentence_of(name, 2).startswith("2 ") for name in names)


@pytest.mark.parametrize("role", ["constable", "facilitator", "supervisor_police"])
def test_nobody_else_uploads(request, client_of, page, role):
    before = Page.objects.count()

    answer = upload(client_of(request.getfixturevalue(role)), page, word_file())

    assert (answer.status_code, Page.objects.count()) == (403, before)


def test_the_screens_cost_few_queries(desk, page, django_assert_max_num_queries):
    answer = upload(desk, page, word_file())
    for address in (ADDRESS, answer.url):
        desk.get(address)
        with django_assert_max_num_queries(30):
            desk.get(address)
