"""Minutes of training that count: of a course and the workshop that taught it, the longer of the two.

Which of them count nothing is decided over everything a person has, by the rule of the transcript
(`courses.transcript.hours`), whatever the report is narrowed to: so a year's figure and a transcript agree.
"""

from collections import defaultdict

from django.db.models import Sum
from django.utils import timezone

from courses.transcript import hours
from lms.reports.figures.training import COMPLETION, WORKSHOP, Training

FACTS = ("owner", "pk", "same_as_course", "minutes", "at")


def counted(rows):
    """The minutes of these rows of Training that count."""
    spent = rows.aggregate(n=Sum("minutes"))["n"] or 0
    return spent - sum(minutes for _group, minutes in _uncounted(rows, "kind"))


def counted_by(rows, column):
    """{value of the column: minutes that count}"""
    found = {key: minutes or 0 for key, minutes in rows.order_by().values_list(column).annotate(Sum("minutes"))}
    for key, minutes in _uncounted(rows, column):
        found[key] -= minutes
    return found


def counted_of(trainings):
    """{id of each of these Trainings: its minutes that count}, for a page of a list."""
    nothing = count_nothing({one.owner_id for one in trainings})
    return {one.pk: 0 if one.pk in nothing else one.minutes for one in trainings}


def count_nothing(owners=None):
    """The ids of all trainings whose minutes count elsewhere; of these people alone, if given."""
    taught = Training.objects.filter(kind=WORKSHOP, same_as_course__isnull=False).order_by()
    if owners is not None:
        taught = taught.filter(owner__in=owners)
    completed = Training.objects.filter(kind=COMPLETION, owner__in=taught.values("owner")).order_by()
    theirs = defaultdict(lambda: ([], []))
    for place, rows in enumerate((completed, taught)):
        for owner, *facts, at in rows.values_list(*FACTS):
            theirs[owner][place].append((*facts, timezone.localdate(at)))
    found = set()
    for courses, workshops in theirs.values():
        spent = {row[0]: row[2] for row in [*courses, *workshops]}
        counts = hours.counted(courses, workshops) if courses else spent
        found |= {pk for pk, minutes in counts.items() if minutes < spent[pk]}
    return found


def _uncounted(rows, column):
    """[(value of the column, minutes)] of those of these rows that count nothing."""
    nothing = count_nothing()
    if not nothing:
        return []
    both = Training.objects.filter(kind=WORKSHOP, same_as_course__isnull=False).order_by()
    some = rows.filter(owner__in=both.values("owner")).order_by().values_list("pk", column, "minutes")
    return [(key, minutes) for pk, key, minutes in some if pk in nothing]
