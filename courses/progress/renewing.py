"""Training that is due for renewal, and its new cycle."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from courses.catalogue.editions import current_edition
from courses.choices import EnrolmentState
from courses.enrolment import enrolling
from courses.enrolment.able import valid_until
from courses.enrolment.models import STUDYING, Enrolment
from courses.people.models import Person
from courses.progress.renewal import is_due

# An enrolment in one of these takes the place of an earlier one; one that was withdrawn does not.
COUNTS = [*STUDYING, EnrolmentState.REQUESTED]


# Answers which of these completions are void, their certificate withdrawn: given by the area that knows.
_void_among = []


def install(void_among):
    """Called once by `ready` of an app above. `void_among`: ids of completions in, those that are void out."""
    _void_among.append(void_among)


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
    return next(iter(_standing([_due(enrolment, day)])), None)


def renewals_of(person, day):
    """What a person's training is due for: one Renewal a course that is still shown, in two queries."""
    rows = (
        Enrolment.objects.of(person)
        .filter(state__in=COUNTS)
        .filter(course__pages__live=True)
        .select_related("course", "edition", "completion")
        .order_by("started_at", "pk")
    )
    newest = {enrolment.course_id: enrolment for enrolment in rows}
    return sorted(
        _standing([_due(one, day) for one in newest.values()]), key=lambda renewal: renewal.valid_until
    )


def _due(enrolment, day):
    if enrolment is None or enrolment.state != EnrolmentState.COMPLETED:
        return None
    until = valid_until(enrolment)
    return Renewal(enrolment, until) if until and is_due(until, day) else None


def _standing(renewals):
    """Those that are due and whose certificate was not withdrawn: there is nothing to renew then."""
    due = {one.enrolment.completion.pk: one for one in renewals if one is not None}
    void = {pk for ask in _void_among for pk in ask(set(due))} if due else set()
    return [one for pk, one in due.items() if pk not in void]


@transaction.atomic
def renew(person, course, *, actor, at):
    """Start the new cycle of training that is due. Returns the open enrolment, also when pressed twice.

    Also where a course is by request or by assignment: whoever completed it was let in before.
    """
    # The course's row, where an edition has to be made, before the person's: see enrolling.
    current_edition(course, at=at)
    Person.objects.select_for_update().get(pk=person.pk)
    is_open = Enrolment.objects.open().of(person).filter(course=course, state=EnrolmentState.ACTIVE)
    due = any(renewal.course.pk == course.pk for renewal in renewals_of(person, timezone.localdate(at)))
    if not due and not is_open.exists():
        raise NotDue
    return enrolling.open_renewal(person, course, actor=actor, at=at)
