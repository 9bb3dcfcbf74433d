"""Training that is due for renewal, and its new cycle."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from courses.choices import EnrolmentState
from courses.enrolment import enrolling
from courses.enrolment.able import valid_until
from courses.enrolment.models import STUDYING, Enrolment
from courses.people.models import Person
from courses.progress.renewal import is_due

# An enrolment in one of these takes the place of an earlier one; one that was withdrawn does not.
COUNTS = [*STUDYING, EnrolmentState.REQUESTED]


class NotDue(Exception):
    """This person has no training in this course that is due for renewal."""


@dataclass(frozen=True)
class Renewal:
    enrolment: Enrolment
    valid_until: date

    @property
    def course(self):
        return self.enrolment.course


def renewal_of(enrolment, day):
    """The Renewal that is due for somebody's newest enrolment in a course, or None."""
    if enrolment is None or enrolment.state != EnrolmentState.COMPLETED:
        return None
    until = valid_until(enrolment)
    return Renewal(enrolment, until) if until and is_due(until, day) else None


def renewals_of(person, day):
    """What a person's training is due for: one Renewal a course that is still shown, in one query."""
    rows = (
        Enrolment.objects.of(person)
        .filter(state__in=COUNTS)
        .filter(course__pages__live=True)
        .select_related("course", "edition", "completion")
        .order_by("started_at", "pk")
    )
    newest = {enrolment.course_id: enrolment for enrolment in rows}
    found = [renewal for one in newest.values() if (renewal := renewal_of(one, day))]
    return sorted(found, key=lambda renewal: renewal.valid_until)


@transaction.atomic
def renew(person, course, *, actor, at):
    """Start the new cycle of training that is due. Returns the open enrolment, also when pressed twice.

    Also where a course is by request or by assignment: whoever completed it was let in before.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    is_open = Enrolment.objects.open().filter(person=person, course=course, state=EnrolmentState.ACTIVE)
    due = any(renewal.course.pk == course.pk for renewal in renewals_of(person, timezone.localdate(at)))
    if not due and not is_open.exists():
        raise NotDue
    return enrolling.open_renewal(person, course, actor=actor, at=at)
