"""The minutes that are left, counted down in a real browser."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.quizzes import attempts
from courses.quizzes.models import Attempt
from tests.browser import assert_good_page, go, let_in
from tests.factories import make_course_page, make_enrolment, make_module, make_quiz, make_user, set_outline

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def attempt():
    """Of half an hour, begun now."""
    page = make_course_page()
    quiz = make_quiz(page, review="test", title="Module check", time_limit_minutes=30)
    set_outline(page, [make_module(quiz)])
    user = make_user()
    enrolment = make_enrolment(user.person, page.course)
    attempt = attempts.start(
        quiz.translation_key, person=user.person, enrolment=enrolment, actor=user, at=timezone.now()
    )
    attempt.user = user
    return attempt


def test_minutes_are_counted_down_without_the_devices_clock(visit, live_server, attempt):
    # The device is a day behind.
    visit.clock.install(time=timezone.now() - timedelta(days=1))
    let_in(visit, attempt.user, live_server)
    go(visit, f"/attempts/{attempt.uuid}/1/")
    line, said = visit.locator("[data-seconds]"), visit.locator("[data-said]")
    assert_good_page(visit)
    seen = [line.inner_text(), said.inner_text()]
    for minutes in ("24:30", "03:00", "01:00"):
        visit.clock.run_for(minutes)
        seen += [line.inner_text(), said.inner_text()]
    visit.clock.run_for("02:00")

    assert [re.sub(r"^Hand in by \d\d:\d\d AST\. ", "", words) for words in seen] == [
        *("29 minutes left.", ""),
        *("5 minutes left.", ""),
        *("2 minutes left.", "5 minutes left."),
        *("1 minute left.", "5 minutes left."),
    ]
    assert line.inner_text().startswith("The time is over.")
    assert said.inner_text() == "The time is over."
    assert_good_page(visit)
    # Nothing was sent: the server alone says when it is over, and it is not.
    visit.click("text=see your result")
    assert Attempt.objects.get().is_open
    assert "Hand in by" in visit.locator("main").inner_text()


def test_a_device_that_slept_shows_the_hour_alone(visit, live_server, attempt):
    visit.clock.install()
    let_in(visit, attempt.user, live_server)
    go(visit, f"/attempts/{attempt.uuid}/1/")
    visit.clock.set_system_time(timezone.now() + timedelta(minutes=5))
    visit.clock.run_for("00:02")

    assert re.fullmatch(r"Hand in by \d\d:\d\d AST\.", visit.locator("[data-seconds]").inner_text().strip())
