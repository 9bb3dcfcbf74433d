import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from courses.catalogue.models import CoursePage, LessonPage
from courses.quizzes.pages import QuizPage
from courses.quizzes.writing import Template
from tests.factories import make_course_page, make_index_page, make_site, make_small_course

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(db):
    make_site()
    make_index_page()


def address(template):
    return reverse("desk_new_part", args=[template])


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_the_menu_leads_to_what_can_be_written(desk):
    menu = desk.get("/admin/").content.decode()
    page = desk.get("/admin/new/").content.decode()

    assert "/admin/new/" in menu
    assert [address(template) in page for template in Template] == [True] * len(Template)


@pytest.mark.parametrize("template", Template)
def test_every_form_opens_and_says_what_is_missing(desk, template):
    make_small_course()

    assert desk.get(address(template)).status_code == 200
    answer = desk.post(address(template), {"title": ""})

    assert answer.status_code == 200
    assert "This field is required" in answer.content.decode()


def test_a_short_lesson_is_made_and_she_lands_in_its_editor(desk):
    page = make_small_course(title="Signs")
    module = page.outline.raw_data[0]["id"]

    answer = desk.post(address("short"), {"title": "The first hour", "place": f"{page.pk}:{module}"})

    lesson = LessonPage.objects.get(title="The first hour")
    assert answer.url == f"/admin/pages/{lesson.pk}/edit/"
    assert "“The first hour”, “Check: The first hour”" in said(answer)
    editors = {desk.get(f"/admin/pages/{part.pk}/edit/").status_code for part in page.get_children()}
    assert editors == {200}


def test_a_course_is_made_and_every_editor_of_it_opens(desk):
    answer = desk.post(address("course"), {"title": "Signs at the border", "with_final": "on"})

    page = CoursePage.objects.get(title="Signs at the border")
    assert answer.url == f"/admin/pages/{page.get_children().first().pk}/edit/"
    for part in [page, *page.get_children()]:
        assert desk.get(f"/admin/pages/{part.pk}/edit/").status_code == 200


def test_a_workshop_test_asks_for_the_course_alone(desk):
    page = make_small_course()

    desk.post(address("workshop-test"), {"title": "Before the workshop", "place": f"{page.pk}:"})

    assert QuizPage.objects.get(title="Before the workshop").get_parent().pk == page.pk


def test_a_place_that_is_not_offered_is_refused(desk):
    page = make_small_course()
    before = LessonPage.objects.count()

    answer = desk.post(address("lesson"), {"title": "The first hour", "place": f"{page.pk}:other"})

    assert answer.status_code == 200
    assert LessonPage.objects.count() == before


def test_what_cannot_be_made_is_said_on_the_form(desk, administrator):
    page = make_small_course()
    CoursePage.objects.filter(pk=page.pk).update(locked=True, locked_by=administrator)

    answer = desk.post(address("lesson"), {"title": "The first hour", "place": f"{page.pk}:"})

    assert "locked now" in answer.content.decode()


def test_each_screen_has_its_title_as_its_heading(desk):
    headings = [
        re.sub(r"<[^>]+>|\s+", " ", desk.get(shown).content.decode().split("<h1")[1].split("</h1>")[0])
        for shown in ("/admin/new/", address("short"), "/admin/new/document/")
    ]

    assert ["Write something new" in headings[0], "Short lesson" in headings[1], "Word" in headings[2]] == [
        True
    ] * 3


def test_the_place_may_be_chosen_by_the_link(desk):
    page = make_small_course()
    place = f"{page.pk}:{page.outline.raw_data[0]['id']}"

    assert f'value="{place}" selected' in desk.get(f"{address('lesson')}?place={place}").content.decode()


def test_an_unknown_template_is_not_there(desk):
    assert desk.get("/admin/new/everything/").status_code == 404


@pytest.mark.parametrize("role", ["constable", "facilitator", "supervisor_police"])
def test_nobody_else_writes(request, client_of, role):
    client = client_of(request.getfixturevalue(role))

    assert client.get("/admin/new/").status_code == 403
    assert client.post(address("course"), {"title": "Signs"}).status_code == 403
    assert not CoursePage.objects.exists()


def test_the_form_asks_the_same_with_one_course_and_with_three(desk, django_assert_max_num_queries):
    counts = []
    for _ in range(2):
        make_course_page()
        desk.get(address("short"))
        with django_assert_max_num_queries(30) as asked:
            desk.get(address("short"))
        counts.append(len(asked))
        make_small_course()

    assert counts[0] == counts[1]
