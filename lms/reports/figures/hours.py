"""Minutes of training that count: of a course and the workshop that taught it, the longer of the two.

Which of them count nothing is decided over everything a person has, by the rule of the transcript
(`courses.transcript.hours`), whatever the report is narrowed to: so a year's figure and a transcript agree.
"""

from collections import defaultdict

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from courses.progress.models import Completion
from courses.transcript import hours
from courses.workshops.models import Registration, Workshop
from lms.reports.figures.training import Attended, Completed

FACTS = ("owner", "pk", "same_as_course", "minutes", "at")


def counted(rows):
    """The minutes of these rows of Training that count."""
    return counted_each([rows])[0]


def counted_each(several):
    """[the minutes that count, of each of these querysets of Training]; which do not is asked for once."""
    nothing = count_nothing()
    found = []
    for rows in several:
        spent = rows.aggregate(n=Sum("minutes"))["n"] or 0
        found.append(spent - sum(minutes for _group, minutes in _uncounted(rows, "kind", nothing)))
    return found


def counted_by(rows, column):
    """{value of the column: minutes that count}"""
    found = {key: minutes or 0 for key, minutes in rows.order_by().values_list(column).annotate(Sum("minutes"))}
    for key, minutes in _uncounted(rows, column, count_nothing()):
        found[key] -= minutes
    return found


def count_nothing(owners=None):
    """{id: its minutes} of all trainings whose minutes count elsewhere; of these people alone, if given."""
    taught = Attended.objects.filter(same_as_course__isnull=False).order_by()
    completed = Completed.objects.filter(same_as_course__in=_taught()).order_by()
    if owners is None:
        taught = taught.filter(owner__in=_completed())
        completed = completed.filter(owner__in=_registered())
    else:
        taught, completed = taught.filter(owner__in=owners), completed.filter(owner__in=owners)
    theirs = defaultdict(lambda: ([], []))
    for place, rows in enumerate((completed, taught)):
        for owner, *facts, at in rows.values_list(*FACTS):
            theirs[owner][place].append((*facts, at))
    found = {}
    for courses, workshops in theirs.values():
        if courses and workshops:
            courses, workshops = _by_day(courses), _by_day(workshops)
            spent = {row[0]: row[2] for row in [*courses, *workshops]}
            counts = hours.counted(courses, workshops)
            found |= {pk: spent[pk] for pk, minutes in counts.items() if minutes < spent[pk]}
    return found


def _uncounted(rows, column, nothing):
    """[(value of the column, minutes)] of those of these rows that count nothing."""
    if not nothing:
        return []
    some = rows.filter(same_as_course__isnull=False).order_by()
    return [(key, nothing[pk]) for pk, key in some.values_list("pk", column) if pk in nothing]


def _by_day(rows):
    return [(*facts, timezone.localdate(at)) for *facts, at in rows]


# More people than are asked for do no harm, and are found faster in the tables than in the view.


def _taught():
    """The courses that a workshop has taught."""
    return Workshop.objects.filter(same_event=True, course__isnull=False).order_by().values("course")


def _registered():
    """Who has, or had, a place at a workshop that is one event with a course."""
    of_course = Registration.objects.filter(workshop__same_event=True, workshop__course__isnull=False)
    return of_course.order_by().values_list(Coalesce("person__merged_into", "person"))


def _completed():
    """Who has completed a course."""
    return Completion.objects.order_by().values_list(
        Coalesce("enrolment__person__merged_into", "enrolment__person")
    )
