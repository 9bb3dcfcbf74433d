"""One attempt, exactly as it was shown; what is right only for whoever may know it."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from courses.audit.models import AuditEntry
from courses.choices import AttemptState
from courses.questions.models import QuestionKey
from courses.quizzes import attempts
from courses.quizzes.models import Attempt
from lms.reports.looking import look_at
from tests.answering import event, right_answer, right_options, wrong_options
from tests.factories import (
    case,
    make_course_page,
    make_enrolment,
    make_module,
    make_quiz,
    matching,
    numeric,
    ordering,
    set_outline,
    short,
    single,
)

pytestmark = pytest.mark.django_db
AT = timezone.now() - timedelta(hours=5)


@pytest.fixture
def attempt(constable):
    """Two questions; at the first the constable was wrong, then right; the second stayed empty."""
    page = make_course_page()
    questions = [single("First?", right="Listen", wrong=["Promise"]), single("Second?")]
    quiz = make_quiz(page, questions, review="test")
    set_outline(page, [make_module(quiz)])
    enrolment = make_enrolment(constable.person, page.course, at=AT)
    begun = attempts.start(
        quiz.translation_key, person=constable.person, enrolment=enrolment, actor=None, at=AT
    )
    begun.first = begun.items.select_related("attempt", "question_edition__question").get(
        question_edition__body__stem="First?"
    )
    return begun


def give(attempt, choose, minutes):
    payload = {"chosen": choose(attempt.first)}
    outcomes = attempts.record_answers(
        [event(attempt.first, payload)], person=attempt.person, at=AT + timedelta(minutes=minutes)
    )
    return outcomes[0].status


def hand_in(attempt):
    return attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=AT + timedelta(minutes=9))


def url(attempt):
    return reverse("results_attempt", args=[attempt.uuid])


# --- What is shown ----------------------------------------------------------------------


def test_every_answer_is_there_with_its_time_and_which_counted(attempt):
    assert give(attempt, wrong_options, 1) == give(attempt, right_options, 2) == "accepted"
    hand_in(attempt)

    looked = look_at(attempt, with_keys=True)

    first, second = sorted(looked.items, key=lambda item: item["question"])
    in_time = {"unsure": False, "received_at": None, "arrival": "", "decision": None}
    assert first["history"] == [
        {"at": AT + timedelta(minutes=1), "words": ["Promise"], "counted": False, **in_time},
        {"at": AT + timedelta(minutes=2), "words": ["Listen"], "counted": True, **in_time},
    ]
    assert (first["verdict"], first["right"], first["chosen"]) == ("right", ["Listen"], ["Listen"])
    assert (second["verdict"], second["history"], second["answered"]) == ("unanswered", [], False)
    assert looked.topics == [("Signs", 1, 2)]
    assert (looked.marking.score, looked.marking.passed) == (50, True)


def test_it_is_shown_by_the_key_that_marked_it_and_not_by_todays(attempt):
    give(attempt, right_options, 1)
    hand_in(attempt)
    edition = attempt.first.question_edition
    QuestionKey.objects.create(
        question=edition.question,
        meaning=edition.meaning,
        version=2,
        key={"right": wrong_options(attempt.first)},
    )

    looked = look_at(attempt, with_keys=True)

    first = next(item for item in looked.items if item["question"] == "First?")
    assert (first["right"], first["verdict"]) == (["Listen"], "right")


@pytest.mark.parametrize("handed_in", [True, False])
def test_without_leave_or_before_it_is_marked_there_is_no_key(attempt, handed_in):
    give(attempt, wrong_options, 1)
    if handed_in:
        hand_in(attempt)

    looked = look_at(attempt, with_keys=not handed_in)

    assert looked.with_keys is False
    told = {"right", "verdict", "whys", "general"}
    for item in looked.items:
        assert not told & set(item)
        assert all(set(option) == {"id", "text", "chosen"} for option in item["options"])


def test_an_earlier_result_stays_to_be_seen(desk, attempt):
    hand_in(attempt)
    first = attempt.latest_marking()
    attempt.markings.create(
        n=2, at=AT + timedelta(hours=1), key_versions=first.key_versions, score=100, passed=True,
        details=first.details, actor="Francine Focal",
    )  # fmt: skip

    page = " ".join(desk.get(url(attempt)).content.decode().split())

    assert "Earlier result, no longer counted</b></dt> <dd>0 of 100, not passed" in page
    assert "Result</b></dt> <dd>100 of 100, passed" in page


# --- Who looks --------------------------------------------------------------------------


def test_each_look_is_on_record_and_names_no_key(desk, attempt, focal_point, constable):
    hand_in(attempt)

    desk.get(url(attempt))
    desk.get(url(attempt))

    entries = AuditEntry.objects.filter(verb="attempt looked at")
    facts = {"person": str(constable.person.uuid), "with_keys": True}
    expected = (focal_point.pk, "courses.attempt", str(attempt.pk), facts)
    assert [(one.actor_id, one.object_type, one.object_id, one.facts) for one in entries] == [expected] * 2


@pytest.mark.parametrize("who", ["constable", "colleague", "facilitator", "supervisor_police", None])
def test_nobody_else_looks_and_nothing_is_recorded(request, client_of, attempt, who):
    hand_in(attempt)
    client = client_of(request.getfixturevalue(who) if who else None)

    assert client.get(url(attempt)).status_code in (302, 403)
    assert not AuditEntry.objects.filter(verb="attempt looked at").exists()


def test_the_page_says_what_was_right_after_it_was_marked(desk, attempt):
    give(attempt, wrong_options, 1)
    before = desk.get(url(attempt)).content.decode()
    hand_in(attempt)
    after = desk.get(url(attempt)).content.decode()

    assert "(chosen)" in before
    assert "(right)" not in before
    assert "It is not marked yet" in before
    assert after.count("(right)") == 2
    assert "Wrong</b>" in after


def test_what_nobody_has_begun_and_what_is_not_there_are_not_shown(desk, attempt):
    Attempt.objects.filter(pk=attempt.pk).update(state=AttemptState.PREPARED)

    assert desk.get(url(attempt)).status_code == 404
    assert desk.get(reverse("results_attempt", args=[uuid.uuid4()])).status_code == 404
    assert desk.post(url(attempt)).status_code in (404, 405)


def test_more_questions_cost_no_more_queries(desk, constable, django_assert_max_num_queries):
    page = make_course_page()
    quiz = make_quiz(page, [single() for _n in range(20)])
    enrolment = make_enrolment(constable.person, page.course, at=AT)
    long = attempts.start(quiz.translation_key, person=constable.person, enrolment=enrolment, actor=None, at=AT)
    hand_in(long)

    with django_assert_max_num_queries(30):
        desk.get(url(long))


def test_every_kind_is_shown_with_its_answer_and_what_is_right(desk, constable):
    questions = [
        matching("Match them.", others=("Ignore",)),
        ordering("Put in order."),
        short("Which word?", accepted=("Informed consent",)),
        numeric("How many years?", answer="18", tolerance="0.5", unit="years"),
        case("K. asks."),
    ]
    quiz = make_quiz(make_course_page(), questions, review="test")
    enrolment = make_enrolment(constable.person, quiz.get_parent().specific.course, at=AT)
    begun = attempts.start(
        quiz.translation_key, person=constable.person, enrolment=enrolment, actor=None, at=AT
    )
    for item in begun.items.select_related("attempt", "question_edition__question"):
        attempts.record_answers([event(item, right_answer(item))], person=begun.person, at=AT)
    hand_in(begun)

    page = desk.get(url(begun)).content.decode()

    looked = look_at(begun, with_keys=True)
    assert {item["verdict"] for item in looked.items} == {"right"}
    for item in looked.items:
        assert item["chosen"]
        for words in item["chosen"]:
            assert escape(words) in page
        for words in [] if item["parts"] else item["right"]:
            assert escape(words) in page
    assert page.count("(chosen)") == page.count("(right)") == 3
    assert "K. asks." in page
