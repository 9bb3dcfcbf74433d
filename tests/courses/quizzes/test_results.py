from datetime import UTC, datetime, timedelta

import pytest

from courses.quizzes import attempts
from courses.quizzes.results import FAILED, NOT_STARTED, OPEN, PASSED, quiz_pages_of, standings
from courses.quizzes.showing import show_again
from tests.answering import event, right_options, take
from tests.factories import (
    draw,
    make_bank_question,
    make_course_page,
    make_enrolment,
    make_quiz,
    make_sector,
    single,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_where_a_person_stands_in_one_query(django_assert_num_queries):
    page = make_course_page()
    quizzes = [make_quiz(page, attempts_allowed=3, wait_minutes=30) for _n in range(4)]
    untouched, begun, passed, failed = quizzes
    enrolment = make_enrolment(course=page.course, at=NOON)
    person = enrolment.person
    open_attempt = attempts.start(
        begun.translation_key, person=person, enrolment=enrolment, actor=None, at=NOON
    )
    take(passed, person, enrolment, at=NOON, right=False)
    take(passed, person, enrolment, at=NOON + timedelta(hours=1))
    take(failed, person, enrolment, at=NOON, right=False)
    keys = [quiz.translation_key for quiz in quizzes]
    with django_assert_num_queries(1):
        found = standings(enrolment, keys)
        assert [found[key].state for key in keys] == [NOT_STARTED, OPEN, PASSED, FAILED]
        assert [found[key].attempts_used for key in keys] == [0, 0, 2, 1]
    assert [found[key].attempts_left for key in keys] == [3, 3, 1, 2]
    assert [found[key].best_score for key in keys] == [None, None, 100, 0]
    assert found[begun.translation_key].open_uuid == open_attempt.uuid
    passing = found[passed.translation_key]
    assert (passing.passed_score, passing.passing["title"]) == (100, passed.title)
    assert found[failed.translation_key].next_at == NOON + timedelta(minutes=30)
    assert found[untouched.translation_key].next_at is None


def test_without_an_enrolment_nothing_is_started():
    quiz = make_quiz()
    found = standings(None, [quiz.translation_key])[quiz.translation_key]
    assert (found.state, found.attempts_used) == (NOT_STARTED, 0)


def test_the_quizzes_of_a_course_in_two_queries(django_assert_num_queries):
    make_sector("health")
    make_bank_question()
    make_bank_question()
    page = make_course_page()
    make_quiz(
        page, title="Check", questions=[single(), single(sectors=["health"]), draw(2)], intro="Take your time."
    )
    make_quiz(page, title="Gone").unpublish()
    for _n in range(3):
        make_quiz(page)
    with django_assert_num_queries(2):
        rows = quiz_pages_of(page)
    assert len(rows) == 4
    check = rows[0]
    assert (check.title, check.purpose, check.intro) == ("Check", "check", "Take your time.")
    assert (check.size_for("health"), check.size_for("police"), check.questions) == (4, 3, 4)
    assert check.policy["pass_mark"] == 50


def test_any_attempt_can_be_shown_again_exactly():
    quiz = make_quiz(questions=[single("What first?", wrong=("Promise", "Leave")), single("And then?")])
    enrolment = make_enrolment(course=quiz.get_parent().specific.course, at=NOON)
    attempt = attempts.start(
        quiz.translation_key, person=enrolment.person, enrolment=enrolment, actor=None, at=NOON
    )
    item = attempt.items.select_related("attempt", "question_edition__question").first()
    attempts.record_answers([event(item, {"chosen": right_options(item)})], person=enrolment.person, at=NOON)
    before = show_again(attempt)
    quiz.questions[0].value["stem"] = "Changed?"
    quiz.save_revision().publish()
    assert show_again(attempt) == before
    assert [shown["question"] for shown in before] == ["What first?", "And then?"]
    assert before[0]["chosen"] == ["Right"]
    assert [option["id"] for option in before[0]["options"]] == item.option_order
    assert all("right" not in shown for shown in before)
