"""Each way of publishing: the form, the bulk action, the schedule, the workflow."""

import datetime
import json

import pytest
from django.contrib.messages import get_messages
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page, Workflow, WorkflowTask
from wagtail.models.workflows import GroupApprovalTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from courses.audit.models import AuditEntry
from courses.catalogue.models import LessonPage
from courses.people.groups import focal_point_group
from tests.factories import make_course_page, make_lesson, paragraph

pytestmark = pytest.mark.django_db
BROKEN = '<p><a linktype="page" id="99999">Gone</a></p>'
SOUND = "<p>Ask, listen, refer.</p>"


@pytest.fixture
def course_page(db):
    return make_course_page()


def draft(course_page, text, **changes):
    """A live lesson with a draft of another title."""
    lesson = make_lesson(course_page)
    lesson.title = f"Draft of {lesson.title}"
    lesson.body = json.dumps([paragraph(text)])
    for name, value in changes.items():
        setattr(lesson, name, value)
    lesson.save_revision()
    return LessonPage.objects.get(pk=lesson.pk)


def is_published(lesson):
    return LessonPage.objects.get(pk=lesson.pk).title.startswith("Draft of")


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def lesson_form(text, **changes):
    return nested_form_data(
        {
            "title": "Draft of a lesson",
            "slug": "a-lesson",
            "summary": "",
            "sources": "",
            "checked_by": "",
            "body": streamfield([("paragraph", {"text": rich_text(text), "sectors": []})]),
            "comments": inline_formset([]),
            **changes,
        }
    )


# --- The form ---------------------------------------------------------------------------


def test_the_form_names_the_place_and_does_not_publish(desk, course_page):
    lesson = make_lesson(course_page)

    response = desk.post(f"/admin/pages/{lesson.pk}/edit/", lesson_form(BROKEN, **{"action-publish": "1"}))

    assert response.status_code == 200
    assert "Part 1" in response.content.decode()
    assert not is_published(lesson)


def test_the_form_publishes_what_is_sound(desk, course_page):
    lesson = make_lesson(course_page)

    desk.post(f"/admin/pages/{lesson.pk}/edit/", lesson_form(SOUND, **{"action-publish": "1"}))

    assert is_published(lesson)


def test_a_draft_may_be_unfinished(desk, course_page):
    lesson = make_lesson(course_page)

    response = desk.post(f"/admin/pages/{lesson.pk}/edit/", lesson_form(BROKEN))

    assert response.status_code == 302
    assert LessonPage.objects.get(pk=lesson.pk).has_unpublished_changes
    assert not is_published(lesson)


def test_a_new_page_is_not_live_when_it_is_refused(desk, course_page):
    desk.post(
        f"/admin/pages/add/courses/lessonpage/{course_page.pk}/",
        lesson_form(BROKEN, **{"action-publish": "1"}),
    )

    assert not LessonPage.objects.live().filter(title="Draft of a lesson").exists()


def test_past_the_form_the_page_is_kept_as_a_draft_that_is_not_live(desk, course_page, monkeypatch):
    monkeypatch.setattr(LessonPage, "base_form_class", None, raising=False)
    lesson = draft(course_page, BROKEN)
    from lms.desk.gate import refuse_before_publishing

    Page.objects.filter(pk=lesson.pk).update(live=True, live_revision=None, first_published_at=None)
    request = desk.get("/admin/").wsgi_request

    response = refuse_before_publishing(request, LessonPage.objects.get(pk=lesson.pk))

    assert response["Location"] == f"/admin/pages/{lesson.pk}/edit/"
    assert LessonPage.objects.get(pk=lesson.pk).live is False


# --- The bulk action --------------------------------------------------------------------


