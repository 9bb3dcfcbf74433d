import json

import pytest

from courses.choices import Pool, Purpose
from courses.quizzes.bank_uses import BankUses
from tests.factories import draw, from_bank, make_bank_question, make_course_page, make_quiz, single

pytestmark = pytest.mark.django_db


def said(question):
    return [str(use) for use in BankUses().of(question)]


def test_a_quiz_names_it_or_may_draw_it():
    named = make_bank_question(module="C1")
    drawn = make_bank_question(module="C2")
    kept = make_bank_question(module="C2", pool=Pool.FINAL)
    course = make_course_page(title="Signs")
    make_quiz(course, title="Check", questions=[from_bank(named), draw(1, module="C2")])

    assert (said(named), said(drawn), said(kept)) == (["Check"], ["Check (may be drawn)"], [])
    (use,) = BankUses().of(named)
    assert (use.course_id, use.course_title) == (course.course_id, course.course.title)


def test_a_question_for_a_sector_is_drawn_for_that_sector():
    question = make_bank_question(pool=Pool.FINAL, sectors=["police"])
    make_bank_question(pool=Pool.FINAL)
    make_quiz(title="Final", questions=[draw(1, pool=Pool.FINAL)], purpose=Purpose.FINAL, review="test")

    assert said(question) == ["Final (may be drawn)"]


def test_a_draft_says_so_and_a_question_that_is_not_published_is_drawn_by_nobody():
    question = make_bank_question()
    quiz = make_quiz(title="Check", questions=[single()])
    quiz.questions = json.dumps([single(), from_bank(question)])
    quiz.save_revision()
    away = make_bank_question()
    away.unpublish()
    quiz_with_draw = make_quiz(title="Drawing", questions=[draw(1)])

    assert said(question) == ["Check (draft)", "Drawing (may be drawn)"]
    assert said(away) == []
    quiz_with_draw.unpublish()
    assert said(question) == ["Check (draft)", "Drawing (may be drawn) (draft)"]


def test_two_queries_whatever_there_is(django_assert_num_queries):
    question = make_bank_question()
    for n in range(2):
        make_quiz(questions=[from_bank(question)])
        with django_assert_num_queries(2):
            assert len(BankUses().of(question)) == n + 1
