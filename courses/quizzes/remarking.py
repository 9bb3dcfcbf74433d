"""What many attempts come to by the keys of now, some hundreds at once. Writes nothing."""

from collections import defaultdict
from typing import NamedTuple

from courses.questions.models import QuestionKey
from courses.quizzes import answers, marking
from courses.quizzes.models import AnswerEvent, Attempt, AttemptItem, Marking


class Remarked(NamedTuple):
    attempt: Attempt
    # The Marking that counts, and the Result it would have by the keys asked about.
    before: Marking
    result: marking.Result
    # {question key: version} of the keys it rests on.
    versions: dict


def remark(attempts, instead=None):
    """[Remarked] of these attempts that were handed in, in their order. Four queries. An attempt whose answers
    were erased is left out: without them every mark would be taken from it.

    They bring their `quiz_edition`. `instead`: {(question id, meaning): key} for the newest one there is.
    """
    attempts = [attempt for attempt in attempts if not attempt.answers_are_erased]
    wanted = [attempt.pk for attempt in attempts]
    items, events, latest = defaultdict(list), defaultdict(list), {}
    for item in AttemptItem.objects.filter(attempt__in=wanted).select_related("question_edition__question"):
        items[item.attempt_id].append(item)
    counting = AnswerEvent.objects.counting().filter(item__attempt__in=wanted).select_related("item")
    for event in counting:
        events[event.item.attempt_id].append(event)
    for row in Marking.objects.filter(attempt__in=wanted).order_by("n"):
        latest[row.attempt_id] = row
    newest = QuestionKey.objects.newest_for(item.question_edition for mine in items.values() for item in mine)
    found = []
    for attempt in attempts:
        if attempt.pk in latest:
            mine = items[attempt.pk]
            result, versions = result_of(attempt, mine, events[attempt.pk], newest, instead or {})
            found.append(Remarked(attempt, latest[attempt.pk], result, versions))
    return found


def result_of(attempt, items, events, newest, instead):
    """(Result, versions) from rows that were read before; see `remark`."""
    counting = answers.that_count(events)
    by_n = {item.n: (item.question_edition.question_id, item.question_edition.meaning) for item in items}
    result = marking.mark(
        [
            marking.Item(i.n, i.question_edition.kind, i.question_edition.body, i.topic, i.critical)
            for i in items
        ],
        {item.n: counting[item.pk].payload for item in items if item.pk in counting},
        {n: instead.get(asked, newest[asked].key) for n, asked in by_n.items()},
        attempt.quiz_edition.policy,
    )
    return result, {str(i.question_edition.question.key): newest[by_n[i.n]].version for i in items}
