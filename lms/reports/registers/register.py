"""The register of one workshop: who had a place, who was there, and what they got. It circulates: no sex, no
telephone, no service number; no score and no word of a survey."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from certificates.models import Certificate
from certificates.states import CertificateState
from courses.attendance.models import ATTENDED, Attendance, SheetPhoto
from courses.audit.models import AuditEntry
from courses.people.models import Person
from courses.workshops.models import Registration
from courses.workshops.registering import sheet_order
from lms.reports.figures.training import Attended
from lms.reports.registers.workshops import expected

# Everybody; who was there; who has a certificate.
ALL, ATTENDING, CERTIFIED = "", "attended", "certificates"
SHOWN = {
    ALL: gettext_lazy("Everybody who had a place or was there"),
    ATTENDING: gettext_lazy("Who attended at least one session"),
    CERTIFIED: gettext_lazy("Who was given a certificate"),
}
HEADINGS = [
    gettext_lazy("Name"),
    gettext_lazy("Agency then"),
    gettext_lazy("Post then"),
    gettext_lazy("Rank then"),
    gettext_lazy("Sessions attended"),
    gettext_lazy("Sessions held"),
    gettext_lazy("Minutes"),
    gettext_lazy("Certificate"),
    gettext_lazy("State of the certificate"),
]
NUMERIC = (4, 5, 6)


@dataclass
class RegisterRow:
    """One person; `training` is their row of the figures, None of who was not there."""

    person: Person
    training: Attended | None = None
    sessions: set = field(default_factory=set)
    planned: int = 0
    # With `state`, and not replaced.
    certificates: list = field(default_factory=list)

    @property
    def place(self):
        """(agency, post, rank) as they were; of who was not there as they are."""
        if self.training:
            return self.training.agency_name, self.training.post_name, self.training.rank
        now = self.person.as_now()
        return now["agency_name"], now["post_name"], now["rank"]

    def cells(self):
        """Values for HEADINGS."""
        states = [str(CertificateState(one.state).label) for one in self.certificates]
        return [
            *(self.person.full_name, *self.place, len(self.sessions), self.planned),
            self.training.minutes if self.training else 0,
            "; ".join(one.number for one in self.certificates),
            "; ".join(states),
        ]


@dataclass(frozen=True)
class Evidence:
    """What proves it: scans of signed sheets, who added the last and when, who closed it and when."""

    scans: int
    added_by: str
    added_at: datetime | None
    closed_at: datetime | None
    closed_by: str

    def in_words(self):
        """Plain sentences."""
        told = [_("There is no scan of a signed sheet.")]
        if self.scans:
            said = ngettext(
                "A scan of the signed sheet is kept, added on %(date)s by %(who)s.",
                "%(n)d scans of the signed sheets are kept, the last one added on %(date)s by %(who)s.",
                self.scans,
            )
            told = [said % {"n": self.scans, "date": _on(self.added_at), "who": self.added_by}]
        if self.closed_at is None:
            return [*told, _("The workshop is not closed: its record may still change.")]
        if self.closed_by:
            facts = {"date": _on(self.closed_at), "who": self.closed_by}
            return [*told, _("Closed on %(date)s by %(who)s.") % facts]
        return [*told, _("Closed on %(date)s.") % {"date": _on(self.closed_at)}]


@dataclass(frozen=True)
class Register:
    """`rows` in the order of the sheet."""

    rows: list
    evidence: Evidence

    def shown(self, show):
        """Those of the rows that one of SHOWN asks for."""
        if show == ATTENDING:
            return [row for row in self.rows if row.training]
        return [row for row in self.rows if row.certificates] if show == CERTIFIED else self.rows


def register_of(workshop, *, day=None):
    """The Register of a workshop that has one, in eight queries however many came. `day`: of the states."""
    found = {}
    coming = expected([workshop.pk]).select_related(*_with_place("person"), *_with_place("person__merged_into"))
    registrations = {one.pk: one for one in coming}
    planned = workshop.sessions.count()
    for one in registrations.values():
        person = one.person.counts_as
        found.setdefault(person.pk, RegisterRow(person, planned=planned))
    for training in Attended.objects.filter(workshop=workshop):
        found[training.owner_id].training = training
    there = Attendance.objects.filter(session__workshop=workshop, presence__in=ATTENDED)
    for registration, session in there.order_by().values_list("registration", "session"):
        if registration in registrations:
            found[registrations[registration].person.counts_as.pk].sessions.add(session)
    for owner, certificates in _certificates(workshop, day or timezone.localdate()).items():
        person = certificates[0].person.counts_as
        found.setdefault(owner, RegisterRow(person, planned=planned)).certificates = certificates
    return Register(sorted(found.values(), key=lambda row: sheet_order(row.person)), evidence_of(workshop))


def evidence_of(workshop):
    scans = list(SheetPhoto.objects.filter(workshop=workshop).order_by("at", "pk").values_list("author", "at"))
    added_by, added_at = scans[-1] if scans else ("", None)
    closed = AuditEntry.objects.filter(
        object_type=workshop._meta.label_lower, object_id=str(workshop.pk), verb="workshop closed"
    )
    closed_by = closed.order_by("-pk").values_list("actor_name", flat=True).first()
    return Evidence(len(scans), added_by, added_at, workshop.closed_at, closed_by or "")


def _certificates(workshop, day):
    """{whose: [certificates that are not replaced, each with its state]}"""
    bases = Registration.objects.filter(workshop=workshop).order_by().values("uuid")
    rows = Certificate.objects.with_state(day).filter(attendance_basis__in=bases, replaced_by=None)
    found = defaultdict(list)
    for one in rows.select_related(*_with_place("person"), *_with_place("person__merged_into")).order_by("pk"):
        found[one.person.counts_as.pk].append(one)
    return found


def _with_place(person):
    return [f"{person}__{name}" for name in ("agency__sector", "post", "sector")]


def _on(moment):
    return date_format(timezone.localtime(moment), "j F Y")
