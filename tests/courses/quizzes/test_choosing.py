import json

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.catalogue.writing import NotPossible
from courses.choices import Pool, Purpose
from courses.quizzes.choosing import add_from_bank, questions_of
from courses.quizzes.pages import QuizPage
from tests.factories import draw, from_bank, make_bank_question, make_quiz, single

pytestmark = pytest.mark.django_db


def add(quiz, *questions, actor=None):
    return add_from_bank(quiz.pk, [one.pk for one in questions], actor=actor, at=timezone.now())


def asks(quiz):
    """What the newest draft asks: codes of the bank's questions, else the kind of the block."""
    stream = questions_of(QuizPage.objects.get(pk=quiz.pk))
    return [block["value"].get("question") or block["type"] for block in stream]


def test_they_stand_at_the_end_of_the_draft_and_nothing_is_published(focal_point):
    first, second, third = (make_bank_question() for _ in range(3))
    quiz = make_quiz(questions=[from_bank(first), single()])
    live = quiz.live_revision_id

    added = add(quiz, third, first, second, actor=focal_point)

    assert added == [third, second]
    assert asks(quiz) == [first.pk, "single", third.pk, second.pk]
    quiz = QuizPage.objects.get(pk=quiz.pk)
    assert (quiz.live_revision_id, quiz.has_unpublished_changes) == (live, True)
    assert (len(quiz.questions), quiz.latest_revision.user) == (2, focal_point)
    entry = AuditEntry.objects.get(verb="quiz.questions_chosen")
    assert (entry.object_id, entry.facts) == (str(quiz.pk), {"codes": [third.code, second.code]})
    quiz.latest_revision.publish()
    assert len(QuizPage.objects.get(pk=quiz.pk).questions) == 4


def test_what_somebody_else_wrote_meanwhile_stays():
    question = make_bank_question()
    quiz = make_quiz(questions=[single()])
    meanwhile = QuizPage.objects.get(pk=quiz.pk)
    meanwhile.questions, meanwhile.title = json.dumps([single(), draw(1)]), "New title"
    meanwhile.save_revision()

    add(quiz, question)

    assert asks(quiz) == ["single", "draw", question.pk]
    assert QuizPage.objects.get(pk=quiz.pk).draft_title == "New title"


def test_a_question_kept_for_the_final_test_goes_nowhere_else():
    kept = make_bank_question(pool=Pool.FINAL)
    check = make_quiz()
    final = make_quiz(purpose=Purpose.FINAL, review="test")

    assert (add(check, kept), add(final, kept)) == ([], [kept])
    assert add(check) == []
    assert not AuditEntry.objects.filter(verb="quiz.questions_chosen", object_id=str(check.pk)).exists()


def test_a_quiz_that_somebody_has_locked_is_left_alone(focal_point, administrator):
    question, quiz = make_bank_question(), make_quiz(questions=[single()])
    QuizPage.objects.filter(pk=quiz.pk).update(locked=True, locked_by=administrator, locked_at=timezone.now())

    with pytest.raises(NotPossible):
        add(quiz, question, actor=focal_point)
    assert asks(quiz) == ["single"]
