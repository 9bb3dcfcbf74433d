"""Publishing a quiz: editions, and why it may be refused."""

import json

import pytest
from wagtail.models import Page

from courses.catalogue.gate import PublishRefused
from courses.questions.models import Question, QuestionEdition
from courses.quizzes.models import QuizEdition
from courses.quizzes.pages import QuizPage
from tests.factories import (
    draw,
    from_bank,
    make_bank_question,
    make_course_page,
    make_quiz,
    make_sector,
    multiple,
    publish,
    single,
    true_false,
)

pytestmark = pytest.mark.django_db


def editions(quiz):
    return list(QuizEdition.objects.filter(quiz_key=quiz.translation_key))


def refusal(**kwargs):
    with pytest.raises(PublishRefused) as refused:
        make_quiz(**kwargs)
    return [str(problem) for problem in refused.value.problems]


def without_key():
    block = single()
    block["value"]["options"][0]["value"]["right"] = False
    return block


def test_publishing_freezes_questions_and_policy():
    bank = make_bank_question()
    make_bank_question()
    written = [single("One?", critical=True, topic="law"), multiple("Two?"), true_false("Three.")]
    quiz = make_quiz(questions=[*written, from_bank(bank), draw(1, topic="indicators")], title="Check 1")
    (edition,) = editions(quiz)
    assert (edition.n, edition.title, edition.course) == (1, "Check 1", quiz.get_parent().specific.course)
    assert edition.policy == quiz.policy()
    assert edition.items == [
        *({"question": block["id"], "meaning": 1, "slip": 0, "sectors": []} for block in written),
        {"question": str(bank.key), "meaning": 1, "slip": 0, "sectors": []},
        {"draw": {"count": 1, "pool": "check", "topic": "indicators", "own_sector": False, "critical": 0}},
    ]
    first = Question.objects.get(key=written[0]["id"])
    assert (first.home, first.critical, first.topic) == (str(quiz.translation_key), True, "law")


def test_nothing_changed_makes_no_edition():
    quiz = make_quiz()
    publish(quiz)
    assert len(editions(quiz)) == 1


def test_a_changed_policy_or_wording_makes_the_next_edition():
    quiz = make_quiz(pass_mark=50)
    quiz.pass_mark = 60
    quiz = publish(quiz)
    blocks = quiz.questions.get_prep_value()
    blocks[0]["value"]["stem"] = "Better said?"
    quiz.questions = json.dumps(blocks)
    publish(quiz)
    assert [(e.n, e.policy["pass_mark"], e.items[0]["slip"]) for e in editions(quiz)] == [
        (1, 50, 0),
        (2, 60, 0),
        (3, 60, 1),
    ]


def test_a_quiz_asks_a_bank_question_as_it_is_published_now():
    bank = make_bank_question(single("Waht?"))
    quiz = make_quiz(questions=[from_bank(bank)])
    (block,) = bank.body.get_prep_value()
    block["value"]["stem"] = "What?"
    bank.body = json.dumps([block])
    publish(bank)
    assert [e.items[0]["slip"] for e in editions(quiz)] == [0, 1]


def test_a_copied_quiz_has_questions_of_its_own():
    quiz = make_quiz()
    copy = quiz.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=False)
    publish(QuizPage.objects.get(pk=copy.pk))
    (first,), (second,) = editions(quiz), editions(copy)
    assert not {i["question"] for i in first.items} & {i["question"] for i in second.items}
    publish(QuizPage.objects.get(pk=copy.pk))
    assert len(editions(copy)) == 1


def test_deleting_the_page_leaves_the_record_whole():
    quiz = make_quiz()
    key = quiz.translation_key
    Page.objects.get(pk=quiz.pk).delete()
    assert QuizEdition.objects.filter(quiz_key=key).count() == 1
    assert QuestionEdition.objects.filter(question__home=str(key)).count() == 2


def test_a_question_without_key_is_named():
    assert refusal(questions=[single(), single(), without_key()]) == ["Question 3 has no right answer ticked."]


def test_a_check_and_a_final_test_need_a_pass_mark():
    assert refusal(pass_mark=None) == ["Give a pass mark."]
    assert refusal(pass_mark=None, purpose="final", review="test") == ["Give a pass mark."]
    assert editions(make_quiz(pass_mark=None, purpose="practice"))
    assert editions(make_quiz(pass_mark=None, purpose="pretest", review="test"))


def test_a_final_test_never_shows_answers():
    assert "show no answers" in refusal(purpose="final", review="practice")[0]


def test_a_quiz_needs_questions():
    assert refusal(questions=[]) == ["There are no questions yet."]


def test_a_draw_that_asks_too_much_is_named():
    make_bank_question()
    assert refusal(questions=[single(), draw(2)]) == [
        "The draw in place 2 asks for 2 questions, but only 1 can be drawn."
    ]


def test_a_critical_minimum_out_of_reach_is_named():
    make_bank_question()
    make_bank_question(critical=True)
    assert editions(make_quiz(questions=[draw(2, critical=1)]))
    assert refusal(questions=[draw(2, critical=2)]) == [
        "The draw in place 1 asks for at least 2 critical questions, but only 1 can be drawn."
    ]
    assert "more critical questions than questions" in refusal(questions=[draw(1, critical=2)])[0]


def test_a_sector_without_questions_is_named():
    make_sector("police")
    make_sector("health", name="Health")
    make_bank_question(sectors=["police"])
    assert refusal(questions=[draw(1, own_sector=True)]) == [
        "The draw in place 1 asks for 1 question, but only 0 can be drawn. This concerns: Health."
    ]
    assert editions(make_quiz(questions=[draw(1, own_sector=True)], sectors=["police"]))


def test_questions_of_the_final_test_appear_nowhere_else():
    bank = make_bank_question(pool="final")
    assert refusal(questions=[from_bank(bank)]) == ["Question 1 is kept for the final test alone."]
    assert "final test alone" in refusal(questions=[draw(1, pool="final")])[0]
    assert editions(make_quiz(questions=[from_bank(bank)], purpose="final", review="test"))


def test_a_bank_question_that_is_a_draft_or_there_twice_is_named():
    bank = make_bank_question()
    assert refusal(questions=[from_bank(bank), from_bank(bank)]) == ["Question 2 is the same as question 1."]
    bank.unpublish()
    assert refusal(questions=[from_bank(bank)]) == ["Question 1 is in the bank but not published yet."]


def test_a_refused_quiz_has_no_edition_and_is_not_live():
    page = make_course_page()
    with pytest.raises(PublishRefused):
        make_quiz(page, questions=[without_key()])
    assert QuizPage.objects.get().live is False
    assert not QuizEdition.objects.exists()
    assert not Question.objects.exists()
