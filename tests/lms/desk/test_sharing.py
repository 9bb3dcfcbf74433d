"""What the focal point is given when a page is live, and what it does not give away."""

from datetime import timedelta
from io import BytesIO

import PIL.Image
import pytest
from django.conf import settings
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from courses.choices import Purpose
from lms.desk.sharing import drafts_beside
from tests.factories import make_course, make_lesson, make_quiz, make_site, make_small_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db):
    make_site()
    return make_small_course(
        course=make_course(title="Counter-trafficking", neutral_title="Training programme")
    )


def parts(page):
    return {"course": page, "lesson": page.lesson_pages[0], "quiz": page.check}


def share(desk, page):
    return desk.get(f"/admin/share/{page.pk}/").content.decode()


def test_publishing_leads_to_it(desk, page):
    lesson = page.lesson_pages[0]
    data = nested_form_data(
        {
            "title": lesson.title,
            "slug": lesson.slug,
            "summary": "",
            "sources": "",
            "checked_by": "",
            "body": streamfield([("paragraph", {"text": rich_text("<p>Ask.</p>"), "sectors": []})]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )

    answer = desk.post(f"/admin/pages/{lesson.pk}/edit/", data)

    assert answer.url == f"/admin/share/{lesson.pk}/"
    assert "It is live" in desk.get(answer.url).content.decode()


@pytest.mark.parametrize("kind", ["course", "lesson", "quiz"])
def test_it_is_found_again_in_the_editor(desk, page, kind):
    part = parts(page)[kind]

    assert f"/admin/share/{part.pk}/" in desk.get(f"/admin/pages/{part.pk}/edit/").content.decode()


@pytest.mark.parametrize("kind", ["course", "lesson", "quiz"])
def test_both_addresses_lead_to_the_page(desk, page, kind):
    part = parts(page)[kind]

    shown = share(desk, part)

    assert settings.SITE_URL + part.address() in shown
    neutral = f"/open/{part.translation_key}/"
    assert settings.SITE_URL + neutral in shown
    assert desk.get(neutral).url == part.address()


def test_the_message_says_nothing_of_the_topic(desk, page):
    text = share(desk, page).split("readonly>")[1].split("</textarea>")[0]

    assert "Training programme" in text
    assert str(page.translation_key) in text
    assert "raffick" not in text
    assert page.slug not in text


def test_the_code_is_a_picture_with_a_neutral_file_name(desk, page):
    answer = desk.get(f"/admin/share/{page.pk}/qr.png?download")

    assert answer["Content-Disposition"] == 'attachment; filename="learning-qr.png"'
    assert PIL.Image.open(BytesIO(answer.content)).format == "PNG"


def test_the_handout_for_a_wall_gives_the_neutral_name(desk, page):
    with_title = desk.get(f"/admin/share/{page.pk}/handout/").content.decode()
    for_a_wall = desk.get(f"/admin/share/{page.pk}/handout/?neutral").content.decode()

    assert "<h1>Counter-trafficking</h1>" in with_title
    assert "<h1>Training programme</h1>" in for_a_wall
    assert page.address() in with_title
    assert "raffick" not in for_a_wall
    assert page.slug not in for_a_wall
    assert str(page.translation_key) in for_a_wall


def test_a_draft_is_not_shared(desk, page):
    lesson = page.lesson_pages[0]
    lesson.unpublish()

    answer = desk.get(f"/admin/share/{lesson.pk}/")

    assert answer.url == f"/admin/pages/{lesson.pk}/edit/"
    assert desk.get(f"/open/{lesson.translation_key}/").status_code == 404


def test_a_part_that_people_do_not_find_yet_is_told_about(desk, page):
    beside = make_lesson(page)
    workshop = make_quiz(page, purpose=Purpose.PRETEST, review="test", pass_mark=None)

    assert "not among the modules" in share(desk, beside)
    assert "not among the modules" not in share(desk, page.check)
    assert "not among the modules" not in share(desk, workshop)
    Page.objects.get(pk=page.pk).unpublish()
    assert "The course is not published yet" in share(desk, page.check)


@pytest.mark.parametrize("address", ["/admin/share/{}/", "/admin/share/{}/qr.png", "/admin/share/{}/handout/"])
@pytest.mark.parametrize("role", ["constable", "facilitator", "supervisor_police"])
def test_nobody_else_opens_it(request, client_of, page, role, address):
    client = client_of(request.getfixturevalue(role))

    assert client.get(address.format(page.pk)).status_code == 403


def test_it_costs_few_queries(desk, page, django_assert_max_num_queries):
    share(desk, page.check)
    with django_assert_max_num_queries(30):
        share(desk, page.check)
    with django_assert_max_num_queries(10):
        desk.get(f"/open/{page.check.translation_key}/")


def test_what_is_still_a_draft_is_offered_next_and_the_course_page_last(desk, page):
    first, second = page.lesson_pages
    page.check.go_live_at = timezone.now() + timedelta(days=1)
    page.check.save_revision().publish()  # at its hour
    for changed in (page, first, second):
        changed.save_revision()

    offered = [one.pk for one in drafts_beside(first)]
    shown = share(desk, first)

    assert offered == [second.pk, page.pk]
    assert f'href="/admin/pages/{second.pk}/edit/">{second.title}</a>' in shown
    assert [one.pk for one in drafts_beside(page)] == [first.pk, second.pk]
    assert "Still to publish" not in share(desk, make_small_course().lesson_pages[0])
