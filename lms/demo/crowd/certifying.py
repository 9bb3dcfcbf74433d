"""Certificates for what was completed and attended: rows with their facts, and no drawn files."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone

from certificates import codes
from certificates.facts import compose, pictures_of
from certificates.issuing import design_of
from certificates.models import Certificate, CertificateEvent
from certificates.numbering import take_numbers
from courses.choices import CertificateKind, CertificateVerb, WithdrawalReason
from courses.dates import add_months

OFFICE = "The office"
# One in so many is withdrawn, and replaced by a corrected one, so many days after it was issued.
WITHDRAWN, CORRECTED, LATER = 300, 200, timedelta(days=20)


@dataclass(frozen=True)
class Due:
    """One certificate to give: of a completion, or of the registration whose uuid is `attended`."""

    person: object
    at: object
    course: str
    minutes: int
    completion_id: int | None = None
    attended: object = None
    days: tuple = ()
    place: str = ""
    replaces: tuple = (None, "")


class Certifying:
    def __init__(self, rows, course, edition, *, at):
        self.rows, self.course, self.at = rows, course, at
        self.months = edition.validity_months
        self.designs = {kind: design_of(course, kind) for kind in CertificateKind}
        for design in self.designs.values():
            # Held in memory: `compose` asks for them for every certificate.
            design.signatures.get_object_list()
        self.pictures = {kind: pictures_of(one, timezone.localdate(at)) for kind, one in self.designs.items()}

    def give(self, due):
        """All of these, numbered by date."""
        due = sorted(due, key=lambda one: one.at)
        again = []
        for one, number in zip(due, self._numbers(due), strict=True):
            pk = self._add(one, number)
            if pk % CORRECTED == 1 and one.at + LATER < self.at and one.replaces[0] is None:
                again.append(replace(one, at=one.at + LATER, replaces=(pk, number)))
                self._event(pk, CertificateVerb.CORRECTED, one.at + LATER, reason="The name was spelt wrongly.")
            elif pk % WITHDRAWN == 2:
                self._event(
                    pk,
                    CertificateVerb.WITHDRAWN,
                    min(one.at + LATER, self.at),
                    reason="Issued by mistake.",
                    public_reason=WithdrawalReason.ERROR,
                )
        if again:
            self.give(again)

    def _numbers(self, due):
        kinds = [self._kind(one) for one in due]
        asked = [(self.designs[kind].prefix, _day(one.at).year) for kind, one in zip(kinds, due, strict=True)]
        series = {key: iter(take_numbers(*key, count)) for key, count in Counter(asked).items()}
        return [next(series[key]) for key in asked]

    def _kind(self, due):
        return CertificateKind.COMPLETION if due.completion_id else CertificateKind.ATTENDANCE

    def _add(self, due, number):
        kind, person = self._kind(due), due.person
        day, token, code = _day(due.at), codes.new_token(), codes.new_code()
        specimen = bool(due.completion_id) and not self.course.is_approved
        facts = compose(
            self.designs[kind],
            self.pictures[kind],
            day=day,
            name=person.name,
            agency=person.agency.name,
            rank=person.rank,
            course=due.course,
            minutes=due.minutes,
            completed_on=due.days[-1] if due.days else day,
            valid_until=add_months(day, self.months) if due.completion_id and self.months else None,
            number=number,
            token=token,
            short_code=code,
            specimen=specimen,
            replaces=due.replaces[1],
            kind=kind,
            days=due.days,
            place=due.place,
        )
        pk = self.rows.add(
            Certificate,
            number=number,
            token=token,
            short_code=code,
            person_id=person.pk,
            kind=kind,
            completion_id=due.completion_id,
            attendance_basis=due.attended,
            facts=facts,
            specimen=specimen,
            issued_at=due.at,
            valid_until=date.fromisoformat(facts["valid_until"]) if facts["valid_until"] else None,
            replaces_id=due.replaces[0],
        )
        self._event(pk, CertificateVerb.ISSUED, due.at)
        return pk

    def _event(self, pk, verb, at, **said):
        self.rows.add(CertificateEvent, certificate_id=pk, verb=verb, at=at, actor=OFFICE, **said)


def _day(moment):
    return timezone.localtime(moment).date()
