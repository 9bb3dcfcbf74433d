"""With less data no page loads a picture by itself."""

import json

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from lms.home.models import InfoPage
from tests.factories import (
    make_course_page,
    make_enrolment,
    make_lesson,
    make_module,
    make_site,
    make_user,
    set_outline,
)

pytestmark = pytest.mark.django_db

SAVES = {"Save-Data": "on"}


def picture_block(image):
    return {"type": "picture", "id": "p1", "value": {"image": image.pk, "alt_text": "A ferry terminal"}}


@pytest.fixture
def picture(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return Image.objects.create(title="Bay", file=get_test_image_file(size=(800, 600)))


@pytest.fixture
def lesson(client, picture):
    """The address of a lesson with a picture, for somebody who studies."""
    page = make_course_page()
    one = make_lesson(page, [picture_block(picture)])
    set_outline(page, [make_module(one)])
    user = make_user()
    make_enrolment(user.person, page.course)
    client.force_login(user)
    return reverse("lesson", args=[page.slug, one.slug])


def shows(client, address, **headers):
    response = client.get(address, headers=headers)
    html = response.content.decode()
    assert "A ferry terminal" in html
    assert {"Save-Data", "Cookie"} <= {name.strip() for name in response["Vary"].split(",")}
    return "picture" if "<img" in html else "link"


def test_the_browsers_wish_is_heard_page_by_page(client, lesson):
    assert shows(client, lesson) == "picture"
    assert shows(client, lesson, **SAVES) == "link"
    assert shows(client, lesson, **{"Save-Data": "off"}) == "picture"


def test_what_the_person_chose_goes_before_it(client, lesson):
    client.post(reverse("less_data"), {"less": "on"})
    on = shows(client, lesson)
    client.post(reverse("less_data"), {"less": "off"})
    off = shows(client, lesson, **SAVES)
    client.post(reverse("less_data"), {"less": "auto"})

    assert (on, off) == ("link", "picture")
    assert (shows(client, lesson), shows(client, lesson, **SAVES)) == ("picture", "link")


def test_a_page_for_everybody_heeds_it_too(client, picture):
    page = InfoPage(title="Signs", slug="signs-here", body=json.dumps([picture_block(picture)]))
    make_site().add_child(instance=page)

    assert shows(client, page.url) == "picture"
    assert shows(client, page.url, **SAVES) == "link"


def test_a_page_costs_no_more_queries_with_less_data(client, lesson, django_assert_max_num_queries):
    client.get(lesson)
    client.get(lesson, headers=SAVES)
    with django_assert_max_num_queries(100) as plain:
        client.get(lesson)
    with django_assert_max_num_queries(len(plain)):
        client.get(lesson, headers=SAVES)


@pytest.mark.parametrize(("own", "lasts"), [(True, 365 * 24 * 3600), (False, "")])
def test_on_a_shared_device_the_choice_ends_with_the_browser(client, lesson, own, lasts):
    session = client.session
    session["own_device"] = own
    session.save()

    response = client.post(reverse("less_data"), {"less": "on", "next": "/my/record/"})

    cookie = response.cookies["less"]
    assert (response.url, cookie.value, cookie["max-age"]) == ("/my/record/", "on", lasts)
    assert (cookie["samesite"], cookie["httponly"]) == ("Lax", True)


def test_nobody_is_led_to_another_site(client, lesson):
    response = client.post(reverse("less_data"), {"less": "on", "next": "https://elsewhere.example/"})

    assert response.url == "/"


def test_a_word_that_is_no_choice_changes_nothing(client):
    response = client.post(reverse("less_data"), {"less": "perhaps"})

    assert (response.status_code, "less" in response.cookies) == (400, False)


def test_the_form_shows_what_is_chosen(client):
    request = RequestFactory().get("/my/downloads/")
    request.COOKIES["less"] = "off"

    html = render_to_string("lms/offline/_less_data.html", {"request": request})

    assert 'value="off" checked' in html
    assert html.count("checked") == 1
    assert 'name="next" value="/my/downloads/"' in html