def test_in_bulk_one_refusal_stops_no_other_page(desk, course_page):
    first, broken, last = draft(course_page, SOUND), draft(course_page, BROKEN), draft(course_page, SOUND)
    ids = "&".join(f"id={page.pk}" for page in [first, broken, last])

    response = desk.post(f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&{ids}")

    assert response.status_code == 302
    assert [is_published(page) for page in [first, broken, last]] == [True, False, True]
    assert "2 pages have been published" in said(response)
    assert f"Draft of {broken.title} was not published: Part 1" in said(response)


def test_in_bulk_with_descendants_too(desk, course_page):
    good, broken = make_lesson(course_page), draft(course_page, BROKEN)
    good.unpublish()
    broken.unpublish()

    desk.post(
        f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={course_page.pk}", {"include_descendants": "on"}
    )

    assert LessonPage.objects.get(pk=good.pk).live is True
    assert LessonPage.objects.get(pk=broken.pk).live is False


# --- The schedule -----------------------------------------------------------------------


def schedule(course_page, text):
    """A draft that was sound when it was scheduled; what it links to may go meanwhile."""
    lesson = draft(course_page, SOUND, go_live_at=timezone.now() + datetime.timedelta(hours=1))
    revision = lesson.get_latest_revision()
    revision.publish()
    content = revision.content
    content["body"] = json.dumps([paragraph(text)])
    content["go_live_at"] = None
    type(revision).objects.filter(pk=revision.pk).update(
        content=content, approved_go_live_at=timezone.now() - datetime.timedelta(minutes=1)
    )
    return lesson


def test_on_schedule_one_refusal_stops_no_other_page(course_page, capsys):
    first, broken, last = [schedule(course_page, text) for text in (SOUND, BROKEN, SOUND)]

    with pytest.raises(CommandError, match="1 not done"):
        call_command("publish_scheduled")

    assert [is_published(page) for page in [first, broken, last]] == [True, False, True]
    assert "Part 1" in capsys.readouterr().err
    assert AuditEntry.objects.get(verb="publishing refused").object_id == str(broken.pk)


def test_a_refused_draft_is_not_tried_for_ever(course_page):
    schedule(course_page, BROKEN)
    with pytest.raises(CommandError):
        call_command("publish_scheduled")

    call_command("publish_scheduled")


def test_what_has_expired_is_taken_down(course_page):
    lesson = make_lesson(course_page)
    LessonPage.objects.filter(pk=lesson.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))

    call_command("publish_scheduled")

    lesson.refresh_from_db()
    assert (lesson.live, lesson.expired) == (False, True)


# --- The workflow -----------------------------------------------------------------------


@pytest.fixture
def in_workflow(focal_point):
    task = GroupApprovalTask.objects.create(name="Read")
    task.groups.add(focal_point_group())
    workflow = Workflow.objects.create(name="Two eyes")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)

    def start(lesson):
        return workflow.start(lesson, focal_point)

    return start


def approve(desk, lesson, state):
    task = state.current_task_state
    return desk.post(f"/admin/pages/workflow/action/{lesson.pk}/approve/{task.pk}/", {"comment": ""})


def test_approving_a_refused_page_says_why_and_leaves_the_task_open(desk, course_page, in_workflow):
    broken, sound = draft(course_page, BROKEN), draft(course_page, SOUND)
    states = [in_workflow(broken), in_workflow(sound)]

    responses = [approve(desk, lesson, state) for lesson, state in zip([broken, sound], states, strict=True)]

    for state in states:
        state.refresh_from_db()
    assert [is_published(broken), is_published(sound)] == [False, True]
    assert [state.status for state in states] == ["in_progress", "approved"]
    assert responses[0]["Location"] == f"/admin/pages/{broken.pk}/edit/"
    assert "Part 1" in said(responses[0])


# --- The admin's page API ---------------------------------------------------------------


def test_the_admins_api_publishes_nothing(desk, course_page):
    lesson = draft(course_page, BROKEN)

    response = desk.post(f"/admin/api/main/pages/{lesson.pk}/action/publish/")

    assert response.status_code == 404
    assert not is_published(lesson)
