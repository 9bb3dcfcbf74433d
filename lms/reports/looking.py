"""One attempt as it was shown, with what was answered when, what counted and what it came to."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.choices import Arrival, Topic
from courses.questions.models import QuestionKey
from courses.quizzes import answers, showing
from courses.quizzes.models import AnswerEvent

TOPICS = dict(Topic.choices)
# What takes longer between a device and here has waited.
ON_ITS_WAY = timedelta(minutes=1)


@dataclass
class Looked:
    # What `showing` shows, each with `history`, oldest first:
    # [{"at", "received_at", "unsure", "words", "counted", "arrival", "decision"}, ...].
    items: list
    # Of the marking that counts: [(topic in words, points, of), ...].
    topics: list = field(default_factory=list)
    critical_topics: list = field(default_factory=list)
    # Every marking, oldest first; the last one counts.
    markings: list = field(default_factory=list)
    # Whether what is right is in `items`.
    with_keys: bool = False

    @property
    def marking(self):
        return self.markings[-1] if self.markings else None


def look_at(attempt, *, with_keys):
    """The attempt, shown again. What is right comes only `with_keys`, and only once it was marked:
    by the keys that the marking used, not by today's."""
    items = list(attempt.items.select_related("question_edition__question"))
    markings = list(attempt.markings.order_by("n"))
    marking = markings[-1] if markings else None
    keys = keys_of(marking, items) if marking and with_keys else None
    looked = Looked(
        items=showing.show_again(attempt, keys),
        markings=markings,
        with_keys=keys is not None,
    )
    histories = _histories(items)
    asked = {item.n: item.question_edition for item in items}
    for shown in looked.items:
        shown["history"] = histories[shown["n"]]
        edition = asked[shown["n"]]
        shown["repair"] = f"{reverse('repair_key', args=[edition.question.key])}?meaning={edition.meaning}"
    if marking:
        looked.topics = [
            (TOPICS.get(topic, topic), points, of) for topic, (points, of) in marking.details["topics"].items()
        ]
        looked.critical_topics = [TOPICS.get(topic, topic) for topic in marking.details["critical_topics"]]
    return looked


def keys_of(marking, items):
    """{(question id, meaning): QuestionKey} in the versions by which the attempt was marked."""
    wanted = {
        (item.question_edition.question_id, item.question_edition.meaning): marking.key_versions[
            str(item.question_edition.question.key)
        ]
        for item in items
    }
    keys = QuestionKey.objects.filter(question__in={question_id for question_id, _meaning in wanted})
    return {
        (key.question_id, key.meaning): key
        for key in keys
        if wanted.get((key.question_id, key.meaning)) == key.version
    }


def counting_words(attempt):
    """{item id: the answer that counts now, in words}."""
    events = (
        AnswerEvent.objects.counting().filter(item__attempt=attempt).select_related("item__question_edition")
    )
    return {pk: answer_in_words(event) for pk, event in answers.that_count(events).items()}


def answer_in_words(event):
    shown = showing.show_item(event.item, event.payload)
    return _("I am not sure") if shown["unsure"] else "; ".join(shown["chosen"])


def _histories(items):
    """{n: every answer given to the question, oldest first}."""
    by_pk = {item.pk: item for item in items}
    kept = AnswerEvent.objects.filter(item__in=by_pk).select_related("late_decision")
    events = answers.in_order(kept)
    counting = answers.that_count(event for event in events if event.counts)
    found = defaultdict(list)
    for event in events:
        item = by_pk[event.item_id]
        shown = showing.show_item(item, event.payload)
        found[item.n].append(
            {
                "at": event.effective_at,
                # Of an answer that waited on a device.
                "received_at": event.received_at
                if event.received_at - event.effective_at > ON_ITS_WAY
                else None,
                "unsure": shown["unsure"],
                "words": shown["chosen"],
                "counted": counting.get(event.item_id) is event,
                "arrival": event.get_arrival_display() if event.arrival != Arrival.IN_TIME else "",
                "decision": getattr(event, "late_decision", None),
            }
        )
    return found
