"""A bank question is published: what is frozen, and what is refused."""

import json

import pytest

from courses.audit.models import AuditEntry
from courses.catalogue.gate import PublishRefused
from courses.questions.models import BankQuestion, Question, QuestionEdition, QuestionKey
from tests.factories import draw, make_bank_question, make_enrolment, make_quiz, publish, single

pytestmark = pytest.mark.django_db


def rewrite(bank, change="slip", **kwargs):
    """Edit the one question and publish. `options` is a function of the list of options."""
    bank = BankQuestion.objects.get(pk=bank.pk)
    (block,) = bank.body.get_prep_value()
    options = kwargs.pop("options", None)
    if options:
        options(block["value"]["options"])
    block["value"].update(kwargs, change=change)
    bank.body = json.dumps([block])
    return publish(bank)


def move_the_key(options):
    options[0]["value"]["right"], options[1]["value"]["right"] = False, True


def editions(bank):
    rows = QuestionEdition.objects.filter(question__key=bank.key)
    return list(rows.values_list("meaning", "slip", "body__stem"))


def keys(bank):
    return list(QuestionKey.objects.filter(question__key=bank.key).values_list("meaning", "version"))


def ask(bank):
    """Somebody is asked it."""
    from django.utils import timezone

    from courses.quizzes.attempts import start

    quiz = make_quiz(questions=[draw(1)])
    enrolment = make_enrolment(course=quiz.get_parent().specific.course)
    start(quiz.translation_key, person=enrolment.person, enrolment=enrolment, actor=None, at=timezone.now())


def test_publishing_freezes_question_edition_and_key():
    bank = make_bank_question(single("What first?"), code="F-C1-02", module="C1", critical=True)
    question = Question.objects.get(key=bank.key)
    assert (question.home, question.code, question.module, question.critical) == ("bank", "F-C1-02", "C1", True)
    assert editions(bank) == [(1, 0, "What first?")]
    key = QuestionKey.objects.get(question=question)
    edition = question.editions.last()
    assert key.key == {"right": [edition.body["options"][0]["id"]]}
    assert "right" not in json.dumps(edition.body["options"][0]).replace('"Right"', "").lower()
    assert bank.stem_text == "What first?"


def test_option_ids_are_the_ids_of_the_list():
    bank = make_bank_question()
    (block,) = bank.body.get_prep_value()
    body = Question.objects.get(key=bank.key).editions.last().body
    assert [o["id"] for o in body["options"]] == [o["id"] for o in block["value"]["options"]]


def test_publishing_again_unchanged_makes_nothing():
    bank = make_bank_question(single("What first?"))
    before = AuditEntry.objects.count()
    publish(bank)
    rewrite(bank, change="meaning")
    assert editions(bank) == [(1, 0, "What first?")]
    assert keys(bank) == [(1, 1)]
    assert AuditEntry.objects.filter(verb__startswith="question.").count() <= before


def test_a_slip_of_wording_keeps_the_meaning_and_the_options():
    bank = make_bank_question(single("Waht first?"))
    ask(bank)
    rewrite(bank, stem="What first?", options=lambda o: o[0]["value"].update(text="Listen to her"))
    first, second = QuestionEdition.objects.filter(question__key=bank.key)
    assert (second.meaning, second.slip, second.body["stem"]) == (1, 1, "What first?")
    assert [o["id"] for o in first.body["options"]] == [o["id"] for o in second.body["options"]]
    assert second.body["options"][0]["text"] == "Listen to her"
    assert keys(bank) == [(1, 1)]


def test_a_changed_meaning_begins_anew():
    bank = make_bank_question(single("What first?"))
    ask(bank)
    rewrite(bank, change="meaning", stem="What last?", options=move_the_key)
    assert editions(bank) == [(1, 0, "What first?"), (2, 0, "What last?")]
    assert keys(bank) == [(1, 1), (2, 1)]


def test_feedback_may_be_mended_after_answers():
    bank = make_bank_question()
    ask(bank)
    rewrite(bank, why="Better said.")
    assert keys(bank) == [(1, 1), (1, 2)]
    assert QuestionKey.objects.latest("version").feedback["en"]["general"] == "Better said."


def test_the_key_of_an_answered_question_is_locked():
    bank = make_bank_question()
    ask(bank)
    with pytest.raises(PublishRefused) as refused:
        rewrite(bank, options=move_the_key)
    assert "people" in str(refused.value)
    assert "a new question" in str(refused.value)
    assert keys(bank) == [(1, 1)]


def test_the_key_of_a_question_nobody_was_asked_may_change():
    bank = make_bank_question()
    rewrite(bank, options=move_the_key)
    assert keys(bank) == [(1, 1), (1, 2)]


def test_a_question_without_key_is_refused_and_stays_a_draft():
    bank = make_bank_question()
    live = bank.live_revision_id
    with pytest.raises(PublishRefused) as refused:
        rewrite(bank, options=lambda o: o[0]["value"].update(right=False))
    assert refused.value.problems == ["The question has no right answer ticked."]
    assert BankQuestion.objects.get(pk=bank.pk).live_revision_id == live


def test_unpublishing_takes_it_out_of_draws_and_publishing_brings_it_back():
    bank = make_bank_question()
    bank.unpublish()
    assert Question.objects.get(key=bank.key).retired is True
    assert Question.objects.candidates(["check"]) == []
    publish(BankQuestion.objects.get(pk=bank.pk))
    assert [candidate.key for candidate in Question.objects.candidates(["check"])] == [str(bank.key)]


def test_deleting_the_bank_question_leaves_the_record_whole():
    bank = make_bank_question()
    ask(bank)
    key = bank.key
    bank.delete()
    assert Question.objects.get(key=key).retired is True
    assert QuestionEdition.objects.filter(question__key=key).count() == 1


def test_a_draft_is_frozen_by_nobody():
    bank = BankQuestion(code="Q-draft", topic="law", body=json.dumps([single()]), live=False)
    bank.save()
    bank.save_revision()
    assert not Question.objects.exists()
