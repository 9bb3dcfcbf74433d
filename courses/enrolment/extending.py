"""More time for a course: an exception, with its reason."""

from django.db import transaction

from courses.audit import log
from courses.enrolment.models import Enrolment
from courses.people.roles import is_oneself


class ExtensionRefused(Exception):
    """The course is over, the day is no later than before, or it is one's own."""


@transaction.atomic
def extend(enrolment, due_on, *, reason, actor, at):
    """Give an open enrolment a later date. Setting the same date again is refused like an earlier one.

    Raises ExtensionRefused.
    """
    enrolment = Enrolment.objects.select_for_update(of=("self",)).select_related("person").get(pk=enrolment.pk)
    was = enrolment.due_on
    if enrolment.ended_at is not None or (was and due_on <= was) or is_oneself(actor, enrolment.person):
        raise ExtensionRefused
    enrolment.due_on = due_on
    enrolment.save(update_fields=["due_on"])
    log.record(
        "due date extended",
        enrolment,
        actor=actor,
        at=at,
        was=was and str(was),
        due_on=str(due_on),
        reason=reason,
    )
    return enrolment
