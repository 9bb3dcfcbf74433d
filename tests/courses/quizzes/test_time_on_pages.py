"""What people read of a time limit, without script."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.quizzes import attempts, exceptions
from courses.quizzes.models import AnswerEvent, Attempt
from courses.quizzes.timing import time_until
from tests.answering import right_options
from tests.courses.quizzes.pages import items_of, text_of, url
from tests.factories import make_course_page, make_enrolment, make_entry, make_module, make_quiz, set_outline

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
OVER = "The time was over; what you had saved was handed in."


@pytest.fixture
def quiz(db):
    page = make_course_page()
    quiz = make_quiz(page, review="test", title="Module check", time_limit_minutes=30)
    set_outline(page, [make_module(quiz)])
    return quiz


@pytest.fixture
def enrolment(quiz, constable):
    return make_enrolment(constable.person, quiz.get_parent().specific.course)


@pytest.fixture
def browser(constable, client_of):
    return client_of(constable)


def begun(quiz, enrolment, minutes_ago):
    at = timezone.now() - minutes_ago * MINUTE
    return attempts.start(quiz.translation_key, person=enrolment.person, enrolment=enrolment, actor=None, at=at)


def start_page(quiz):
    return f"/quizzes/{quiz.translation_key}/start/"


def test_before_starting_it_says_how_long_there_is(browser, quiz, enrolment, focal_point):
    plain = text_of(browser.get(start_page(quiz)))
    exceptions.give_time(
        enrolment, quiz.translation_key, per_cent=25, reason="-", actor=focal_point, at=timezone.now()
    )
    extra = text_of(browser.get(start_page(quiz)))
    free = make_quiz(quiz.get_parent().specific)
    set_outline(quiz.get_parent().specific, [make_module(quiz, free)])

    assert "You have 30 minutes from when you start. The time goes on when you leave the page." in plain
    assert "extra time" not in plain
    assert "no time limit" not in plain
    assert "You have 38 minutes from when you start. Your extra time is included." in extra
    assert "There is no time limit; you can stop and come back." in text_of(browser.get(start_page(free)))


def test_each_page_says_by_when_to_hand_in(browser, quiz, enrolment):
    attempt = begun(quiz, enrolment, 0)
    by = time_until(attempt.deadline, timezone.now())["by"]

    for address in (start_page(quiz), url(attempt, 1), url(attempt, "review")):
        assert f"Hand in by {by}." in text_of(browser.get(address))
    shown = browser.get(url(attempt, 1)).content.decode()
    assert "29 minutes left when this page was opened." in shown
    assert '<script type="module" src="/static/lms/time-left' in shown


def test_without_a_limit_no_page_speaks_of_time(browser, enrolment):
    attempt = begun(make_quiz(enrolment.course.pages.first()), enrolment, 0)
    for address in (url(attempt, 1), url(attempt, "review")):
        page = browser.get(address).content.decode()
        assert "Hand in by" not in page
        assert "time-left" not in page


def test_by_when_is_said_here_and_with_the_day_when_it_is_another():
    noon = timezone.datetime(2026, 5, 1, 16, tzinfo=timezone.get_fixed_timezone(0))
    assert time_until(noon + 32 * MINUTE, noon) == {"by": "12:32 AST", "seconds": 1920, "minutes": 32}
    assert time_until(noon + 720 * MINUTE, noon)["by"] == "2 May 2026, 00:00 AST"
    assert time_until(noon, noon + MINUTE)["seconds"] == 0
    assert time_until(None, noon) is None


@pytest.mark.parametrize("page", ["", "1", "review", "result", "start", "go on"])
def test_when_the_time_is_over_every_page_leads_to_the_result(browser, quiz, enrolment, page):
    attempt = begun(quiz, enrolment, 32)
    if page == "go on":
        response = browser.post(start_page(quiz), follow=True)
    else:
        address = start_page(quiz) if page == "start" else url(attempt, *filter(None, [page]))
        response = browser.get(address, follow=True)

    attempt.refresh_from_db()
    assert response.request["PATH_INFO"] == url(attempt, "result")
    assert OVER in text_of(response)
    assert (attempt.state, attempt.submitted_at) == ("submitted", attempt.deadline)


def test_practice_ends_at_its_result_too(browser, enrolment):
    quiz = make_quiz(enrolment.course.pages.first(), purpose="practice", time_limit_minutes=30)
    attempt = begun(quiz, enrolment, 32)

    assert OVER in text_of(browser.get(url(attempt, 1), follow=True))
    assert "Hand in by" not in text_of(browser.get(url(attempt, 1)))


def test_who_hands_in_in_time_reads_nothing_of_it(browser, quiz, enrolment):
    attempt = begun(quiz, enrolment, 29)
    browser.post(url(attempt, "submit"), {"confirmed": "1"})
    assert OVER not in text_of(browser.get(url(attempt, "result")))


def test_an_answer_that_was_on_its_way_counts(browser, quiz, enrolment):
    attempt = begun(quiz, enrolment, 30.5)
    item = items_of(attempt)[0]
    # Another page, opened meanwhile, does not shut the door on it.
    for page in ("2", "review", "result"):
        shown = browser.get(url(attempt, page), follow=True).content.decode()
        assert f'action="{url(attempt, "submit")}" data-over><b>The time is over.</b>' in shown
    browser.post(url(attempt, 1), {"a": right_options(item)})
    response = browser.post(url(attempt, "submit"), follow=True)

    assert OVER in text_of(response)
    assert "does not count" not in text_of(response)
    attempt.refresh_from_db()
    assert (attempt.submitted_at, attempt.latest_marking().score) == (attempt.deadline, 50)


@pytest.mark.parametrize("closed", [False, True])
def test_a_late_answer_is_told_about(browser, quiz, enrolment, closed):
    attempt = begun(quiz, enrolment, 40)
    if closed:
        attempts.time_out(attempt.uuid, at=timezone.now())
    response = browser.post(url(attempt, 1), {"a": right_options(items_of(attempt)[0])}, follow=True)

    assert "This answer came after the time was over. It is kept, and the training team" in text_of(response)
    assert OVER in text_of(response)
    assert AnswerEvent.objects.get().arrival == "time_over"
    assert Attempt.objects.get().latest_marking().score == 0


@pytest.mark.parametrize("sent", [{}, {"later": "1"}, {"a": "nonsense"}])
def test_what_is_no_answer_is_not_asked_for_again_after_the_end(browser, quiz, enrolment, sent):
    attempt = begun(quiz, enrolment, 40)
    response = browser.post(url(attempt, 1), sent, follow=True)

    assert response.request["PATH_INFO"] == url(attempt, "result")
    assert OVER in text_of(response)


def test_handing_in_too_late_is_told_about(browser, quiz, enrolment):
    attempt = begun(quiz, enrolment, 40)
    assert OVER in text_of(browser.post(url(attempt, "submit"), {"confirmed": "1"}, follow=True))


def test_nobody_ends_somebody_elses_attempt(client_of, nurse, quiz, enrolment):
    attempt = begun(quiz, enrolment, 40)
    assert client_of(nurse).get(url(attempt, "result")).status_code == 404
    assert Attempt.objects.get().is_open


def test_the_clock_costs_no_query(browser, quiz, enrolment, django_assert_max_num_queries):
    make_entry()
    attempt = begun(quiz, enrolment, 0)
    chosen = right_options(items_of(attempt)[0])
    browser.get(url(attempt, 1))
    with django_assert_max_num_queries(8):
        browser.get(url(attempt, 1))
    with django_assert_max_num_queries(8):
        browser.post(url(attempt, 1), {"a": chosen})
    with django_assert_max_num_queries(8):
        browser.get(url(attempt, "review"))
