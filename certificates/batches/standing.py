"""People of a workshop beside their certificates."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language

from certificates.models import Certificate
from certificates.states import CertificateState
from certificates.words import hours_in_words
from courses.room.deserving import Standing, gives_certificates, standings

STILL_COUNTS = (CertificateState.IN_FORCE, CertificateState.EXPIRED)


@dataclass(frozen=True)
class OneOfWorkshop:
    """`certificate`: the last one for this registration with its `state`, or None."""

    standing: Standing
    certificate: Certificate | None
    is_ours: bool

    @property
    def registration(self):
        return self.standing.registration

    @property
    def name(self):
        return self.standing.person.full_name

    @property
    def hours(self):
        return hours_in_words(self.standing.minutes, get_language())

    @property
    def gets_number(self):
        return self.is_ours and self.standing.is_met and self.certificate is None

    @property
    def may_be_printed(self):
        return self.certificate is not None and self.certificate.state in STILL_COUNTS

    @property
    def state_in_words(self):
        return CertificateState(self.certificate.state).label if self.certificate else ""


def people_of(workshop):
    """OneOfWorkshop for everybody who was to come or came, in the order of the sheet."""
    found = standings(workshop)
    is_ours = gives_certificates(workshop)
    held = latest_certificates(row for one in found for row in one.registrations)
    return [OneOfWorkshop(one, _held_by(one, held), is_ours) for one in found]


def _held_by(standing, held):
    rows = [standing.registration, *standing.registrations]
    return next((held[row.uuid] for row in rows if row.uuid in held), None)


def latest_certificates(registrations):
    """{uuid of the registration: its last certificate, with state}. What was replaced is not the last."""
    rows = Certificate.objects.with_state(timezone.localdate()).filter(
        attendance_basis__in=[one.uuid for one in registrations], replaced_by=None
    )
    return {row.attendance_basis: row for row in rows}
