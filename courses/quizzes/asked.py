"""How often questions were asked, and how many people had them right at their first try.

Of each only what it means now: a new meaning counts from nothing.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef

from courses.choices import AttemptState
from courses.questions.models import QuestionEdition
from courses.quizzes.models import Attempt, AttemptItem, Marking

# A share of fewer people than these says nothing.
FEWEST = 5


@dataclass(frozen=True)
class Asked:
    # In attempts that were begun and are not void.
    times: int = 0
    # People who handed it in, and those of them who had it wholly right the first time.
    people: int = 0
    right: int = 0

    @property
    def rate(self):
        """Per cent, rounded down; None where too few people have answered."""
        return 100 * self.right // self.people if self.people >= FEWEST else None


def asked_of(keys=None):
    """{question key: Asked} of these questions, or of all; without those never asked. Three queries."""
    items = AttemptItem.objects.filter(attempt__state__in=[AttemptState.OPEN, AttemptState.SUBMITTED])
    newer = QuestionEdition.objects.filter(question=OuterRef("question"), meaning__gt=OuterRef("meaning"))
    items = items.filter(question_edition__in=QuestionEdition.objects.filter(~Exists(newer)))
    if keys is not None:
        items = items.filter(question_edition__question__key__in=list(keys))
    firsts = _firsts(items)
    fractions = _fractions(items)
    people, right = {}, {}
    for (key, _person), (attempt, n) in firsts.items():
        fraction = fractions.get(attempt, {}).get(n)
        if fraction is not None:
            people[key] = people.get(key, 0) + 1
            right[key] = right.get(key, 0) + (fraction == 1)
    times = items.order_by().values_list("question_edition__question__key").annotate(n=Count("pk"))
    return {key: Asked(n, people.get(key, 0), right.get(key, 0)) for key, n in times}


def _firsts(items) -> dict[tuple[UUID, int], tuple[int, int]]:
    """{(question key, person): (attempt, place) in which they first handed it in}."""
    rows = (
        items.filter(attempt__state=AttemptState.SUBMITTED)
        .order_by("attempt__submitted_at", "attempt_id")
        .values_list("question_edition__question__key", "attempt__person_id", "attempt_id", "n")
    )
    found = {}
    for key, person, attempt, n in rows.iterator():
        found.setdefault((key, person), (attempt, n))
    return found


def _fractions(items):
    """{attempt: {place: fraction right}} by the markings that count."""
    newer = Marking.objects.filter(attempt=OuterRef("attempt"), n__gt=OuterRef("n"))
    asked = Exists(items.order_by().filter(attempt=OuterRef("attempt")))
    submitted = Attempt.objects.filter(pk=OuterRef("attempt"), state=AttemptState.SUBMITTED)
    rows = Marking.objects.filter(asked, Exists(submitted), ~Exists(newer)).order_by()
    return {
        attempt: {item["n"]: item["fraction"] for item in places}
        for attempt, places in rows.values_list("attempt_id", "details__items").iterator()
    }
