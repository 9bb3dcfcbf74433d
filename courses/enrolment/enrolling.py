"""How somebody comes to study a course, and stops."""

from django.db import transaction
from django.db.models import Max

from courses.audit import log
from courses.catalogue.editions import current_edition
from courses.choices import EnrolmentState, EnrolmentWay
from courses.enrolment.models import Enrolment
from courses.people.models import Person


class EnrolmentRefused(Exception):
    """The person may not start this course by themselves."""


def _open(person, course, *, state, actor, at, due_on, verb):
    # The course's row, if it is wanted, before any person's: somebody who assigns the course to many
    # has it already, and would otherwise wait for one of them who waits for it.
    edition = current_edition(course, at=at)
    # The person's row is the lock: two clicks on Start make one enrolment.
    person = _locked(person)
    last = Enrolment.objects.latest_of(person, course)
    if last and last.ended_at is None:
        return last
    cycles = Enrolment.objects.of(person).filter(course=course).aggregate(last=Max("cycle"))
    enrolment = Enrolment.objects.create(
        person=person,
        course=course,
        edition=edition,
        cycle=(cycles["last"] or 0) + 1,
        sector=person.sector_code,
        state=state,
        due_on=due_on,
        started_at=at,
    )
    log.record(verb, enrolment, actor=actor, at=at, cycle=enrolment.cycle)
    return enrolment


def _locked(person):
    """The surviving record of this person, locked. Merging takes the same lock."""
    rows = Person.objects.select_for_update(no_key=True, of=("self",)).with_place()
    locked = rows.get(pk=person.merged_into_id or person.pk)
    while locked.merged_into_id is not None:
        locked = rows.get(pk=locked.merged_into_id)
    return locked


@transaction.atomic
def enrol(person, course, *, actor, at):
    """Start a course, or a new cycle of a completed one. Returns the open enrolment.

    Where the course is by request the enrolment waits; where it is by assignment,
    EnrolmentRefused is raised.
    """
    if course.enrolment == EnrolmentWay.ASSIGNMENT:
        last = Enrolment.objects.latest_of(person.counts_as, course)
        if last is None or last.ended_at is not None:
            raise EnrolmentRefused
    asks = course.enrolment == EnrolmentWay.REQUEST
    return _open(
        person,
        course,
        state=EnrolmentState.REQUESTED if asks else EnrolmentState.ACTIVE,
        actor=actor,
        at=at,
        due_on=None,
        verb="enrolment asked for" if asks else "enrolled",
    )


@transaction.atomic
def assign(person, course, *, due_on, actor, at):
    """Give somebody a course, with a date or without. An open enrolment takes the new date."""
    enrolment = _open(
        person, course, state=EnrolmentState.ACTIVE, actor=actor, at=at, due_on=due_on, verb="assigned"
    )
    if enrolment.due_on != due_on or enrolment.state == EnrolmentState.REQUESTED:
        enrolment.due_on = due_on
        enrolment.state = EnrolmentState.ACTIVE
        enrolment.save(update_fields=["due_on", "state"])
        log.record("due date set", enrolment, actor=actor, at=at, due_on=str(due_on))
    return enrolment


@transaction.atomic
def open_renewal(person, course, *, actor, at):
    """The open enrolment, or a new cycle for training that is due for renewal; see progress.renewing."""
    return _open(
        person,
        course,
        state=EnrolmentState.ACTIVE,
        actor=actor,
        at=at,
        due_on=None,
        verb="renewal started",
    )


@transaction.atomic
def accept(enrolment, *, actor, at):
    """Accept a request. Accepting twice does nothing."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if enrolment.state == EnrolmentState.REQUESTED:
        enrolment.state = EnrolmentState.ACTIVE
        enrolment.started_at = at
        enrolment.save(update_fields=["state", "started_at"])
        log.record("request accepted", enrolment, actor=actor, at=at)
    return enrolment


@transaction.atomic
def end(enrolment, state, *, actor, at, reason=""):
    """Withdraw an open enrolment, or refuse one that is only asked for. What was done stays on record."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    # Somebody else may have accepted it meanwhile.
    is_late = state == EnrolmentState.REFUSED and enrolment.state != EnrolmentState.REQUESTED
    if enrolment.ended_at is None and not is_late:
        enrolment.state = state
        enrolment.ended_at = at
        enrolment.save(update_fields=["state", "ended_at"])
        log.record(f"enrolment {state}", enrolment, actor=actor, at=at, reason=reason)
    return enrolment


def remember_place(enrolment, key, block, *, at):
    """Where the person is reading. Not evidence: only for coming back."""
    Enrolment.objects.filter(pk=enrolment.pk).update(last_key=key, last_block=block[:40], last_seen_at=at)
