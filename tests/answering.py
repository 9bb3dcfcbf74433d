"""Taking a quiz by its verbs, rightly or wrongly."""

import uuid

from courses.kinds import kind_of
from courses.kinds.answering import right_payload
from courses.questions.models import QuestionKey
from courses.quizzes import attempts


def key_of(item):
    """What is right of an attempt's item."""
    edition = item.question_edition
    keys = QuestionKey.objects.filter(question=edition.question, meaning=edition.meaning)
    return keys.order_by("-version").first().key


def right_options(item):
    """The ids of the right options of an attempt's item."""
    return list(key_of(item)["right"])


def wrong_options(item):
    return _first_wrong(item.question_edition.body["options"], right_options(item))


def _first_wrong(options, right):
    return [next(option["id"] for option in options if option["id"] not in right)]


def right_answer(item):
    """The payload of a wholly right answer, whatever the kind."""
    return right_payload(kind_of(item.question_edition.kind).ASKS, key_of(item)["right"])


def wrong_answer(item):
    """The payload of a wholly wrong answer: each row gets the next one's choice."""
    asks, right = kind_of(item.question_edition.kind).ASKS, key_of(item)["right"]
    if asks == "rows":
        # Not in the order of the stored key: PostgreSQL puts that in an order of its own.
        rows = sorted(right, key=right.get)
        values = [right[row] for row in rows]
        return {"rows": dict(zip(rows, values[1:] + values[:1], strict=True))}
    if asks == "parts":
        parts = item.question_edition.body["parts"]
        return {"parts": {part["id"]: _first_wrong(part["options"], right[part["id"]]) for part in parts}}
    return {"chosen": wrong_options(item)} if asks == "choices" else {"text": "-404"}


def form_of(payload):
    """What a browser sends for this payload."""
    if "rows" in payload:
        return {f"row-{row}": str(value) for row, value in payload["rows"].items()}
    if "parts" in payload:
        return {f"part-{part}": ["", *chosen] for part, chosen in payload["parts"].items()}
    return {"text": payload["text"]} if "text" in payload else {"a": payload.get("chosen", "not_sure")}


def event(item, payload, **kwargs):
    return {
        "uuid": str(uuid.uuid4()),
        "attempt": str(item.attempt.uuid),
        "n": item.n,
        "payload": payload,
        **kwargs,
    }


def take(quiz, person, enrolment, *, at, right=True):
    """Start, answer everything and hand in. Returns the attempt."""
    attempt = attempts.start(quiz.translation_key, person=person, enrolment=enrolment, actor=None, at=at)
    choose = right_answer if right else wrong_answer
    events = [
        event(item, choose(item))
        for item in attempt.items.select_related("attempt", "question_edition__question")
    ]
    attempts.record_answers(events, person=person, at=at)
    return attempts.submit(attempt.uuid, person=person, actor=None, at=at)
