"""The end of a workshop is the end of its tests."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.attendance.closing import close
from courses.choices import AttemptState, RoomTestWhen, WorkshopState
from courses.quizzes import attempts
from courses.room import figures, taking
from tests.answering import event, right_answer
from tests.courses.quizzes.pages import items_of
from tests.courses.room.room import make_room

pytestmark = pytest.mark.django_db


def test_what_was_begun_by_phone_is_handed_in_as_it_stands_when_the_workshop_is_closed(facilitator):
    room, now = make_room(people=2), timezone.now()
    answered, empty = [
        taking.start(one, RoomTestWhen.BEFORE, person=one.person, actor=None, at=now)
        for one in room.registrations.order_by("pk")
    ]
    item = items_of(answered)[0]
    attempts.record_answers([event(item, right_answer(item))], person=answered.person, at=now)

    close(room, actor=facilitator, at=now + timedelta(days=1))

    for one in (answered, empty):
        one.refresh_from_db()
    assert (answered.state, empty.state) == (AttemptState.SUBMITTED, AttemptState.VOID)
    assert figures.test_scores([room], RoomTestWhen.BEFORE) == {
        answered.room_attempt.registration_id: answered.latest_marking().score
    }


def test_a_test_does_not_begin_by_a_page_that_was_read_before_the_closing(facilitator):
    room, now = make_room(people=1), timezone.now()
    registration = room.registrations.select_related("workshop").get()
    type(room).objects.filter(pk=room.pk).update(state=WorkshopState.CLOSED)

    with pytest.raises(taking.Over):
        taking.start(registration, RoomTestWhen.BEFORE, person=registration.person, actor=None, at=now)
