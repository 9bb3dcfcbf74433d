"""The editor of a lesson and a quiz: drafts that save themselves, comments, dates, checks, a colleague."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    Comment,
    GroupApprovalTask,
    Page,
    Revision,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from courses.catalogue.models import LessonPage
from courses.choices import Role
from courses.people.groups import REVIEW, WAGTAILS_REVIEW, install_groups
from courses.quizzes.models import QuizEdition
from courses.quizzes.pages import QuizPage
from tests.courses.quizzes.test_authoring import question_form, quiz_form
from tests.factories import make_course_page, make_lesson, make_quiz, make_user
from tests.lms.desk.test_gate import BROKEN, SOUND, schedule
from tests.lms.desk.test_home import text_of
from tests.test_discretion import TOPIC

pytestmark = pytest.mark.django_db
AUTOSAVE = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def second(client_of):
    """Another focal point's browser."""
    return client_of(make_user(role=Role.FOCAL_POINT))


def lesson_form(text=SOUND, comments=(), **changes):
    return nested_form_data(
        {
            "title": "Lesson",
            "slug": "lesson",
            "summary": "",
            "sources": "",
            "checked_by": "",
            "body": streamfield([("paragraph", {"text": rich_text(text), "sectors": []})]),
            "comments": inline_formset(list(comments)),
            **changes,
        }
    )


def forms(page):
    """What the editor of this page sends."""
    if isinstance(page, LessonPage):
        return lesson_form(slug=page.slug, title="Changed")
    return quiz_form(question_form(), slug=page.slug, title="Changed")


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def in_hours(hours):
    return (timezone.localtime() + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M")


@pytest.fixture(params=["lesson", "quiz"])
def page(request, db):
    make = {"lesson": make_lesson, "quiz": make_quiz}[request.param]
    return make(make_course_page())


# --- Drafts -------------------------------------------------------------------------------


def test_a_draft_saves_itself_and_what_is_live_stays(desk, page):
    first = desk.post(edit(page), forms(page), **AUTOSAVE).json()
    again = {**forms(page), "title": "Changed again", "overwrite_revision_id": first["revision_id"]}
    second_time = desk.post(edit(page), again, **AUTOSAVE).json()

    assert (first["success"], second_time["revision_id"]) == (True, first["revision_id"])
    page.refresh_from_db()
    assert (page.title != "Changed again", page.draft_title, page.has_unpublished_changes) == (
        True,
        "Changed again",
        True,
    )
    assert "data-w-autosave-interval-value" in desk.get(edit(page)).content.decode()


# --- Checks -------------------------------------------------------------------------------


def test_what_was_found_stands_beside_the_form(desk):
    lesson = make_lesson(make_course_page(), blocks=None)
    hard = "<p>" + "and the officer " * 10 + "listen.</p>"
    desk.post(edit(lesson), lesson_form(BROKEN + hard, slug=lesson.slug))

    shown = text_of(desk.get(edit(lesson)))

    assert "To put right before publishing Part 1 (Text): a link leads to a page" in shown
    assert "Worth a look; it stops nothing Part 1 (Text) is hard to read: a sentence of 31 words." in shown
    assert f"Checked {timezone.localtime():%-d %B %Y}" in shown


def test_it_is_said_anew_each_time_the_draft_saves_itself(desk):
    quiz = make_quiz(make_course_page())
    told = question_form()
    told["options-0-value-text"] = "Listen calmly, ask open questions and call the unit"
    answer = desk.post(edit(quiz), quiz_form(told, slug=quiz.slug), **AUTOSAVE).json()

    assert 'data-w-teleport-target-value="#desk-checks"' in answer["html"]
    assert "Question 1: the right answer is much longer than the others" in answer["html"]
    assert 'id="desk-checks"' in desk.get(edit(quiz)).content.decode()


def test_a_new_page_is_checked_once_it_is_saved(desk):
    address = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", make_course_page().pk])
    assert "Save a draft first; then it is checked here." in text_of(desk.get(address))
    answer = desk.post(address, lesson_form(BROKEN), **AUTOSAVE).json()
    assert "a link leads to a page" in desk.get(answer["hydrate_url"]).content.decode()


# --- Comments -----------------------------------------------------------------------------


def test_a_colleague_comments_and_the_mail_tells_nothing(desk, second, page, focal_point):
    desk.post(edit(page), {**forms(page), "comment_notifications": "on"})
    mail.outbox.clear()
    where = "body" if isinstance(page, LessonPage) else "questions"
    comment = {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        "comments-0-text": "Is the victim named?",
        "comments-0-contentpath": where,
        "comments-0-position": "",
        "comments-0-resolved": "",
        "comments-0-id": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comments-0-replies-MIN_NUM_FORMS": "0",
        "comments-0-replies-MAX_NUM_FORMS": "0",
    }
    second.post(edit(page), {**forms(page), **comment})

    assert Comment.objects.get(page=page.pk).text == "Is the victim named?"
    assert 'data-side-panel-toggle="comments"' in desk.get(edit(page)).content.decode()
    (letter,) = mail.outbox
    assert letter.to == [focal_point.email]
    assert "Changed" not in letter.subject + letter.body
    assert not TOPIC.search(letter.subject + letter.body)


# --- Dates --------------------------------------------------------------------------------


def test_it_goes_live_and_comes_down_at_its_hour(desk, page):
    page.unpublish()
    editions = QuizEdition.objects.count()
    dates = {"go_live_at": in_hours(1), "expire_at": in_hours(3)}
    desk.post(edit(page), {**forms(page), **dates, "action-publish": "1"})
    page.refresh_from_db()
    assert (page.live, page.approved_schedule) == (False, True)
    assert "Changed" in text_of(desk.get(reverse("desk_drafts")))

    revision, past = page.latest_revision, timezone.now() - timedelta(minutes=1)
    content = {**revision.content, "go_live_at": past.isoformat()}
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert (page.live, page.title, page.expire_at is not None) == (True, "Changed", True)
    # Going live froze a quiz as any publishing does.
    assert QuizEdition.objects.count() == editions + isinstance(page, QuizPage)

    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)


