"""Issuing: one original certificate for each completion, whoever asks and how often.

Issuing gives the number and freezes the facts; drawing comes after (see `filing`), so that nobody who
waits for a number waits for a drawing.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from certificates import artwork, codes
from certificates.facts import facts_of, pictures_of
from certificates.models import Certificate, CertificateEvent, Design, DesignSignature
from certificates.numbering import take_number
from certificates.seconding import needs_second_person
from courses.audit import log
from courses.choices import CertificateKind, CertificateVerb
from courses.progress.models import Completion


@transaction.atomic
def issue(completion, *, actor, at):
    """The original certificate of a completion: the one there is, or a new one.

    None while the person waits for approval, or for a second person because they can see the
    answer keys; approving, or confirming, issues it then.
    """
    # The lock: 32 who ask at once get the same one. The constraint stands behind it.
    completion = (
        Completion.objects.select_for_update(of=("self",))
        .select_related("enrolment__person", "enrolment__course", "enrolment__edition")
        .get(pk=completion.pk)
    )
    original = Certificate.objects.filter(completion=completion, replaces=None).first()
    if original is not None:
        return original
    if not completion.enrolment.person.is_approved or needs_second_person(completion):
        return None
    return make(completion, course_title=completion.enrolment.course.title, actor=actor, at=at)


def make(completion, *, course_title, actor, at, replaces=None):
    """Give a number and freeze the facts. Called with the completion locked."""
    course = completion.enrolment.course
    design = design_of(course)
    specimen = not course.is_approved
    day = timezone.localdate(at)
    token, short_code = codes.new_token(), codes.new_code()
    pictures = pictures_of(design, day)
    artwork.keep(pictures)
    number = take_number(design.prefix, day.year)
    facts = facts_of(
        completion,
        design=design,
        pictures=pictures,
        number=number,
        token=token,
        short_code=short_code,
        at=at,
        specimen=specimen,
        course_title=course_title,
        replaces=replaces.number if replaces else "",
    )
    certificate = Certificate.objects.create(
        number=number,
        token=token,
        short_code=short_code,
        person=completion.enrolment.person,
        kind=CertificateKind.COMPLETION,
        completion=completion,
        facts=facts,
        specimen=specimen,
        issued_at=at,
        valid_until=date.fromisoformat(facts["valid_until"]) if facts["valid_until"] else None,
        replaces=replaces,
    )
    CertificateEvent.objects.create(
        certificate=certificate, verb=CertificateVerb.ISSUED, actor=str(actor or log.SYSTEM), at=at
    )
    log.record(
        "certificate issued",
        certificate,
        actor=actor,
        at=at,
        number=number,
        specimen=specimen,
        replaces=facts["replaces"],
    )
    return certificate


def design_of(course):
    """The design chosen for the course; else the first there is; else the plain one, to be signed in ink."""
    designs = Design.objects.order_by("pk")
    return (
        designs.filter(courses__course=course).first()
        or designs.first()
        or Design(signatures=[DesignSignature(), DesignSignature()])
    )
