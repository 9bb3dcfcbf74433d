"""The check of a refresher: what is shown of its questions, and how the answers are marked."""

from django.utils.crypto import salted_hmac

from certificates.refreshers.refusing import RefresherRefused
from courses.kinds import BadAnswer, single

ANSWERS = ("right", "wrong", "also_wrong")


def two_alike(question):
    return bool(single.problems(_value(question)))


def asked(question):
    """(body, key) as the kind of question reads them. Neither the order of the answers nor their ids, which are
    made with this site's secret, tell which is right."""
    body, key, _feedback = single.freeze(_value(question))
    return body, key


def mark(questions, chosen):
    """({key of a question: the answer in words}, the questions answered wrongly).

    `chosen`: {key of a question: id of an answer}. Raises RefresherRefused("unanswered") where one is missing
    or unknown.
    """
    answers, wrong = {}, []
    for question in questions:
        body, key = asked(question)
        try:
            payload = single.check_payload(body, {"chosen": [chosen.get(question.pk, "")]})
        except BadAnswer:
            raise RefresherRefused("unanswered") from None
        answers[str(question.pk)] = single.said(body, [one["id"] for one in body["options"]], payload)[0]
        if single.mark(body, key, payload) < 1:
            wrong.append(question)
    return answers, wrong


def _value(question):
    options = [
        {"id": _id(question, name), "text": getattr(question, name), "right": name == "right"}
        for name in ANSWERS
        if getattr(question, name).strip()
    ]
    return {"stem": question.stem, "options": sorted(options, key=lambda option: option["id"])}


def _id(question, name):
    return salted_hmac("certificates.refreshers", f"{question.pk}:{name}").hexdigest()[:16]
