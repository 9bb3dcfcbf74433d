"""The desk's first page, and the lists behind it."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

import certificates.batches.tasks
import certificates.tasks
import courses.drills.remarking.tasks
import courses.imports.tasks
import courses.mailing.tasks
import courses.quizzes.repair_tasks
import lms.archive.tasks
import lms.reports.packs.tasks
from courses.audit.models import AuditEntry
from courses.choices import Approval
from courses.directory.models import ContactRole, Entry
from courses.questions.models import BankQuestion
from lms.desk.tasks import WORDS
from tests.factories import (
    from_bank,
    make_bank_question,
    make_course_page,
    make_lesson,
    make_module,
    make_person,
    make_quiz,
    paragraph,
    set_outline,
)
from tests.lms.desk.screens import in_menu

TASKS = [certificates.tasks, certificates.batches.tasks, courses.imports.tasks, courses.mailing.tasks]
pytestmark = pytest.mark.django_db
FORBIDDEN = re.compile(r"snippet|\bslug\b|revision|unpublish|moderat|workflow", re.IGNORECASE)


def text_of(response):
    soup = BeautifulSoup(response.content, "html.parser")
    for unseen in soup(["script", "style", "template"]):
        unseen.decompose()
    return re.sub(r"\s+", " ", soup.get_text(" "))


def failed_task(path="courses.mailing.tasks.send_letter"):
    return DBTaskResult.objects.create(
        task_path=path,
        status=TaskResultStatus.FAILED,
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        exception_class_path="builtins.ConnectionRefusedError",
        traceback="Refused",
        finished_at=timezone.now(),
        worker_ids=["one"],
    )


def draft_lesson(page):
    lesson = make_lesson(page)
    lesson.title = "A better lesson"
    lesson.save_revision()
    return lesson


# --- The first page ---------------------------------------------------------------------


def test_an_empty_desk_says_that_nothing_waits(desk):
    Entry.objects.update(checked_on=timezone.localdate())
    shown = text_of(desk.get("/admin/"))
    assert "Nothing waits for you." in shown
    for button in ("Write", "Questions", "People", "Certificates"):
        assert button in shown


def test_what_needs_her_stands_there_with_the_way_to_it(desk):
    make_person(approval=Approval.PENDING)
    draft_lesson(make_course_page())
    failed_task()
    Entry.objects.all().delete()
    old = timezone.localdate() - timedelta(days=366)
    Entry.objects.create(role=ContactRole.HOTLINE, name="Line", checked_on=old)

    page = BeautifulSoup(desk.get("/admin/").content, "html.parser")
    needs = {link.get_text(): link["href"] for link in page.select(".desk-needs a")}

    assert needs == {
        "1 person waits for approval": reverse("people:waiting"),
        "1 draft is not published": reverse("desk_drafts"),
        "1 directory entry was not checked for a year": reverse("directory:index") + "?checked=no",
        "1 mail or certificate failed": reverse("desk_tasks"),
    }
    for address in needs.values():
        assert desk.get(address).status_code == 200


def test_the_first_page_takes_few_queries_however_much_waits(desk, django_assert_max_num_queries):
    page = make_course_page()
    for _n in range(12):
        make_person(approval=Approval.PENDING)
        draft_lesson(page)
        failed_task()
    desk.get("/admin/")  # where the sites are is remembered from now on
    with django_assert_max_num_queries(30):
        desk.get("/admin/")


# --- Drafts -----------------------------------------------------------------------------


def test_drafts_of_pages_and_questions_are_listed_with_their_state(desk):
    page = make_course_page()
    draft_lesson(page)
    never = make_lesson(page, title="Never shown")
    never.unpublish()
    question = make_bank_question()
    BankQuestion.objects.filter(pk=question.pk).update(has_unpublished_changes=True)

    shown = text_of(desk.get(reverse("desk_drafts")))

    assert "A better lesson" in shown
    assert "Changed since it was published" in shown
    assert "Never shown" in shown
    assert "Never published" in shown
    assert question.stem_text in shown


def test_the_list_of_drafts_costs_the_same_for_2_and_40(desk, django_assert_max_num_queries):
    page = make_course_page()
    for _n in range(40):
        draft_lesson(page)
    with django_assert_max_num_queries(20):
        desk.get(reverse("desk_drafts"))


def test_without_drafts_the_page_says_so(desk):
    assert "No drafts." in text_of(desk.get(reverse("desk_drafts")))


# --- What failed ------------------------------------------------------------------------


def test_what_failed_is_said_in_words_and_tried_again(desk, focal_point):
    task = failed_task()
    failed_task("wagtail.tasks.update_reference_index_task")

    shown = text_of(desk.get(reverse("desk_tasks")))
    assert "Letters could not be sent" in shown
    assert "Refused" not in shown

    answer = desk.post(reverse("desk_tasks"), follow=True)

    task.refresh_from_db()
    assert (task.status, task.worker_ids, task.traceback) == (TaskResultStatus.READY, [], "")
    assert "1 is tried again now." in text_of(answer)
    assert AuditEntry.objects.filter(verb="task tried again").count() == 1
    assert "Nothing failed." in text_of(answer)


def test_every_task_of_ours_has_words():
    ours = {
        found.module_path
        for module in (
            certificates.tasks,
            certificates.batches.tasks,
            courses.imports.tasks,
            courses.mailing.tasks,
            courses.drills.remarking.tasks,
            courses.quizzes.repair_tasks,
            lms.reports.packs.tasks,
            lms.archive.tasks,
        )
        for found in vars(module).values()
        if isinstance(found, Task)
    }
    assert ours == set(WORDS)


# --- The directory ----------------------------------------------------------------------


def test_the_directory_is_filtered_by_when_it_was_checked(desk):
    Entry.objects.all().delete()
    today = timezone.localdate()
    for role, name, on in [
        (ContactRole.HOTLINE, "Never checked", None),
        (ContactRole.EMERGENCY, "Checked long ago", today - timedelta(days=400)),
        (ContactRole.LABOUR, "Checked lately", today - timedelta(days=30)),
    ]:
        Entry.objects.create(role=role, name=name, checked_on=on)

    due = text_of(desk.get(reverse("directory:index"), {"checked": "no"}))
    fresh = text_of(desk.get(reverse("directory:index"), {"checked": "yes"}))

    assert ("Never checked" in due, "Checked long ago" in due, "Checked lately" in due) == (True, True, False)
    assert ("Never checked" in fresh, "Checked long ago" in fresh, "Checked lately" in fresh) == (
        False,
        False,
        True,
    )


# --- Words ------------------------------------------------------------------------------


def test_the_menu_leads_to_what_is_done_with_many_people(desk):
    page = desk.get("/admin/").content.decode()
    register = reverse("desk_import_new", args=["register"])
    for address in (reverse("desk_imports"), register, reverse("people:same")):
        assert f'"{address}"' in page


@pytest.mark.indexed  # what is in use is listed
def test_her_screens_speak_her_words(desk):
    """No word of the machine's on the screens where she writes, publishes and takes back."""
    page, question = make_course_page(), make_bank_question()
    lesson, quiz = draft_lesson(page), make_quiz(page, [from_bank(question)])
    set_outline(page, [make_module(lesson, quiz)])
    link = paragraph(f'<a linktype="page" id="{lesson.pk}">x</a>')
    linking = make_lesson(page, [link], title="Linking")
    name = BankQuestion.snippet_viewset.get_url_name
    # Where it is used, as those screens list it.
    place_in = {
        reverse("wagtailadmin_pages:usage", args=[lesson.pk]): linking.title,
        reverse(name("usage"), args=[question.pk]): quiz.title,
    }
    addresses = [
        "/admin/",
        reverse("wagtailadmin_explore", args=[page.pk]),
        *(reverse("wagtailadmin_pages:edit", args=[one.pk]) for one in (page, lesson, quiz)),
        *(reverse("wagtailadmin_pages:unpublish", args=[one.pk]) for one in (page, lesson)),
        reverse("wagtailadmin_pages:history", args=[lesson.pk]),
        *place_in,
        reverse("desk_copy", args=[lesson.pk]),
        reverse(name("list")),
        reverse(name("add")),
        *(reverse(name(deed), args=[question.pk]) for deed in ("edit", "history", "unpublish")),
        reverse("people:index"),
        reverse("certificates:index"),
        reverse("directory:index"),
        reverse("desk_drafts"),
        reverse("desk_tasks"),
        reverse("wagtailadmin_account"),
        reverse("wagtailadmin_reports:workflow"),
    ]
    found = {}
    for address in addresses:
        response = desk.get(address)
        assert response.status_code == 200, address
        text = text_of(response)
        assert "/usage/" not in address or place_in[address] in text, address
        words = set(FORBIDDEN.findall(text))
        if words:
            found[address] = words
    assert found == {}


def test_the_menu_leads_to_imports_and_to_the_records_that_may_be_one_person(focal_point):
    menu = in_menu(focal_point)

    names = [("people:same", []), ("desk_imports", []), ("desk_import_new", ["register"])]
    assert {reverse(name, args=args) for name, args in names} <= set(menu)
