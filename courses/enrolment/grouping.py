"""What happens to a cohort: it is opened and closed, people come and go, its date is moved."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from courses.audit import log
from courses.choices import CohortWay, EnrolmentState
from courses.enrolment.able import latest_enrolments, why_not
from courses.enrolment.codes import new_code
from courses.enrolment.cohorts import Cohort, CohortMember
from courses.enrolment.enrolling import assign


class JoinRefused(Exception):
    """Nobody joins now, or this person cannot: then `why` says it in words."""

    def __init__(self, why=""):
        self.why = why
        super().__init__(why)


@transaction.atomic
def open_cohort(cohort, *, actor, at):
    """Save a new cohort, with a code of its own."""
    cohort.opened_at = at
    cohort.join_code = _fresh_code()
    cohort.save()
    log.record("cohort opened", cohort, actor=actor, at=at, course=cohort.course_id)
    return cohort


def _fresh_code():
    code = new_code()
    while Cohort.objects.filter(join_code=code).exists():
        code = new_code()
    return code


def _locked(cohort):
    return Cohort.objects.select_for_update(of=("self",)).select_related("course").get(pk=cohort.pk)


@transaction.atomic
def change_code(cohort, *, actor, at):
    """A new code: posters and links that are out there open nothing any more."""
    cohort = _locked(cohort)
    cohort.join_code = _fresh_code()
    cohort.save(update_fields=["join_code"])
    log.record("cohort code changed", cohort, actor=actor, at=at)
    return cohort


@transaction.atomic
def close(cohort, *, actor, at):
    """Nobody comes any more. What the members study stays theirs, with its date. Twice does nothing."""
    cohort = _locked(cohort)
    if cohort.closed_at is None:
        cohort.closed_at = at
        cohort.save(update_fields=["closed_at"])
        log.record("cohort closed", cohort, actor=actor, at=at)
    return cohort


@transaction.atomic
def reopen(cohort, *, actor, at):
    cohort = _locked(cohort)
    if cohort.closed_at is not None:
        cohort.closed_at = None
        cohort.save(update_fields=["closed_at"])
        log.record("cohort opened again", cohort, actor=actor, at=at)
    return cohort


# --- Who is in it -----------------------------------------------------------------------


@dataclass
class Coming:
    """What becomes of people who are put into a cohort: `new`, `there` already, and (person, why not)."""

    new: list = field(default_factory=list)
    there: list = field(default_factory=list)
    cannot: list = field(default_factory=list)


def plan(cohort, people, *, at):
    """What `add_members` would do, in two queries."""
    people = list({person.counts_as.pk: person.counts_as for person in people}.values())
    members = CohortMember.objects.open().filter(cohort=cohort)
    members = members.filter(Q(person__in=people) | Q(person__merged_into__in=people))
    inside = set(members.values_list(Coalesce("person__merged_into_id", "person_id"), flat=True))
    latest, coming = latest_enrolments(people, cohort.course), Coming()
    for person in people:
        why = why_not(person, latest.get(person.pk), timezone.localdate(at))
        if person.pk in inside:
            coming.there.append(person)
        elif why:
            coming.cannot.append((person, why))
        else:
            coming.new.append(person)
    return coming


@transaction.atomic
def add_members(cohort, people, *, way=CohortWay.ASSIGNED, actor, at):
    """Put people into the cohort; each gets its course, with its date. Returns the Coming.

    Raises JoinRefused if the cohort is closed.
    """
    cohort = _locked(cohort)
    if cohort.is_closed:
        raise JoinRefused
    coming = plan(cohort, people, at=at)
    latest = latest_enrolments(coming.new, cohort.course)
    # In the order of their keys, as everybody locks people: two that cross come one after the other.
    for person in sorted(coming.new, key=lambda person: person.pk):
        CohortMember.objects.create(cohort=cohort, person=person, way=way, joined_at=at)
        last = latest.get(person.pk)
        has_it = last is not None and last.ended_at is None and last.state == EnrolmentState.ACTIVE
        # A cohort without a date takes nobody's date away.
        if cohort.due_on or not has_it:
            assign(person, cohort.course, due_on=cohort.due_on, actor=actor, at=at)
        log.record("joined a cohort", person, actor=actor, at=at, cohort=cohort.pk, name=cohort.name, way=way)
    return coming


@transaction.atomic
def join(cohort, person, *, way, actor, at):
    """Somebody joins by themselves. Joining twice does nothing. Returns whether it is new.

    Raises JoinRefused, with words if it is about the person.
    """
    cohort = _locked(cohort)
    if not cohort.takes_people:
        raise JoinRefused
    coming = add_members(cohort, [person], way=way, actor=actor, at=at)
    if coming.cannot:
        raise JoinRefused(coming.cannot[0][1])
    return bool(coming.new)


@transaction.atomic
def remove(member, *, actor, at):
    """End a membership, also where two records of the person were in it before they were merged.

    The course stays with the person. Twice does nothing.
    """
    rows = CohortMember.objects.open().of(member.person.counts_as).filter(cohort=member.cohort_id)
    for row in rows.select_for_update(of=("self",)).select_related("cohort", "person").order_by("pk"):
        row.left_at = at
        row.save(update_fields=["left_at"])
        facts = {"cohort": row.cohort_id, "name": row.cohort.name}
        log.record("left a cohort", row.person, actor=actor, at=at, **facts)


# --- Its date ---------------------------------------------------------------------------


def affected(cohort, due_on):
    """(enrolments that take the new date, enrolments that keep a later one of their own).

    Only courses still open: what is completed has no date any more. A later date of one's own is an
    exception that somebody gave a reason for.
    """
    members = [member.person for member in cohort.members.open().select_related("person__merged_into")]
    latest = latest_enrolments([person.counts_as for person in members], cohort.course)
    moves, keeps = [], []
    for enrolment in latest.values():
        if enrolment.ended_at is not None or enrolment.state != EnrolmentState.ACTIVE:
            continue
        if enrolment.due_on == due_on:
            continue
        own = enrolment.due_on is not None and enrolment.due_on != cohort.due_on
        (keeps if own and (due_on is None or enrolment.due_on > due_on) else moves).append(enrolment)
    return moves, keeps


@transaction.atomic
def change_due_date(cohort, due_on, *, actor, at):
    """Move the cohort's date, and that of its members (see `affected`). Returns both lists."""
    cohort = _locked(cohort)
    moves, keeps = affected(cohort, due_on)
    for enrolment in sorted(moves, key=lambda one: one.person_id):
        assign(enrolment.person, cohort.course, due_on=due_on, actor=actor, at=at)
    was, cohort.due_on = cohort.due_on, due_on
    cohort.save(update_fields=["due_on"])
    log.record(
        "cohort due date changed",
        cohort,
        actor=actor,
        at=at,
        was=was and str(was),
        due_on=due_on and str(due_on),
        members=len(moves),
    )
    return moves, keeps
