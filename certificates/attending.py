"""Statements of Attendance: one original for each registration, whoever asks and how often.

A walk-in may hold one before the person is approved: attendance is a fact, and only the focal point gives
these numbers, after checking the names.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from certificates.giving import Basis, give
from certificates.issuing import design_of
from certificates.models import Certificate
from courses.choices import CertificateKind
from courses.people.roles import is_oneself
from courses.room.deserving import gives_certificates, standings
from courses.workshops.models import Registration, Workshop


@transaction.atomic
def issue_attendance(workshop, registrations, *, actor, at):
    """New certificates for those of these registrations that meet the workshop's rule and have none.

    All numbers are given in this transaction, in the order of the names. The facts are those of now:
    hours, days and place as the record has them. Left out is who `needs_another`.
    """
    # The workshop's row is the lock: of two who press the button one gives the numbers.
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if not gives_certificates(workshop):
        return []
    wanted = {registration.pk for registration in registrations}
    deserving = [
        one
        for one in standings(workshop)
        if one.is_met
        and wanted & {row.pk for row in one.registrations}
        and not needs_another(workshop, one.person, actor)
    ]
    # One for a person, also where two records of theirs were merged.
    rows = [row for one in deserving for row in one.registrations]
    known = set(originals_of(rows).values_list("attendance_basis", flat=True))
    design = design_of(kind=CertificateKind.ATTENDANCE)
    bases = [
        _basis(standing, workshop, design)
        for standing in deserving
        if known.isdisjoint(row.uuid for row in standing.registrations)
    ]
    return give(bases, actor=actor, at=at) if bases else []


def needs_another(workshop, person, actor):
    """Whether somebody else must give it: nobody certifies themselves on a test whose keys they can see."""
    return workshop.required_mark is not None and is_oneself(actor, person)


def originals_of(registrations):
    return Certificate.objects.filter(attendance_basis__in=[one.uuid for one in registrations], replaces=None)


def reissue(old, *, actor, at):
    """The certificate that replaces an old one, with the name and design of today. Its event, title, hours,
    days and place stay. Called with the old one locked."""
    registration = Registration.objects.select_related("person__merged_into").get(uuid=old.attendance_basis)
    person, facts = registration.person.counts_as, old.facts
    place_then = registration.attendances.order_by("-session__starts_at").first()
    basis = Basis(
        person=old.person,
        design=design_of(kind=CertificateKind.ATTENDANCE),
        specimen=old.specimen,
        registration=registration,
        replaces=old,
        printed={
            "name": person.full_name,
            "agency": place_then.agency_name if place_then and person.agency_on_certificate else "",
            "rank": facts["rank"],
            "course": facts["course"],
            "minutes": facts["minutes"],
            "completed_on": date.fromisoformat(facts["completed_on"]),
            "valid_until": None,
            "days": [date.fromisoformat(day) for day in facts["days"]],
            "place": facts["place"],
        },
    )
    (certificate,) = give([basis], actor=actor, at=at)
    return certificate


def _basis(standing, workshop, design):
    person, last = standing.person, standing.attended[-1]
    return Basis(
        person=standing.registration.person,
        design=design,
        registration=standing.registration,
        printed={
            "name": person.full_name,
            "agency": last.agency_name if person.agency_on_certificate else "",
            "rank": last.rank,
            "course": workshop.title,
            "minutes": standing.minutes,
            "completed_on": timezone.localdate(last.session.starts_at),
            "valid_until": None,
            "days": standing.days,
            "place": ", ".join(part for part in (workshop.venue, workshop.get_district_display()) if part),
        },
    )
