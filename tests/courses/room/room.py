"""What the tests of the room share."""

from datetime import timedelta

from django.utils import timezone

from courses.kinds.answering import is_not_sure
from courses.quizzes import attempts
from courses.room import freezing, taking
from courses.workshops.registering import give_rows
from tests.answering import event, right_answer, wrong_answer
from tests.courses.quizzes.pages import items_of
from tests.factories import make_person, make_quiz, make_registration, make_workshop

BEGUN = timedelta(hours=3)


def make_room(questions=None, people=0, **kwargs):
    """An open workshop that began an hour ago, with the same quiz before and after; and who comes."""
    quiz = kwargs.pop("quiz", None) or make_quiz(questions=questions)
    kwargs.setdefault("starts_at", timezone.now() - timedelta(hours=1))
    workshop = make_workshop(
        sessions=1, pretest_key=quiz.translation_key, posttest_key=quiz.translation_key, **kwargs
    )
    workshop.quiz = quiz
    for n in range(people):
        make_registration(workshop, make_person(full_name=f"Person Number{n:02}"))
    give_rows(workshop)
    return workshop


def sit(registration, when, *, right=True, at=None):
    """Take a test by phone: all right or all wrong, or right[n] for each question. Returns the attempt."""
    at, person = at or timezone.now(), registration.person
    attempt = taking.start(registration, when, person=person, actor=None, at=at)
    events = []
    for item in items_of(attempt):
        well = right if isinstance(right, bool) else right[item.n - 1]
        events.append(event(item, right_answer(item) if well else wrong_answer(item)))
    attempts.record_answers(events, person=person, at=at)
    attempts.submit(attempt.uuid, person=person, actor=None, at=at)
    attempt.refresh_from_db()
    return attempt


def freeze(workshop, when="before", seed=1):
    return freezing.freeze(workshop, when, actor=None, at=timezone.now(), seed=seed)


def typed(item, payload):
    """What somebody types for this payload, from the order in which the item is printed."""
    order, body = item.option_order, item.question_edition.body
    if payload is None or is_not_sure(payload):
        return "-" if payload is None else "?"
    if "text" in payload:
        return payload["text"]
    if "parts" in payload:
        parts = [(part, [one["id"] for one in part["options"]]) for part in body["parts"]]
        return "/".join(
            _letters([one for one in order if one in ids], payload["parts"][part["id"]]) for part, ids in parts
        )
    if "chosen" in payload:
        return _letters(order, payload["chosen"])
    rows = payload["rows"]
    if "rows" in body:
        return _letters(order, [rows[row["id"]] for row in body["rows"]])
    return "".join(str(rows[entry]) for entry in order)


def _letters(order, chosen):
    return "".join("ABCDEFGHIJ"[order.index(one)] for one in chosen)


def sheet_of(form, *, right=True):
    """All of a form, typed."""
    choose = right_answer if right else wrong_answer
    return ", ".join(f"{item.n} {typed(item, choose(item))}" for item in freezing.items_of(form))
