import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Page

from courses.catalogue.models import CoursePage, LessonPage
from courses.quizzes.pages import QuizPage
from tests.factories import make_lesson, make_small_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db):
    return make_small_course(title="Signs")


@pytest.mark.parametrize("kind", ["course", "lesson", "quiz"])
def test_the_button_leads_to_our_own_copy(desk, page, kind):
    wanted = {"course": page, "lesson": page.lesson_pages[0], "quiz": page.check}[kind]

    answer = desk.get(f"/admin/pages/{wanted.pk}/copy/")

    assert answer.url == f"/admin/copy/{wanted.pk}/"
    assert "Copy of" in desk.get(answer.url).content.decode()


def test_past_the_button_nothing_is_copied_either(desk, page):
    before = QuizPage.objects.count()

    desk.post(
        f"/admin/pages/{page.check.pk}/copy/",
        {
            "new_title": "Live at once",
            "new_slug": "live",
            "new_parent_page": page.pk,
            "publish_copies": "on",
        },
    )

    assert QuizPage.objects.count() == before


def test_a_course_is_copied_and_she_lands_in_its_editor(desk, page):
    answer = desk.post(f"/admin/copy/{page.pk}/", {"title": "Signs at sea"})

    copied = CoursePage.objects.get(title="Signs at sea")
    assert answer.url == f"/admin/pages/{copied.pk}/edit/"
    for part in [copied, *copied.get_children()]:
        assert desk.get(f"/admin/pages/{part.pk}/edit/").status_code == 200


def test_a_lesson_is_copied(desk, page):
    desk.post(f"/admin/copy/{page.lesson_pages[0].pk}/", {"title": "The same again"})

    assert LessonPage.objects.get(title="The same again").live is False


def test_an_empty_title_is_asked_for(desk, page):
    answer = desk.post(f"/admin/copy/{page.pk}/", {"title": ""})

    assert "This field is required" in answer.content.decode()
    assert CoursePage.objects.count() == 1


def test_other_pages_are_not_copied_here(desk, page):
    assert desk.get(f"/admin/copy/{page.get_parent().pk}/").status_code == 404


@pytest.mark.parametrize("role", ["constable", "facilitator", "supervisor_police"])
def test_nobody_else_copies(request, client_of, page, role):
    client = client_of(request.getfixturevalue(role))

    assert client.post(f"/admin/copy/{page.pk}/", {"title": "Mine"}).status_code == 403
    assert CoursePage.objects.count() == 1


def test_the_form_costs_few_queries(desk, page, django_assert_max_num_queries):
    make_lesson(page)
    with django_assert_max_num_queries(30):
        desk.get(f"/admin/copy/{page.pk}/")


def test_a_catalogue_is_not_copied_with_its_courses(client_of, administrator):
    """Wagtail's own copy would put every course live without asking the gate."""
    page = make_small_course()
    index = page.get_parent()
    before = Page.objects.count()
    address = reverse("wagtailadmin_pages:copy", args=[index.pk])
    given = {
        "new_title": "Again",
        "new_slug": "again",
        "new_parent_page": index.get_parent().pk,
        "copy_subpages": "on",
        "publish_copies": "on",
    }

    for answer in (client_of(administrator).get(address), client_of(administrator).post(address, given)):
        assert answer.url == reverse("wagtailadmin_explore", args=[index.pk])
        told = " ".join(str(message) for message in get_messages(answer.wsgi_request))
        assert "Copy each course by itself" in told
    assert Page.objects.count() == before
