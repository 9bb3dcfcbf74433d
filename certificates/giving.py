"""Giving numbers: facts are frozen, for one certificate or for a thousand, in one transaction."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from certificates import artwork, codes
from certificates.facts import compose, pictures_of
from certificates.models import Certificate, CertificateEvent, Design
from certificates.numbering import take_numbers
from courses.audit import log
from courses.choices import CertificateKind, CertificateVerb
from courses.people.models import Person
from courses.progress.models import Completion
from courses.workshops.models import Registration


@dataclass(frozen=True)
class Basis:
    """What one certificate is for. `printed`: what `facts.compose` asks for beyond design and number."""

    person: Person
    design: Design
    printed: dict
    specimen: bool = False
    completion: Completion | None = None
    registration: Registration | None = None
    replaces: Certificate | None = None

    @property
    def kind(self):
        return CertificateKind.COMPLETION if self.completion else CertificateKind.ATTENDANCE


@transaction.atomic
def give(bases, *, actor, at):
    """A certificate for each Basis, with numbers in this order. Called with what they are for locked."""
    day = timezone.localdate(at)
    # By identity: the plain design is in no table.
    pictures = {id(design): pictures_of(design, day) for design in _once(basis.design for basis in bases)}
    for each in pictures.values():
        artwork.keep(each)
    numbers = {
        prefix: iter(take_numbers(prefix, day.year, sum(basis.design.prefix == prefix for basis in bases)))
        for prefix in sorted({basis.design.prefix for basis in bases})
    }
    certificates = Certificate.objects.bulk_create(
        [
            _certificate(basis, pictures[id(basis.design)], next(numbers[basis.design.prefix]), day, at)
            for basis in bases
        ]
    )
    CertificateEvent.objects.bulk_create(
        CertificateEvent(certificate=one, verb=CertificateVerb.ISSUED, actor=str(actor or log.SYSTEM), at=at)
        for one in certificates
    )
    for one in certificates:
        log.record(
            "certificate issued",
            one,
            actor=actor,
            at=at,
            number=one.number,
            specimen=one.specimen,
            replaces=one.facts["replaces"],
        )
    return certificates


def _once(designs):
    return {id(design): design for design in designs}.values()


def _certificate(basis, pictures, number, day, at):
    token, short_code = codes.new_token(), codes.new_code()
    facts = compose(
        basis.design,
        pictures,
        day=day,
        number=number,
        token=token,
        short_code=short_code,
        specimen=basis.specimen,
        replaces=basis.replaces.number if basis.replaces else "",
        kind=basis.kind,
        **basis.printed,
    )
    return Certificate(
        number=number,
        token=token,
        short_code=short_code,
        person=basis.person,
        kind=basis.kind,
        completion=basis.completion,
        attendance_basis=basis.registration and basis.registration.uuid,
        facts=facts,
        specimen=basis.specimen,
        issued_at=at,
        valid_until=date.fromisoformat(facts["valid_until"]) if facts["valid_until"] else None,
        replaces=basis.replaces,
    )
