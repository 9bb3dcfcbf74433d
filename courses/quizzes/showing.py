"""A question as it was shown to one person: its wording, the order of its answers, what they chose.

What is right is added only by a caller that hands in the key.
"""

from django.utils.translation import gettext

from courses.kinds import kind_of
from courses.kinds.answering import is_not_sure
from courses.prepared import Blank, Prepared
from courses.questions.stems import situation_and_question
from courses.quizzes import answers
from courses.quizzes.models import AnswerEvent, AttemptItem

RIGHT, PARTLY, WRONG, UNSURE, UNANSWERED = "right", "partly", "wrong", "unsure", "unanswered"


def show_item(item, payload):
    """Everything a person may see before the answer is told."""
    edition = item.question_edition
    kind, body = kind_of(edition.kind), _in_words(edition)
    situation, question = situation_and_question(kind, body)
    return {
        "n": item.n,
        "situation": situation,
        "question": question,
        "asks": kind.ASKS,
        "several": kind.SEVERAL,
        "unit": body.get("unit", ""),
        **kind.fields(body, item.option_order, payload),
        "answered": payload is not None,
        "unsure": is_not_sure(payload),
        "chosen": kind.said(body, item.option_order, payload),
    }


def show_feedback(item, payload, key):
    """The same with what is right and what is said about it."""
    edition = item.question_edition
    shown = show_item(item, payload)
    said = key.feedback.get(edition.locale) or key.feedback.get("en") or {}
    for option in shown["options"]:
        option["right"] = option["id"] in key.key["right"]
    for row in shown["rows"]:
        _tell(row, key.key["right"].get(row["id"]))
    if shown["parts"]:
        marks = kind_of(edition.kind).mark_parts(edition.body, key.key, payload)
        for part in shown["parts"]:
            _tell_part(part, key.key["right"][part["id"]], said)
            part["verdict"] = _verdict(payload, marks[part["id"]])
    fraction = kind_of(edition.kind).mark(edition.body, key.key, payload)
    return {
        **shown,
        "verdict": _verdict(payload, fraction),
        "right": kind_of(edition.kind).right(_in_words(edition), key.key),
        "whys": _whys(shown["options"], said),
        "general": said.get("general", ""),
    }


def show_again(attempt, keys=None):
    """Any attempt, years later, exactly as it was shown; with `keys` ({(question id, meaning): key})
    also what was right."""
    items = ITEMS(attempt=attempt.pk)
    counting = answers.that_count(COUNTING(attempt=attempt.pk))
    payloads = [(item, counting[item.pk].payload if item.pk in counting else None) for item in items]
    if keys is None:
        return [show_item(item, payload) for item, payload in payloads]
    return [
        show_feedback(item, payload, keys[(item.question_edition.question_id, item.question_edition.meaning)])
        for item, payload in payloads
    ]


ITEMS = Prepared(
    lambda: AttemptItem.objects.filter(attempt=Blank("attempt")).select_related("question_edition")
)
COUNTING = Prepared(lambda: AnswerEvent.objects.counting().filter(item__attempt=Blank("attempt")).order_by())


def _verdict(payload, fraction):
    if payload is None:
        return UNANSWERED
    if is_not_sure(payload):
        return UNSURE
    return RIGHT if fraction == 1 else PARTLY if fraction > 0 else WRONG


def _tell(row, wanted):
    """What was chosen in this row, what is right, and whether they are the same."""
    texts = {choice["value"]: choice["text"] for choice in row["choices"]}
    row["chosen"] = next((choice["text"] for choice in row["choices"] if choice["chosen"]), "")
    row["right"] = texts.get(wanted, "")
    row["is_right"] = row["chosen"] == row["right"]


def _tell_part(part, right, said):
    """What is right in this part, and what is said about it."""
    for option in part["options"]:
        option["right"] = option["id"] in right
    part["right"] = [option["text"] for option in part["options"] if option["right"]]
    part["whys"] = _whys(part["options"], said)
    part["general"] = said.get("parts", {}).get(part["id"], "")


def _whys(options, said):
    """What is said about the options that were chosen."""
    whys = [said.get("options", {}).get(option["id"], "") for option in options if option["chosen"]]
    return [why for why in whys if why]


def _in_words(edition):
    """True and False are the site's own words, in the reader's language."""
    if edition.kind != "true_false":
        return edition.body
    options = [{**option, "text": gettext(option["text"])} for option in edition.body["options"]]
    return {**edition.body, "options": options}
