"""Forms A and B, and what is typed in from their answer sheets."""

import json

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import AttemptOrigin, AttemptState, WorkshopState
from courses.quizzes import attempts
from courses.room import compact, entering, freezing, taking
from courses.room.models import PaperForm, RoomAttempt
from courses.room.standing import next_row, people_of
from tests.answering import event
from tests.courses.quizzes.pages import items_of, one_of_each
from tests.courses.room.room import freeze, make_room, sheet_of, sit
from tests.factories import (
    draw,
    make_bank_question,
    make_registration,
    make_workshop,
    publish,
    single,
)

pytestmark = pytest.mark.django_db


def stems(form):
    return [question.body["stem"] for question, _order in freezing.questions_of(form)]


def payloads_of(form, text):
    payloads, problems = compact.read(text, freezing.places_of(freezing.items_of(form)), may_be_unsure=True)
    assert problems == []
    return payloads


def enter(form, registration, text=None, actor=None, **kwargs):
    payloads = payloads_of(form, text or sheet_of(form))
    return entering.enter(form, registration, payloads, actor=actor, at=timezone.now(), **kwargs)


def test_without_draws_both_forms_ask_the_same_in_another_order():
    workshop = make_room([single(f"Question {n}?") for n in range(5)])
    form_a, form_b = freeze(workshop)
    orders = [
        {question.pk: order for question, order in freezing.questions_of(form)} for form in (form_a, form_b)
    ]

    assert stems(form_a) == [f"Question {n}?" for n in range(5)]
    assert sorted(stems(form_b)) == stems(form_a) != stems(form_b)
    # A neighbour's letters are of no use: no question has its options alike.
    assert all(orders[0][pk] != orders[1][pk] for pk in orders[0])


def test_with_draws_they_ask_others_as_far_as_there_are_any():
    for n in range(6):
        make_bank_question(module="C1", code=f"Q-{n}")
    workshop = make_room([draw(2, module="C1")])
    before = [set(stems(form)) for form in freeze(workshop, "before")]
    after = [set(stems(form)) for form in freeze(workshop, "after")]

    assert not before[0] & before[1]
    assert not after[0] & (before[0] | before[1])


def test_forms_stay_when_the_quiz_is_changed_and_frozen_again():
    workshop = make_room([single("As it was?")])
    first = freeze(workshop)
    asked = [one.body for one, _order in freezing.questions_of(first[0])]
    blocks = json.loads(json.dumps(workshop.quiz.questions.get_prep_value()))
    blocks[0]["value"]["stem"] = "As it is now?"
    workshop.quiz.questions = json.dumps(blocks)
    publish(workshop.quiz)

    assert freeze(workshop, seed=2) == first
    assert [one.body for one, _order in freezing.questions_of(PaperForm.objects.get(pk=first[0].pk))] == asked
    entered = enter(first[0], make_registration(workshop))
    assert [item.question_edition.body["stem"] for item in items_of(entered.attempt)] == ["As it was?"]


def test_what_each_sector_is_asked_apart_cannot_be_on_paper():
    for n in range(2):
        make_bank_question(module="C1", code=f"Q-{n}", sectors=["police"])
    workshop = make_room([single(), draw(1, module="C1", own_sector=True)])

    with pytest.raises(freezing.NotForPaper):
        freeze(workshop)
    assert not PaperForm.objects.exists()


@pytest.mark.parametrize("right", [True, False])
def test_paper_and_phone_are_marked_alike_whatever_the_kind(right):
    workshop = make_room(one_of_each())
    on_phone = sit(make_registration(workshop), "before", right=right).latest_marking()
    for form in freeze(workshop):
        entered = enter(form, make_registration(workshop), sheet_of(form, right=right))
        marking = entered.attempt.latest_marking()

        assert (
            (marking.score, marking.passed)
            == (on_phone.score, on_phone.passed)
            == ((100, True) if right else (0, False))
        )
        assert entered.attempt.origin == AttemptOrigin.PAPER


