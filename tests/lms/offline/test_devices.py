"""Clocks that are wrong, weeks without a network, two devices at once: all is kept, and one rule counts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.choices import Arrival, EnrolmentState
from courses.enrolment.models import Enrolment
from courses.people.heard import devices_of, forget_silent, hear
from courses.people.models import Device
from courses.quizzes import attempts
from courses.quizzes.answers import in_order
from courses.quizzes.models import AnswerEvent, Attempt
from tests.answering import right_options, wrong_options
from tests.courses.quizzes.pages import items_of

pytestmark = pytest.mark.django_db
ACCEPTED, SUPERSEDED = ("accepted", ""), ("superseded", "")
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def attempt(attempt):
    """Begun twenty days ago."""
    Attempt.objects.update(started_at=timezone.now() - 20 * DAY)
    return Attempt.objects.get()


@pytest.fixture
def item(attempt):
    return items_of(attempt)[0]


def counted(item):
    return in_order(AnswerEvent.objects.counting().filter(item=item))[-1]


def counting(item):
    return counted(item).payload["chosen"]


@pytest.mark.parametrize("wrong_by", [-400 * DAY, -DAY, DAY, 400 * DAY])
def test_two_weeks_off_line_with_a_wrong_clock(phone, item, wrong_by):
    phone.wrong_by = wrong_by
    kept = phone.answer(item, right_options(item), ago=14 * DAY)
    assert phone.send(kept) == [ACCEPTED]
    event = AnswerEvent.objects.get()
    assert abs(timezone.now() - 14 * DAY - event.effective_at) < MINUTE


def test_a_clock_that_was_moved_back_between_two_answers(phone, item):
    """The device's own count decides, also when its answers come in another order, in two batches."""
    first = phone.answer(item, wrong_options(item), ago=HOUR)
    second = phone.answer(item, right_options(item), ago=30 * DAY)
    assert phone.send(second) == [ACCEPTED]
    assert phone.send(first) == [SUPERSEDED]
    assert counting(item) == right_options(item)
    assert AnswerEvent.objects.count() == 2


def test_a_clock_that_was_moved_on_between_two_answers(phone, item):
    phone.wrong_by = 3 * DAY
    first = phone.answer(item, wrong_options(item))
    phone.wrong_by = timedelta(0)
    second = phone.answer(item, right_options(item))
    assert phone.send(first, second) == [ACCEPTED, ACCEPTED]
    assert counting(item) == right_options(item)


def test_of_two_devices_the_later_answer_counts_whichever_comes_first(phone, other_phone, item):
    other_phone.wrong_by = -DAY
    later = other_phone.answer(item, right_options(item), ago=HOUR)
    earlier = phone.answer(item, wrong_options(item), ago=2 * HOUR)
    assert other_phone.send(later) == [ACCEPTED]
    assert phone.send(earlier) == [SUPERSEDED]
    assert counting(item) == right_options(item)
    assert set(AnswerEvent.objects.values_list("device", flat=True)) == {phone.name, other_phone.name}


def test_a_copied_browser_loses_no_answer(phone, other_phone, item):
    other_phone.name = phone.name
    assert phone.send(phone.answer(item, wrong_options(item), ago=HOUR)) == [ACCEPTED]
    assert other_phone.send(other_phone.answer(item, right_options(item))) == [ACCEPTED]
    assert counting(item) == right_options(item)


def test_what_comes_after_handing_in_is_kept_and_said(phone, other_phone, attempt, item, constable):
    early, changed = (
        other_phone.answer(item, chosen(item), ago=HOUR) for chosen in (wrong_options, right_options)
    )
    phone.send(phone.answer(item, wrong_options(item), ago=2 * HOUR))
    phone.send(phone.item("hand_in", attempt=str(attempt.uuid)))
    replies = other_phone.post(early, changed).json()["items"]
    assert [(reply["status"], reply["reason"]) for reply in replies] == [
        # The same as what counts says nothing new.
        ("duplicate", ""),
        ("accepted", Arrival.AFTER_SUBMISSION),
    ]
    assert "the training team can decide" in replies[1]["words"]
    assert attempt.latest_marking().score == 0


def test_after_leaving_the_course_two_weeks_are_left(phone, attempt, item):
    ended = timezone.now() - 13 * DAY
    Enrolment.objects.update(state=EnrolmentState.WITHDRAWN, ended_at=ended)
    before, after = (
        phone.answer(item, right_options(item), ago=14 * DAY),
        phone.answer(item, wrong_options(item)),
    )
    assert phone.send(before, after) == [ACCEPTED, ("accepted", Arrival.LONG_AFTER_ENDING)]
    assert counted(item).arrival == Arrival.AFTER_ENDING
    assert counting(item) == right_options(item)


def test_a_device_is_heard_when_it_speaks_and_forgotten_after_a_year(phone, item, constable):
    hour_ago = timezone.now() - HOUR
    hear(constable.person, phone.name, at=hour_ago)
    hear(constable.person, phone.name, at=hour_ago + MINUTE)
    assert Device.objects.get().last_heard_at == hour_ago
    phone.send(phone.answer(item, right_options(item)))
    (device,) = devices_of(constable.person)
    assert (device["name"], device["first"]) == (phone.name, hour_ago)
    assert device["last"] > hour_ago
    assert forget_silent(at=timezone.now() + 364 * DAY) == 0
    assert forget_silent(at=timezone.now() + 366 * DAY) == 1
    assert devices_of(constable.person) == []


def test_a_person_has_no_more_devices_than_anybody_has(constable, django_assert_max_num_queries):
    at = timezone.now()
    for n in range(23):
        hear(constable.person, f"device-{n}", at=at + n * MINUTE)
    names = [device["name"] for device in devices_of(constable.person)]
    assert names == [f"device-{n}" for n in range(22, 2, -1)]
    with django_assert_max_num_queries(3):
        hear(constable.person, "device-22", at=at + 23 * MINUTE)


def test_a_cancelled_attempt_says_so(phone, attempt, item, focal_point):
    attempts.make_void(attempt, reason="Power cut", actor=focal_point, at=timezone.now())
    (reply,) = phone.post(phone.answer(item, right_options(item))).json()["items"]
    assert (reply["status"], reply["reason"]) == ("refused", "closed")
    assert "cancelled by the training team" in reply["words"]
