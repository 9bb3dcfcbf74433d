"""Issuing: one original certificate for each completion, whoever asks and how often.

Issuing gives the number and freezes the facts; drawing comes after (see `filing`), so that nobody who
waits for a number waits for a drawing.
"""

from django.db import transaction
from django.utils import timezone

from certificates.earned_on import editions_of, minutes_of
from certificates.giving import Basis, give
from certificates.models import ATTENDANCE_WORDS, Certificate, Design, DesignSignature
from certificates.seconding import needs_second_person
from courses.choices import CertificateKind
from courses.dates import add_months
from courses.progress.models import Completion, CompletionWithdrawn


@transaction.atomic
def issue(completion, *, actor, at):
    """The original certificate of a completion: the one there is, or a new one.

    None while the person waits for approval, or for a second person because they can see the
    answer keys; approving, or confirming, issues it then. None for good, where a pass it needs was taken back.
    """
    # The lock: 32 who ask at once get the same one. The constraint stands behind it.
    completion = (
        Completion.objects.select_for_update(of=("self",))
        .select_related("enrolment__person__merged_into", "enrolment__course", "enrolment__edition")
        .get(pk=completion.pk)
    )
    original = Certificate.objects.filter(completion=completion, replaces=None).first()
    if original is not None:
        return original
    if not completion.enrolment.person.counts_as.is_approved or needs_second_person(completion):
        return None
    # Asked now that it is locked: a row joined above may be older than the lock.
    if CompletionWithdrawn.objects.filter(completion=completion).exists():
        return None
    return make(completion, course_title=completion.enrolment.course.title, actor=actor, at=at)


def make(completion, *, course_title, actor, at, replaces=None):
    """Give a number and freeze the facts. Called with the completion locked."""
    course = completion.enrolment.course
    # The record may have been merged since: what is printed is the surviving one's.
    person = completion.enrolment.person.counts_as
    completed_on = timezone.localdate(completion.at)
    months = completion.enrolment.edition.validity_months
    basis = Basis(
        person=completion.enrolment.person,
        design=design_of(course),
        specimen=not course.is_approved,
        completion=completion,
        replaces=replaces,
        printed={
            "name": person.full_name,
            "agency": completion.agency_name if person.agency_on_certificate else "",
            "rank": completion.rank,
            "course": course_title,
            "minutes": minutes_of(completion),
            "completed_on": completed_on,
            "valid_until": add_months(completed_on, months) if months else None,
            # What replaces a certificate says what that one said.
            "procedures": replaces.facts.get("procedures", ()) if replaces else editions_of(completion),
        },
    )
    (certificate,) = give([basis], actor=actor, at=at)
    return certificate


def design_of(course=None, kind=CertificateKind.COMPLETION):
    """The design chosen for the course; else the first there is; else the plain one, to be signed in ink."""
    designs = Design.objects.filter(kind=kind).order_by("pk")
    chosen = designs.filter(courses__course=course).first() if course else None
    words = ATTENDANCE_WORDS if kind == CertificateKind.ATTENDANCE else {}
    return (
        chosen
        or designs.first()
        or Design(kind=kind, signatures=[DesignSignature(), DesignSignature()], **words)
    )
