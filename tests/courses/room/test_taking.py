from datetime import timedelta

import pytest
from django.utils import timezone

from courses.choices import AttemptState, Purpose, WorkshopState
from courses.progress.models import Completion
from courses.quizzes import exceptions
from courses.quizzes.models import Attempt
from courses.quizzes.results import standings
from courses.room import taking
from courses.room.models import RoomAttempt
from tests.answering import take
from tests.courses.room.room import make_room, sit
from tests.factories import (
    draw,
    make_bank_question,
    make_course,
    make_course_page,
    make_enrolment,
    make_module,
    make_quiz,
    make_registration,
    make_workshop,
    set_outline,
)

pytestmark = pytest.mark.django_db


def start(registration, when="before", **kwargs):
    kwargs.setdefault("at", timezone.now())
    return taking.start(registration, when, person=registration.person, actor=None, **kwargs)


def test_it_begins_once_with_its_questions_pinned():
    registration = make_registration(make_room())
    attempt = start(registration)

    assert start(registration) == attempt
    assert (attempt.enrolment, attempt.cycle, attempt.deadline, attempt.items.count()) == (None, 0, None, 2)
    assert RoomAttempt.objects.get().attempt == attempt


def test_before_and_after_may_be_one_quiz_and_open_at_once():
    registration = make_registration(make_room())

    assert start(registration, "before") != start(registration, "after")
    assert Attempt.objects.filter(state=AttemptState.OPEN).count() == 2


def test_it_completes_no_course_and_uses_up_none_of_its_attempts():
    page = make_course_page(make_course())
    final = make_quiz(page, purpose=Purpose.FINAL, review="test", attempts_allowed=1, pass_mark=50)
    page = set_outline(page, [make_module(final)])
    workshop = make_room(quiz=final, course=page.course)
    registration = make_registration(workshop)
    person, now = registration.person, timezone.now()
    enrolment = make_enrolment(person, page.course)

    assert sit(registration, "after").latest_marking().passed
    standing = standings(enrolment, [final.translation_key])[final.translation_key]
    assert (standing.attempts_used, standing.attempts_left, standing.passing) == (0, 1, None)
    assert not Completion.objects.exists()

    # And the other way round: what was passed in the course hinders nobody in the room.
    take(final, person, enrolment, at=now)
    assert Completion.objects.count() == 1
    assert start(registration, "after").is_submitted


def test_the_test_after_asks_others_where_there_are_any():
    for n in range(4):
        make_bank_question(module="C1", code=f"Q-{n}")
    registration = make_registration(make_room([draw(2, module="C1")]))
    before, after = sit(registration, "before"), start(registration, "after")

    keys = [set(one.items.values_list("question_edition__question__key", flat=True)) for one in (before, after)]
    assert not keys[0] & keys[1]


def refusal(registration, when="before", **kwargs):
    with pytest.raises(taking.TestRefused) as caught:
        start(registration, when, **kwargs)
    assert not RoomAttempt.objects.filter(when=when).exists()
    return type(caught.value)


def test_it_opens_with_its_session_and_ends_with_the_workshop():
    now = timezone.now()
    workshop = make_workshop(
        starts_at=now - timedelta(hours=1), sessions=2, pretest_key=make_quiz().translation_key
    )
    workshop.posttest_key = workshop.pretest_key
    workshop.save()
    registration = make_registration(workshop)

    assert refusal(registration, at=now - timedelta(hours=2)) == taking.TooEarly
    # The last session begins in three hours.
    assert refusal(registration, "after", at=now) == taking.TooEarly
    workshop.state = WorkshopState.CLOSED
    workshop.save()
    assert refusal(registration, "after", at=now + timedelta(hours=4)) == taking.Over


def test_who_has_no_place_takes_no_test():
    workshop = make_room(capacity=1)
    make_registration(workshop)

    assert refusal(make_registration(workshop)) == taking.NotComing


def test_there_is_no_test_before_once_the_one_after_is_taken():
    registration = make_registration(make_room())
    sit(registration, "after")

    assert refusal(registration) == taking.AfterTheOther


def test_what_the_desk_made_void_may_be_begun_again(focal_point):
    registration = make_registration(make_room())
    first = start(registration)
    exceptions.void(first.uuid, reason="The phone broke", actor=focal_point, at=timezone.now())
    second = start(registration)

    assert second != first
    assert second.room_attempt.replaces == first.room_attempt
    assert taking.taken(registration, "before").attempt == second
