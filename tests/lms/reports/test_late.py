"""Answers that came late, at the desk and for the person."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.quizzes import attempts
from courses.quizzes.models import AnswerEvent, LateDecision
from tests.answering import event, right_options
from tests.courses.quizzes.pages import items_of, text_of
from tests.factories import make_course_page, make_enrolment, make_module, make_quiz, set_outline

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HOUR = timedelta(hours=1)


@pytest.fixture
def attempt(constable):
    """Handed in empty an hour ago; both answers came since, kept on a telephone."""
    page = make_course_page()
    quiz = make_quiz(page, review="test", title="Module check")
    set_outline(page, [make_module(quiz)])
    enrolment = make_enrolment(constable.person, page.course, at=NOW - 3 * HOUR)
    who = {"person": constable.person, "actor": None}
    attempt = attempts.start(quiz.translation_key, enrolment=enrolment, at=NOW - 2 * HOUR, **who)
    attempts.submit(attempt.uuid, at=NOW - HOUR, **who)
    for n, item in enumerate(items_of(attempt)):
        sent = event(item, {"chosen": right_options(item)}, device="phone", device_seq=n, offset=0)
        sent["client_at"] = (NOW - 1.5 * HOUR).isoformat()
        attempts.record_answers([sent], person=constable.person, at=NOW)
    return attempt


def url(attempt):
    return reverse("results_late_attempt", args=[attempt.uuid])


def choose(decision="accept", **fields):
    uuids = [str(uuid) for uuid in AnswerEvent.objects.values_list("uuid", flat=True)]
    return {"answers": uuids, "decision": decision, "reason": "The power failed", **fields}


def test_they_wait_on_the_first_page_and_in_the_list(desk, attempt):
    first = text_of(desk.get(reverse("wagtailadmin_home")))
    assert "Answers that came late: 1 person" in first
    listed = desk.get(reverse("results_late"), {"state": "waiting"})
    assert "Constance Joseph" in text_of(listed)
    assert url(attempt) in listed.content.decode()
    for narrowed in ({"state": "decided"}, {"arrival": "time_over"}, {"q": "Nobody"}):
        assert "Constance Joseph" not in text_of(desk.get(reverse("results_late"), narrowed))
    assert "Constance Joseph" in text_of(desk.get(reverse("results_late"), {"arrival": "submitted"}))
    assert desk.get(reverse("results_late"), {"export": "csv"}).status_code == 404


def test_it_is_asked_twice_and_says_what_the_result_will_be(desk, attempt):
    asked = desk.post(url(attempt), choose())
    assert "The test is marked again: 100 of 100, passed. It was 0. This cannot be undone." in text_of(asked)
    assert not LateDecision.objects.exists()
    confirmed = asked.context["form"]["confirmed"].value()

    # Another choice than the one that was asked about is asked about anew.
    changed = desk.post(url(attempt), choose("leave", confirmed=confirmed))
    assert "The answers stay on record and do not count." in text_of(changed)
    done = desk.post(url(attempt), choose(confirmed=confirmed), follow=True)

    assert "The answers count now." in text_of(done)
    assert attempt.latest_marking().score == 100
    page = text_of(done)
    assert "Kept on a device, received" in page
    assert "After the test was handed in." in page
    assert "Accepted by Francine Focal on" in page
    assert "The power failed" in page


def test_what_is_missing_is_said_and_what_was_typed_stays(desk, attempt):
    refused = desk.post(url(attempt), choose(answers=[], reason="Call 452 1234 about it"))
    assert "looks like a telephone number" in text_of(refused)
    assert "Call 452 1234 about it" in refused.content.decode()
    assert not LateDecision.objects.exists()


def test_nobody_decides_about_their_own(client_of, desk, focal_point, attempt):
    attempt.person.user.person = None
    type(attempt).objects.filter(pk=attempt.pk).update(person=focal_point.person)
    assert desk.get(url(attempt)).status_code in (302, 403)
    assert desk.post(url(attempt), choose()).status_code in (302, 403)
    assert not LateDecision.objects.exists()


def test_the_attempt_shows_how_each_answer_arrived(desk, attempt):
    page = text_of(desk.get(reverse("results_attempt", args=[attempt.uuid])))
    assert "Decide about 2 late answers" in page
    assert page.count("After the test was handed in.") == 2
    assert "(counts)" not in page


def test_the_person_reads_that_it_waits_and_what_was_decided(client_of, constable, desk, attempt):
    browser, result = client_of(constable), attempt.url_of("attempt_result")
    assert "2 of your answers came too late to count by themselves. They are kept." in text_of(
        browser.get(result)
    )
    confirmed = desk.post(url(attempt), choose("leave")).context["form"]["confirmed"].value()
    desk.post(url(attempt), choose("leave", confirmed=confirmed))
    page = text_of(browser.get(result))
    assert "the training team looked at 2 late answers and left the result as it was." in page
    assert "Reason: The power failed" in page
    assert "too late to count by themselves" not in page


def test_the_history_of_the_person_tells_it(desk, attempt, constable):
    confirmed = desk.post(url(attempt), choose()).context["form"]["confirmed"].value()
    desk.post(url(attempt), choose(confirmed=confirmed))
    assert AuditEntry.objects.filter(verb="attempt.late accepted").exists()
    page = text_of(desk.get(reverse("people:person", args=[constable.person.pk])))
    assert "Late answers accepted: Module check. The power failed" in page
    assert "Marked again, now 100 of 100: Module check" in page