def test_what_was_due_and_refused_waits_for_her_until_she_mends_it(desk):
    lesson = schedule(make_course_page(), BROKEN)
    with pytest.raises(CommandError):
        call_command("publish_scheduled")

    assert "1 page was due and could not go live" in text_of(desk.get("/admin/"))
    listed = text_of(desk.get(reverse("desk_drafts")))
    assert "It was due, and did not go live: Part 1 (Text): a link leads to a page" in listed

    desk.post(edit(lesson), lesson_form(slug=lesson.slug))
    assert "could not go live" not in text_of(desk.get("/admin/"))
    assert "did not go live" not in text_of(desk.get(reverse("desk_drafts")))


# --- A colleague --------------------------------------------------------------------------


def test_she_may_be_alone(desk, page):
    Workflow.objects.all().delete()
    assert "action-submit" not in desk.get(edit(page)).content.decode()
    desk.post(edit(page), {**forms(page), "action-publish": "1"})
    page.refresh_from_db()
    assert (page.live, page.title) == (True, "Changed")


def as_wagtail_installs_it():
    """The one review there is on a new site; nobody is among its readers."""
    Workflow.objects.all().delete()
    workflow = Workflow.objects.create(name=WAGTAILS_REVIEW)
    task = GroupApprovalTask.objects.create(name=WAGTAILS_REVIEW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(depth=1))


def test_a_colleague_may_read_first_and_nobody_has_to(desk, second, page):
    as_wagtail_installs_it()
    install_groups()
    editor = desk.get(edit(page)).content.decode()
    assert "Submit to a colleague" in editor
    assert 'name="action-publish"' in editor

    desk.post(edit(page), {**forms(page), "action-submit": "1"})
    page.refresh_from_db()
    assert page.title != "Changed"
    state = page.current_workflow_state
    assert state.workflow.name == REVIEW
    address = "wagtailadmin_pages:workflow_action"
    second.post(reverse(address, args=[page.pk, "approve", state.current_task_state.pk]), {"comment": ""})

    page.refresh_from_db()
    assert (page.live, page.title) == (True, "Changed")
    assert [letter for letter in mail.outbox if TOPIC.search(letter.subject + letter.body)] == []
    assert {letter.subject for letter in mail.outbox} <= {"Something new about a draft"}
