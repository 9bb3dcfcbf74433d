"""Many first attempts at a quiz, written in bulk: no verb is called, what they add up to is as if."""

import uuid
from datetime import timedelta

from courses.choices import AttemptState
from courses.kinds.answering import NOT_SURE
from courses.questions.models import QuestionEdition, QuestionKey
from courses.quizzes import marking
from courses.quizzes.answers import sha256_of
from courses.quizzes.models import AnswerEvent, Attempt, AttemptItem, Marking, QuizEdition
from tests.factories import make_person

AT_ONCE = 5000
UNSURE = "unsure"


def asked_by(quiz):
    """The question editions of a quiz without draws, in their order."""
    edition = QuizEdition.objects.filter(quiz_key=quiz.translation_key).order_by("n").last()
    keys = [item["question"] for item in edition.items]
    rows = QuestionEdition.objects.filter(question__key__in=keys).select_related("question")
    found = {(str(one.question.key), one.meaning, one.slip): one for one in rows}
    return edition, [found[item["question"], item["meaning"], item["slip"]] for item in edition.items]


def take_all(quiz, sheets, *, at, people=None, seconds=30, instead=None):
    """One attempt for each of `sheets`: a letter (the option as written), UNSURE or None for each question.

    `instead`: {edition: the one that was asked in its place}. Returns the attempts.
    """
    edition, questions = asked_by(quiz)
    questions = [(instead or {}).get(one, one) for one in questions]
    keys = QuestionKey.objects.newest_for(questions)
    keys = {n: keys[one.question_id, one.meaning].key for n, one in enumerate(questions, 1)}
    items = [marking.Item(n, one.kind, one.body, "", False) for n, one in enumerate(questions, 1)]
    people = people or [make_person() for _sheet in sheets]
    attempts = Attempt.objects.bulk_create(
        (
            Attempt(
                person=person,
                quiz_edition=edition,
                quiz_key=edition.quiz_key,
                cycle=0,
                state=AttemptState.SUBMITTED,
                started_at=at,
                submitted_at=at + timedelta(seconds=seconds * len(questions)),
            )
            for person in people
        ),
        batch_size=AT_ONCE,
    )
    payloads = [{n: _payload(questions[n - 1], x) for n, x in enumerate(sheet, 1) if x} for sheet in sheets]
    results = [marking.mark(items, given, keys, edition.policy) for given in payloads]
    Marking.objects.bulk_create(
        (
            Marking(attempt=one, n=1, at=at, key_versions={}, **result._asdict())
            for one, result in zip(attempts, results, strict=True)
        ),
        batch_size=AT_ONCE,
    )
    rows = AttemptItem.objects.bulk_create(
        (
            AttemptItem(attempt=one, n=n, question_edition=question, option_order=[])
            for one in attempts
            for n, question in enumerate(questions, 1)
        ),
        batch_size=AT_ONCE,
    )
    given = {one.pk: payload for one, payload in zip(attempts, payloads, strict=True)}
    AnswerEvent.objects.bulk_create(
        (
            _event(item, given[item.attempt_id][item.n], at + timedelta(seconds=seconds * item.n))
            for item in rows
            if item.n in given[item.attempt_id]
        ),
        batch_size=AT_ONCE,
    )
    return attempts


def _payload(question, letter):
    if letter == UNSURE:
        return dict(NOT_SURE)
    return {"chosen": [question.body["options"]["abcdefg".index(letter)]["id"]]}


def _event(item, payload, at):
    return AnswerEvent(
        uuid=uuid.uuid4(),
        item=item,
        payload=payload,
        sha256=sha256_of(payload),
        received_at=at,
        effective_at=at,
    )
