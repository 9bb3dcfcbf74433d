"""An edit is called material at the desk; on her telephone a trainee finds what changed, and does it again."""

import os

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.progress.models import Reopened
from courses.progress.recording import complete_lesson
from tests.browser import assert_axe_clean, assert_good_page, go, let_in, press, sign_in
from tests.courses.procedures.writing import citing_card, make_procedure
from tests.factories import make_course, make_enrolment, make_person, make_site, make_small_course, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WHAT = "The safety call now comes before the interview."


@pytest.fixture
def page(transactional_db):
    make_site()
    return make_small_course(course=make_course(needs_checks=False, needs_final=False))


def shot(tab, name, width=390):
    if folder := os.environ.get("CITE_SHOTS"):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_from_the_mark_to_reading_it_again(open_tab, live_server, page, focal_point):
    trainee = make_user(person=make_person(sector="police"))
    lesson = page.lesson_pages[0]
    enrolment = make_enrolment(trainee.person, page.course)
    for part in page.lesson_pages:
        complete_lesson(enrolment, part, actor=trainee, at=timezone.now())

    desk = open_tab(width=1280)
    let_in(desk, focal_point, live_server)
    go(desk, reverse("desk_edit", args=[lesson.pk]))
    assert desk.get_by_text("1 person who completed the course had done this.").count() == 1
    assert_axe_clean(desk)
    shot(desk, "desk", 1280)
    desk.check("[value=material]")
    desk.fill("[name=what]", WHAT)
    press(desk, desk.get_by_text("Note it"))
    assert desk.get_by_text("1 person has it to do again.").count() == 1

    phone = open_tab()
    sign_in(phone, trainee)
    go(phone, "/")
    assert_good_page(phone)
    shot(phone, "home")
    shot(phone, "home-wide", 1280)
    go(phone, reverse("course", args=[page.slug]))
    assert_good_page(phone)
    shot(phone, "outline")
    press(phone, phone.locator("main .note a"))
    assert phone.get_by_text(WHAT).count() == 1
    assert_good_page(phone)
    shot(phone, "lesson")
    press(phone, "text=I have read it again")
    go(phone, "/")
    assert phone.get_by_text(WHAT).count() == 0
    assert Reopened.objects.open().count() == 0


def test_a_card_names_its_clauses(open_tab, live_server, page):
    trainee = make_user(person=make_person(sector="police"))
    first, second, _last = make_procedure().clauses.all()
    citing_card(first, second)
    phone = open_tab()
    sign_in(phone, trainee)
    go(phone, "/card/")
    assert_good_page(phone)
    shot(phone, "card")
    shot(phone, "card-wide", 1280)

    press(phone, phone.get_by_text(f"Clause {second}"))

    assert phone.locator("h1").inner_text().endswith(str(second))
