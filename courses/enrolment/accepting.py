"""An invitation is accepted: by somebody new, for a record that had no log-in, or with the log-in one has.

Whoever holds the link was sent it to the address: the address counts as confirmed.
"""

from django.db import transaction

from courses.audit import log
from courses.catalogue.models import Course
from courses.choices import Approval, CohortWay, Role
from courses.enrolment import grouping
from courses.enrolment.cohorts import Cohort, Invitation
from courses.enrolment.inviting import hash_of
from courses.people.approving import approve
from courses.people.joining import sign_up
from courses.people.models import Person, User


class InvitationOver(Exception):
    """It was accepted, taken back or lapsed meanwhile; or the record it is for has a log-in now."""


def find(token):
    """The invitation of a link, whatever became of it, or None."""
    found = Invitation.objects.select_related("cohort__course", "person__merged_into", "agency")
    return found.filter(token_hash=hash_of(token)).first()


@transaction.atomic
def accept_as_new(invitation, user, facts, *, at):
    """Save the unsaved `user` with a new record, approved: the office invited them."""
    invitation = _open(invitation, at)
    person = sign_up(user, **facts, approval=Approval.APPROVED, at=at)
    _accepted(invitation, person, user, at)
    return person


@transaction.atomic
def accept_for_record(invitation, user, *, at):
    """Save the unsaved `user` as the log-in of the record the invitation is for."""
    invitation = _open(invitation, at)
    person = Person.objects.select_for_update(of=("self",)).get(pk=invitation.person.counts_as.pk)
    if person.is_refused or User.objects.filter(person=person).exists():
        raise InvitationOver
    user.person, user.role = person, Role.TRAINEE
    user.is_staff = user.is_superuser = False
    user.save()
    log.record("log-in added", person, actor=user, at=at)
    approve(person, actor=None, at=at, only_waiting=True)
    _accepted(invitation, person, user, at)
    return person


@transaction.atomic
def accept_signed_in(invitation, user, *, at):
    """Accept with the log-in one has. A waiting person is approved if the invitation went to them."""
    invitation = _open(invitation, at)
    if invitation.person is not None and invitation.person.counts_as != user.person.counts_as:
        raise InvitationOver
    if is_theirs(invitation, user):
        approve(user.person, actor=None, at=at, only_waiting=True)
    _accepted(invitation, user.person, user, at)
    return user.person


def is_theirs(invitation, user):
    """Whether it was sent to a confirmed address of this log-in."""
    return user.emailaddress_set.filter(email__iexact=invitation.address, verified=True).exists()


def _open(invitation, at):
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("cohort", "person__merged_into")
        .get(pk=invitation.pk)
    )
    if invitation.state(at) != "open":
        raise InvitationOver
    if invitation.cohort is not None:
        # Cohort and course before any person, as whoever adds members takes them: else two wait for
        # each other.
        Cohort.objects.select_for_update().get(pk=invitation.cohort_id)
        Course.objects.select_for_update().get(pk=invitation.cohort.course_id)
    return invitation


def _accepted(invitation, person, user, at):
    invitation.accepted_at, invitation.person = at, person
    invitation.save(update_fields=["accepted_at", "person"])
    log.record("invitation accepted", person, actor=user, at=at, invitation=invitation.pk)
    cohort = invitation.cohort
    # A cohort that was closed meanwhile does not stand in the way of the log-in.
    if cohort is not None and Cohort.objects.open().filter(pk=cohort.pk).exists():
        grouping.add_members(cohort, [person], way=CohortWay.INVITED, actor=user, at=at)
