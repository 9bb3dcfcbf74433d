"""Withdrawing and correcting. A certificate itself is never edited."""

from django.db import transaction
from django.utils import timezone

from certificates.attending import reissue
from certificates.issuing import make
from certificates.models import Certificate, CertificateEvent
from certificates.states import CertificateState
from certificates.tasks import draw_certificate
from courses.audit import log
from courses.choices import CertificateVerb, WithdrawalReason
from courses.people.models import NameCorrection, Person
from courses.people.names import clean_name
from courses.progress.models import Completion
from courses.progress.withdrawing import lock as lock_completion
from courses.progress.withdrawing import withdraw_completion


class NotPossible(Exception):
    """The certificate was withdrawn or replaced already; `state` says which."""

    def __init__(self, state):
        self.state = state
        super().__init__(state)


def _lock(certificate, at):
    # What it is for before it, as issuing it and withdrawing its completion do.
    if certificate.completion_id:
        Completion.objects.select_for_update().only("pk").get(pk=certificate.completion_id)
    # Locked without the annotations: PostgreSQL locks no outer join.
    locked = Certificate.objects.select_for_update().only("pk").get(pk=certificate.pk)
    return Certificate.objects.with_state(timezone.localdate(at)).get(pk=locked.pk)


@transaction.atomic
def correct(certificate, *, reason, actor, at):
    """Issue a new certificate that replaces this one, with the name and design of today.

    The course's title, the hours and the dates of the training stay. Raises NotPossible
    for one that was withdrawn or replaced.
    """
    old = _lock(certificate, at)
    if old.state in (CertificateState.WITHDRAWN, CertificateState.REPLACED):
        raise NotPossible(old.state)
    new = (reissue if old.is_attendance else _reissue_completion)(old, actor=actor, at=at)
    # Inside the transaction: the queue is a table, so it is drawn if and only if this holds.
    draw_certificate.enqueue(new.pk, at.isoformat())
    CertificateEvent.objects.create(
        certificate=old,
        verb=CertificateVerb.CORRECTED,
        reason=reason,
        actor=str(actor or log.SYSTEM),
        at=at,
    )
    log.record(
        "certificate corrected", old, actor=actor, at=at, number=old.number, by=new.number, reason=reason
    )
    return new


def _reissue_completion(old, *, actor, at):
    completion = Completion.objects.select_related(
        "enrolment__person", "enrolment__course", "enrolment__edition"
    ).get(pk=old.completion_id)
    return make(completion, course_title=old.facts["course"], actor=actor, at=at, replaces=old)


@transaction.atomic
def withdraw(certificate, *, public_reason, reason, with_completion=False, actor, at):
    """Take a certificate out of force. Doing it again changes nothing.

    The public learns the date and `public_reason` (WithdrawalReason); `reason` stays in the
    office. `with_completion`: the completion it is for, if it is for one, is withdrawn too. Raises
    NotPossible for one that was replaced: withdraw the one that replaced it.
    """
    completion = certificate.completion if with_completion else None
    if completion is not None:
        lock_completion(completion)
    locked = _lock(certificate, at)
    if locked.state == CertificateState.REPLACED:
        raise NotPossible(locked.state)
    if locked.state != CertificateState.WITHDRAWN:
        _take_out_of_force(locked, public_reason=public_reason, reason=reason, actor=actor, at=at)
    if completion is not None:
        withdraw_completion(completion, reason=reason, actor=actor, at=at)
    return _lock(certificate, at)


def _take_out_of_force(locked, *, public_reason, reason, actor, at):
    CertificateEvent.objects.create(
        certificate=locked,
        verb=CertificateVerb.WITHDRAWN,
        public_reason=WithdrawalReason(public_reason),
        reason=reason,
        actor=str(actor or log.SYSTEM),
        at=at,
    )
    log.record(
        "certificate withdrawn",
        locked,
        actor=actor,
        at=at,
        number=locked.number,
        public_reason=str(WithdrawalReason(public_reason)),
        reason=reason,
    )


@transaction.atomic
def rename(person, wanted, *, actor, at):
    """Put a misspelt name right at the desk. Certificates issued before stay; a request of the person waits on.

    Raises NameRefused for what is no name.
    """
    wanted = clean_name(wanted)
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    was = person.full_name
    if was == wanted:
        return person
    person.full_name = wanted
    person.save(update_fields=["full_name"])
    log.record("name corrected", person, actor=actor, at=at, was=was, wanted=wanted)
    return person


@transaction.atomic
def decide_name(correction, *, accepted, actor, at):
    """Accept or refuse another spelling of a name. Deciding again changes nothing.

    Accepted, the person's name changes, and the certificate named in the request, if it
    is theirs and still counts, is replaced. Returns the new certificate, or None.
    """
    # The person first, as whoever asks does. Not the key: a certificate being issued, which holds
    # the number series, refers to it, and waiting for each other both would fail.
    person = Person.objects.select_for_update(no_key=True).get(pk=correction.person_id)
    if person.merged_into_id is not None:
        person = Person.objects.select_for_update(no_key=True).get(pk=person.merged_into_id)
    correction = NameCorrection.objects.select_for_update().get(pk=correction.pk)
    if correction.decided_at is not None:
        return None
    correction.decided_at = at
    correction.accepted = accepted
    correction.decided_by = str(actor or log.SYSTEM)
    correction.save(update_fields=["decided_at", "accepted", "decided_by"])
    was = person.full_name
    log.record(
        "name corrected" if accepted else "name correction refused",
        person,
        actor=actor,
        at=at,
        was=was,
        wanted=correction.wanted,
    )
    if not accepted:
        return None
    person.full_name = correction.wanted
    person.save(update_fields=["full_name"])
    certificate = (
        Certificate.objects.of(person)
        .with_state(timezone.localdate(at))
        .filter(number=correction.certificate_number)
        .exclude(state__in=[CertificateState.WITHDRAWN, CertificateState.REPLACED])
        .first()
    )
    if certificate is None:
        return None
    return correct(certificate, reason=f"Name: {was} → {correction.wanted}", actor=actor, at=at)