def test_part_of_the_points_on_paper_is_that_on_a_phone():
    workshop = make_room(one_of_each())
    form = freeze(workshop)[0]
    registration, other = make_registration(workshop), make_registration(workshop)
    mixed = sheet_of(form).split(", ")[:4] + sheet_of(form, right=False).split(", ")[4:]
    payloads = payloads_of(form, ", ".join(mixed))
    entered = enter(form, registration, ", ".join(mixed))
    attempt = taking.start(other, "before", person=other.person, actor=None, at=timezone.now())
    by_question = {
        item.question_edition_id: payloads[item.n] for item in items_of(entered.attempt) if item.n in payloads
    }
    events = [event(item, by_question[item.question_edition_id]) for item in items_of(attempt)]
    attempts.record_answers(events, person=other.person, at=timezone.now())
    marking = attempts.submit(attempt.uuid, person=other.person, actor=None, at=timezone.now())

    assert 0 < marking.score < 100
    assert entered.attempt.latest_marking().score == marking.score


def test_a_sheet_is_corrected_with_a_reason_and_both_stay(focal_point):
    workshop = make_room()
    form, _b = freeze(workshop)
    registration = make_registration(workshop)
    first = enter(form, registration, "1 -, 2 ?")

    with pytest.raises(entering.SheetRefused) as caught:
        enter(form, registration)
    assert caught.value.code == "entered"

    second = enter(form, registration, reason="Two sheets were mixed up", actor=focal_point)
    assert list(RoomAttempt.objects.in_force()) == [second]
    assert second.replaces == first
    first.attempt.refresh_from_db()
    assert first.attempt.state == AttemptState.VOID
    assert [one.latest_marking().score for one in (first.attempt, second.attempt)] == [0, 100]
    told = AuditEntry.objects.filter(verb="test sheet entered").latest("pk")
    assert (told.actor_name, told.facts["reason"]) == (str(focal_point), "Two sheets were mixed up")


def test_what_was_begun_by_phone_may_end_on_paper_and_what_was_handed_in_stays():
    workshop = make_room()
    form, _b = freeze(workshop)
    begun, done = make_registration(workshop), make_registration(workshop)
    taking.start(begun, "before", person=begun.person, actor=None, at=timezone.now())
    sit(done, "before")

    assert enter(form, begun, reason="The battery was empty").attempt.is_submitted
    with pytest.raises(entering.SheetRefused) as caught:
        enter(form, done, reason="Twice")
    assert caught.value.code == "phone"


def refused(form, registration, **kwargs):
    with pytest.raises(entering.SheetRefused) as caught:
        enter(form, registration, **kwargs)
    assert not RoomAttempt.objects.exists()
    return caught.value.code


def test_no_sheet_is_kept_for_oneself_for_the_absent_or_afterwards(facilitator):
    workshop = make_room(capacity=1)
    form, _b = freeze(workshop)
    mine = make_registration(workshop, facilitator.person)

    assert refused(form, mine, actor=facilitator) == "own"
    assert refused(form, make_registration(workshop)) == "absent"
    workshop.state = WorkshopState.CLOSED
    workshop.save()
    assert refused(form, mine) == "closed"


def test_rows_follow_one_another_and_neighbours_have_different_forms(django_assert_num_queries):
    workshop = make_room(people=4)
    form, _b = freeze(workshop)
    second = people_of(workshop)[1]
    enter(form, second.registration)
    with django_assert_num_queries(2):
        people = people_of(workshop)

    assert [(one.label, one.letter) for one in people] == [("1", "A"), ("2", "B"), ("3", "A"), ("4", "B")]
    assert next_row(people, "before", after=people[0]).label == "3"
    assert next_row(people, "before", after=people[3]).label == "1"
    assert [one.label for one in people if one.is_in("before")] == ["2"]


def test_another_workshops_row_is_none_of_this_form():
    form, _b = freeze(make_room())
    with pytest.raises(Exception, match="does not exist"):
        enter(form, make_registration(make_workshop()))
