"""Lessons and courses as their author sees them before anybody else does."""

import json
import re

import pytest
from wagtail.admin.models import FormState
from wagtail.models import Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from courses.audit.models import AuditEntry
from courses.enrolment.models import Enrolment
from courses.people.models import Sector
from courses.progress.models import LessonDone
from courses.quizzes.models import Attempt
from tests.courses.quizzes.pages import text_of
from tests.factories import (
    make_course_page,
    make_enrolment,
    make_entry,
    make_lesson,
    make_module,
    make_quiz,
    make_sector,
    paragraph,
    quick_question,
    set_outline,
    single,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db):
    """A course with a lesson for all, one for the police, a draft and a check."""
    make_sector("police", name="Police")
    make_sector("civil")
    page = make_course_page(title="The signs")
    page.first = make_lesson(
        page,
        title="First",
        blocks=[paragraph("<p>For all.</p>"), paragraph("<p>In port.</p>", ["police"]), quick_question()],
    )
    page.port = make_lesson(page, title="In the port", sectors=["police"])
    page.check = make_quiz(page, title="Check")
    set_outline(page, [make_module(page.first, page.port, page.check)])
    return page


def preview(desk, page, mode):
    return desk.get(f"/admin/pages/{page.pk}/view_draft/", {"mode": mode})


def test_authors_preview_a_lesson_as_each_sector_sees_it(desk, course):
    modes = dict(course.first.preview_modes)
    assert (modes[""], modes["police"]) == ("Everyone", "As Police")
    assert {sector.code for sector in Sector.objects.filter(retired=False)} | {""} == set(modes)
    assert "In port." in text_of(preview(desk, course.first, ""))
    assert "In port." in text_of(preview(desk, course.first, "police"))
    assert "In port." not in text_of(preview(desk, course.first, "civil"))


def test_it_is_drawn_as_trainees_see_it_at_the_width_of_a_phone(desk, course):
    make_entry(name="Hotline", phone="847")

    html = preview(desk, course.first, "police").content.decode()

    for words in (
        "Preview: nothing is kept.",
        "lesson 1 of 2",
        "In the port",
        "847",
        "Support for you",
        "Desk",
    ):
        assert (words in html) == (words != "Desk"), words
    assert course.first.default_preview_size == "mobile"
    assert [size["device_width"] for size in course.first.preview_sizes] == [360, 768, 1280]


def test_its_links_lead_to_other_previews_and_nothing_in_it_can_be_sent(desk, course):
    html = preview(desk, course.first, "police").content.decode()

    main = re.search(r'<main id="main">(.*)</main>', html, re.S).group(1)
    assert "<form" not in main
    assert "data-place-url" not in main
    addresses = set(re.findall(r'href="([^"#]+)"', main)) - {"/support/"}
    assert addresses == {
        f"/admin/pages/{page.pk}/view_draft/?mode=police" for page in (course, course.port, course.check)
    }
    for address in addresses:
        assert desk.get(address, follow=True).status_code == 200


def test_a_draft_comes_last_until_it_is_among_the_modules_and_says_who_will_not_see_it(desk, course):
    draft = make_lesson(course, title="New", sectors=["police"])
    draft.unpublish()

    shown = text_of(preview(desk, draft, "civil"))

    assert "lesson 2 of 2" in shown
    assert "This lesson is not on their path." in shown


def test_the_course_is_previewed_by_sector_and_after_passing(desk, course):
    police, civil = (text_of(preview(desk, course, mode)) for mode in ("police", "civil"))
    passed = preview(desk, course, ":passed")

    assert ("In the port" in police, "In the port" in civil) == (True, False)
    assert "You completed this course on" in text_of(passed)
    assert f"/admin/try/{course.pk}/certificate/" in passed.content.decode()
    assert "<form" not in passed.content.decode().split("<main")[1]


def test_its_parts_are_shown_as_their_newest_drafts_stand(desk, course, django_assert_max_num_queries):
    course.first.title = "First, reworded"
    course.check.questions = json.dumps([single(), single(), single()])
    for changed in (course.first, course.port, course.check, *(make_lesson(course) for _n in range(5))):
        changed.save_revision()

    for page in (course, course.port):
        preview(desk, page, "police")  # where the sites are is remembered from now on
        with django_assert_max_num_queries(30):
            shown = text_of(preview(desk, page, "police"))
        assert "First, reworded" in shown
    assert "3 questions" in text_of(preview(desk, course, "police"))


def test_a_course_page_that_is_not_saved_yet_is_shown_without_a_certificate(desk, course):
    address = f"/admin/pages/add/courses/coursepage/{course.get_parent().pk}/preview/"
    given = nested_form_data(
        {
            "title": "New",
            "slug": "new",
            "course": course.course.pk,
            "outline": streamfield([]),
            "comments": inline_formset([]),
        }
    )

    assert desk.post(address, given).json()["is_valid"]

    shown = text_of(desk.get(address, {"mode": ":passed"}))
    assert "You completed this course on" in shown
    assert "See the certificate" not in shown


def test_a_preview_records_nothing(desk, course, focal_point):
    make_enrolment(focal_point.person, course.course)

    def record():
        rows = [AuditEntry, Enrolment, LessonDone, Attempt, Revision, FormState]
        return [list(model.objects.order_by("pk").values()) for model in rows]

    before = record()
    for page in (course, course.first, course.check):
        for mode, _label in page.preview_modes:
            response = desk.get(f"/admin/pages/{page.pk}/view_draft/", {"mode": mode}, follow=True)
            assert response.status_code == 200
    assert record() == before
