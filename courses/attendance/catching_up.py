"""After the day: what was typed from the signed sheet, shown in words first, then written down."""

import uuid as uuids
from collections import namedtuple
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.attendance import paper_rows, sittings, walking_in
from courses.attendance.marking import MarkRefused, check_open
from courses.attendance.models import Attendance
from courses.attendance.paper_rows import Problem
from courses.attendance.signing_in import SignIn, keep
from courses.audit import log
from courses.choices import AttendanceMark, AttendanceMethod, Presence, RegistrationState
from courses.people.names import NameRefused, clean_name, loose_key
from courses.workshops.models import Registration, Workshop

# What becomes of a line: written down; there already; something else is there; somebody new is entered.
NEW, SAME, CONFLICT, WALK_IN = "new", "same", "conflict", "walk_in"
Written = namedtuple("Written", "new walk_ins corrected left")


@dataclass
class Line:
    kind: str
    entry: paper_rows.Entry
    name: str
    at: datetime | None
    registration: Registration | None = None
    there: Attendance | None = None
    agency: object = None
    # Where the agency as typed is none of ours.
    agency_text: str = ""

    @property
    def mark(self):
        return AttendanceMark(self.entry.mark)


@dataclass
class Plan:
    lines: list = field(default_factory=list)
    problems: list = field(default_factory=list)

    def of(self, *kinds):
        return [line for line in self.lines if line.kind in kinds]

    @property
    def can_be_written(self):
        return not self.problems and bool(self.lines)


def plan(workshop, session, text):
    """What these rows of the sheet would write down. Asks the database as often for ten rows as for one."""
    entries, problems = paper_rows.parse(text)
    registrations = list(Registration.objects.filter(workshop=workshop).select_related("person").order_by("pk"))
    rows = {f"{one.row}": one for one in registrations if one.row}
    rows |= {f"W{one.walk_in_row}": one for one in registrations if one.walk_in_row}
    there = {one.registration_id: one for one in Attendance.objects.filter(session=session)}
    found = Plan(problems=problems)
    for entry in entries:
        try:
            found.lines.append(_line(entry, session, rows.get(entry.label), there))
        except _Refused as refused:
            found.problems.append(Problem(refused.args[0], entry.label))
    return found


class _Refused(Exception):
    """An entry that is no row of this sheet."""


def _line(entry, session, registration, there):
    at = _arrival(entry, session)
    if registration is None:
        if not entry.name:
            raise _Refused("unknown")
        return _walk_in(entry, at)
    if registration.state != RegistrationState.REGISTERED:
        raise _Refused("cancelled")
    name = registration.person.full_name
    if entry.name and loose_key(entry.name) != loose_key(name):
        raise _Refused("other_name")
    now = there.get(registration.pk)
    if now is None or (now.presence == Presence.UNCONFIRMED and entry.mark != AttendanceMark.ABSENT):
        kind = NEW
    else:
        kind = SAME if now.presence == entry.mark else CONFLICT
    return Line(kind, entry, name, at, registration, now)


def _walk_in(entry, at):
    try:
        name = clean_name(entry.name)
    except NameRefused:
        raise _Refused("name") from None
    agency = walking_in.agency_called(entry.agency) if entry.agency else None
    return Line(WALK_IN, entry, name, at, agency=agency, agency_text="" if agency else entry.agency)


def _arrival(entry, session):
    if entry.mark == AttendanceMark.ABSENT:
        return session.starts_at
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    if entry.clock is None:
        return sittings.late_after(session) if entry.mark == AttendanceMark.LATE else session.starts_at
    clock = paper_rows.clock_of(entry, starts.time(), ends.time())
    at = timezone.make_aware(datetime.combine(starts.date(), clock))
    if not sittings.opens_at(session) <= at <= session.ends_at:
        raise _Refused("outside")
    return at


@transaction.atomic
def write(workshop, session, text, *, uuid, paper_wins=False, actor, at):
    """Write down what the sheet says. Returns Written.

    What is there already and says something else is left as it is, or corrected where `paper_wins`.
    `uuid` names the sheet as typed: sent again, nothing is new. Raises MarkRefused: "closed", "future", or
    "unread" where something could not be read.
    """
    # The workshop's row is the lock: what was shown is looked at once more, and then holds.
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    check_open(workshop)
    if at < sittings.day_of(session):
        raise MarkRefused("future")
    found = plan(workshop, session, text)
    if not found.can_be_written:
        raise MarkRefused("unread")
    known = [line for line in found.of(NEW, CONFLICT) if paper_wins or line.kind == NEW]
    # By the same order everywhere: two who write at once wait for one another, and not for ever.
    for line in sorted(known, key=lambda line: line.registration.pk):
        _keep(line, session, uuid, actor=actor, at=at)
    for line in found.of(WALK_IN):
        walking_in.enter(
            workshop,
            session,
            uuid=uuids.uuid5(uuid, line.entry.label),
            full_name=line.name,
            agency=line.agency,
            agency_text=line.agency_text,
            row=line.entry.number,
            mark=line.entry.mark,
            method=AttendanceMethod.PAPER,
            arrived_at=line.at,
            actor=actor,
            at=at,
        )
    conflicts = len(found.of(CONFLICT))
    written = Written(
        new=len(found.of(NEW)),
        walk_ins=len(found.of(WALK_IN)),
        corrected=conflicts if paper_wins else 0,
        left=0 if paper_wins else conflicts,
    )
    log.record("sheet entered", workshop, actor=actor, at=at, session=session.pk, **written._asdict())
    return written


def _keep(line, session, uuid, *, actor, at):
    correct = line.kind == CONFLICT
    sign_in = SignIn(
        uuids.uuid5(uuid, f"{line.entry.label}:{line.entry.mark}"),
        line.registration,
        session,
        line.entry.mark,
        AttendanceMethod.PAPER,
        line.at,
        at,
        "",
        correct,
        _("As the signed sheet says") if correct else "",
    )
    keep(sign_in, author=str(actor), at=at)
