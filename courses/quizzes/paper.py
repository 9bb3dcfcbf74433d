"""An attempt as its person sees it now, in few queries: the sheet of one question, and the overview."""

from collections import namedtuple

from django.db.models import Exists, F, OuterRef

from courses.choices import ARRIVALS_THAT_COUNT
from courses.prepared import Blank, Prepared
from courses.procedures.register import clauses_with
from courses.questions.models import QuestionKey
from courses.quizzes import answers, showing
from courses.quizzes.models import AnswerEvent, AttemptItem

Answer = namedtuple("Answer", "item_id id payload effective_at device_seq")


def gaps(attempt):
    """The numbers of the questions without an answer."""
    return GAPS(attempt=attempt.pk)


def _without_answer():
    answered = AnswerEvent.objects.counting().filter(item=OuterRef("pk"))
    return AttemptItem.objects.filter(~Exists(answered)).order_by("n").values_list("n", flat=True)


GAPS = Prepared(lambda: _without_answer().filter(attempt=Blank("attempt")))


def sheet(attempt, n, *, refused=None):
    """What the page of question `n` shows, or None. `refused` is what was just sent."""
    items, counting = _places(attempt)
    if n not in items:
        return None
    item = ITEMS.get(pk=items[n])
    payload = counting[item.pk].payload if item.pk in counting else None
    places = {place: pk in counting for place, pk in sorted(items.items())}
    return sheet_of(attempt, item, payload, places, _newest_key, refused=refused)


def sheet_of(attempt, item, payload, places, key_of, *, refused=None):
    """The sheet of this item, answered with `payload` or not yet. `places`: {n: whether it is answered}.

    `key_of(item)` is asked only where the answer is told.
    """
    n = item.n
    told = attempt.shows_feedback and (payload is not None or attempt.is_submitted)
    if told:
        shown = showing.show_feedback(item, payload, key_of(item))
        shown["clauses"] = clauses_with(item.clauses)
    else:
        shown = showing.show_item(item, payload if refused is None else refused)
    shown["first_wrong"] = first_wrong(shown)
    return {
        "item": shown,
        "n": n,
        "size": len(places),
        "places": [{"n": place, "answered": answered} for place, answered in places.items()],
        "next_n": n + 1 if n + 1 in places else None,
        "told": told,
        "may_be_unsure": attempt.may_be_unsure,
    }


def whole(attempt):
    """The sheets of all questions, for a device to keep: what was answered so far, never what is right."""
    shown = showing.show_again(attempt)
    return [
        {
            "item": item,
            "n": item["n"],
            "mark": f"{item['n']}-",
            "size": len(shown),
            "next_n": item["n"] + 1 if item["n"] < len(shown) else None,
            "may_be_unsure": attempt.may_be_unsure,
        }
        for item in shown
    ]


def _newest_key(item):
    edition = item.question_edition
    return QuestionKey.objects.newest_for([edition])[(edition.question_id, edition.meaning)]


def _places(attempt):
    """({n: item id}, {item id: the answer that counts}), in one query."""
    places, events = {}, []
    for n, pk, arrival, accepted, *event in PLACES(attempt=attempt.pk):
        places[n] = pk
        if arrival in ARRIVALS_THAT_COUNT or accepted:
            events.append(Answer(pk, *event))
    return places, answers.that_count(events)


# With the keys of the clauses that the question goes by now.
ITEMS = Prepared(
    lambda: (
        AttemptItem.objects.select_related("question_edition")
        .annotate(clauses=F("question_edition__question__clauses"))
        .filter(pk=Blank("pk"))
    )
)
PLACES = Prepared(
    lambda: (
        AttemptItem.objects.filter(attempt=Blank("attempt"))
        .order_by()
        .values_list(
            "n",
            "pk",
            "events__arrival",
            "events__late_decision__accepted",
            *(f"events__{name}" for name in ("pk", "payload", "effective_at", "device_seq")),
        )
    )
)


def first_wrong(shown):
    """The id of the field that an error speaks of."""
    if shown["parts"]:
        return f"o{next((part['n'] for part in shown['parts'] if part['wrong']), 1)}-1"
    return next((f"o{n}" for n, row in enumerate(shown["rows"], 1) if row["wrong"]), "o1")


def overview(attempt):
    """Every question with the answer in words, for checking before handing in."""
    return showing.show_again(attempt)
