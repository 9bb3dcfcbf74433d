"""An attempt as its person sees it now, in few queries: the sheet of one question, and the overview."""

from django.db.models import Exists, OuterRef

from courses.choices import Purpose
from courses.questions.models import QuestionKey
from courses.quizzes import answers, showing
from courses.quizzes.models import AnswerEvent


def gaps(attempt):
    """The numbers of the questions without an answer."""
    answered = AnswerEvent.objects.filter(item=OuterRef("pk"))
    return list(attempt.items.filter(~Exists(answered)).order_by("n").values_list("n", flat=True))


def sheet(attempt, n, *, ticked=None):
    """What the page of question `n` shows, or None. `ticked` is what was just sent and refused."""
    answered = AnswerEvent.objects.filter(item=OuterRef("pk"))
    places = list(attempt.items.annotate(answered=Exists(answered)).order_by("n").values("pk", "n", "answered"))
    place = next((place for place in places if place["n"] == n), None)
    if place is None:
        return None
    item = attempt.items.select_related("question_edition").get(pk=place["pk"])
    payload = _payload(item) if place["answered"] else None
    told = attempt.shows_feedback and (payload is not None or attempt.is_submitted)
    if told:
        edition = item.question_edition
        key = QuestionKey.objects.newest_for([edition])[(edition.question_id, edition.meaning)]
        shown = showing.show_feedback(item, payload, key)
    else:
        shown = _with_ticks(showing.show_item(item, payload), ticked)
    return {
        "item": shown,
        "n": n,
        "size": len(places),
        "places": places,
        "next_n": n + 1 if n < len(places) else None,
        "told": told,
        "may_be_unsure": attempt.may_be_unsure,
        "is_final": attempt.quiz_edition.policy["purpose"] == Purpose.FINAL,
    }


def overview(attempt):
    """Every question with the answer in words, for checking before handing in."""
    return showing.show_again(attempt)


def _payload(item):
    return answers.that_count(AnswerEvent.objects.filter(item=item))[item.pk].payload


def _with_ticks(shown, ticked):
    if ticked is not None:
        shown["unsure"] = "not_sure" in ticked
        for option in shown["options"]:
            option["chosen"] = option["id"] in ticked
    return shown
