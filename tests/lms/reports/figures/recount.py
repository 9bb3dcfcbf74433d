"""Every figure counted again, from the tables and in plain Python: no view, no query of the reports."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from types import SimpleNamespace

from django.utils import timezone

from certificates.models import Certificate
from courses.attendance.models import Attendance
from courses.progress.models import Completion
from courses.quizzes.models import Attempt
from courses.room.models import RoomAttempt
from courses.transcript import hours
from courses.transcript.models import EarlierTraining
from courses.workshops.models import Registration
from lms.reports.figures.scope import COLUMNS, NONE


def _owner(person):
    return person.merged_into_id or person.pk


def _as_it_was(row):
    sex = row.sex if row.sex in ("female", "male") else ""
    return {"agency": row.agency_id, "sector": row.sector_code, "sex": sex}


def _as_it_is(person):
    sex = person.sex if person.sex in ("female", "male") else ""
    sector = person.sector or (person.agency and person.agency.sector)
    return {"agency": person.agency_id, "sector": sector.code if sector else "", "sex": sex}


def _of_course(course):
    return {"kind": "completion", "course": course, "workshop": None, "district": "", "funder": ""}


def _of_workshop(one):
    facts = {"district": one.district, "funder": one.funder}
    return {"kind": "workshop", "course": one.course_id, "workshop": one.pk, **facts}


def _attended(registration):
    found = [row for row in registration.attendances.all() if row.presence in ("present", "late")]
    return max(found, key=lambda row: row.pk, default=None)


def trainings():
    found = []
    for row in Completion.objects.filter(withdrawn=None):
        about = _of_course(row.enrolment.course_id) | _as_it_was(row)
        facts = {"owner": _owner(row.enrolment.person), "at": row.at, "minutes": row.minutes}
        found.append(SimpleNamespace(pk=f"c{row.pk}", same=row.enrolment.course_id, **facts, **about))
    there = defaultdict(list)
    for row in Attendance.objects.all():
        workshop = row.session.workshop
        if workshop.kind == "awareness" or workshop.state == "cancelled":
            continue
        if row.registration.state != "cancelled" and row.presence in ("present", "late"):
            there[_owner(row.registration.person), workshop.pk].append(row)
    for (owner, _workshop), rows in there.items():
        last = max(rows, key=lambda row: row.pk)
        workshop = last.session.workshop
        at = max(session.ends_at for session in workshop.sessions.all())
        minutes = sum(session.credit for session in {row.session for row in rows})
        facts = {"owner": owner, "at": at, "minutes": minutes, **_of_workshop(workshop), **_as_it_was(last)}
        same = workshop.course_id if workshop.same_event else None
        found.append(SimpleNamespace(pk=f"w{last.pk}", same=same, **facts))
    for row in EarlierTraining.objects.filter(struck=None):
        at = timezone.make_aware(datetime.combine(row.held_on, time(12)))
        facts = {"owner": _owner(row.person), "at": at, "minutes": row.minutes, "same": None}
        about = _of_course(None) | {"kind": "earlier"} | _as_it_is(row.person)
        found.append(SimpleNamespace(pk=f"e{row.pk}", **facts, **about))
    _count_once(found)
    return found


def _count_once(found):
    for owner in {one.owner for one in found}:
        mine = [one for one in found if one.owner == owner]
        courses, workshops = (
            [(one.pk, one.same, one.minutes, timezone.localdate(one.at)) for one in mine if one.kind == kind]
            for kind in ("completion", "workshop")
        )
        counts = hours.counted(courses, workshops)
        for one in mine:
            one.minutes = counts.get(one.pk, one.minutes)


def certificates():
    found = []
    for row in Certificate.objects.all():
        if row.completion_id:
            about = _of_course(row.completion.enrolment.course_id) | _as_it_was(row.completion)
        else:
            registration = Registration.objects.get(uuid=row.attendance_basis)
            last = _attended(registration)
            place = _as_it_was(last) if last else {"agency": None, "sector": "", "sex": ""}
            about = _of_workshop(registration.workshop) | place
        ended = [event.at for event in row.events.all() if event.verb == "withdrawn"]
        ended += [one.issued_at for one in Certificate.objects.filter(replaces=row)]
        found.append(
            SimpleNamespace(
                owner=_owner(row.person), at=row.issued_at, is_correction=row.replaces_id is not None,
                ended=[timezone.localdate(at) for at in ended], until=row.valid_until, **about,
            )
        )  # fmt: skip
    return found


def _first(attempts, purpose):
    of_it = [
        one for one in attempts if one.state == "submitted" and one.quiz_edition.policy["purpose"] == purpose
    ]
    return min(of_it, key=lambda one: (one.submitted_at, one.pk), default=None)


def tested():
    found, by_enrolment = [], defaultdict(list)
    for row in Attempt.objects.exclude(enrolment=None):
        by_enrolment[row.enrolment].append(row)
    for enrolment, attempts in by_enrolment.items():
        before, after = _first(attempts, "pretest"), _first(attempts, "final")
        if before and after and before.submitted_at < after.submitted_at:
            completion = Completion.objects.filter(enrolment=enrolment).first()
            place = _as_it_was(completion) if completion else _as_it_is(enrolment.person)
            facts = {"owner": _owner(enrolment.person), "at": after.submitted_at}
            found.append(SimpleNamespace(**facts, **_of_course(enrolment.course_id), **place))
    for registration in Registration.objects.all():
        handed_in = RoomAttempt.objects.filter(registration=registration, attempt__state="submitted")
        if {row.when for row in handed_in} == {"before", "after"}:
            workshop, last = registration.workshop, _attended(registration)
            at = max(session.ends_at for session in workshop.sessions.all())
            place = _as_it_was(last) if last else _as_it_is(registration.person)
            facts = {"owner": _owner(registration.person), "at": at}
            found.append(SimpleNamespace(**facts, **_of_workshop(workshop), **place))
    return found


class Recount:
    def __init__(self):
        self.trainings, self.certificates, self.tested = trainings(), certificates(), tested()

    def value(self, name, scope):
        return getattr(self, name.replace("-", "_"))(scope)

    # --- Narrowing ------------------------------------------------------------------------

    def fits(self, one, scope):
        if scope.only_agency is not None and one.agency != scope.only_agency:
            return False
        for name in COLUMNS:
            wanted, has = getattr(scope, name), getattr(one, name)
            if wanted == NONE and has not in (None, ""):
                return False
            if wanted and wanted != NONE and str(has) != wanted:
                return False
        return True

    def within(self, rows, scope):
        days = (scope.period.first, scope.period.last)
        return [
            one for one in rows if self.fits(one, scope) and days[0] <= timezone.localdate(one.at) <= days[1]
        ]

    def valid(self, scope):
        return [
            one
            for one in self.certificates
            if self.fits(one, scope)
            and timezone.localdate(one.at) <= scope.day
            and (one.until is None or one.until >= scope.day)
            and all(day > scope.day for day in one.ended)
        ]

    # --- Figures --------------------------------------------------------------------------

    def people(self, scope):
        return len({one.owner for one in self.within(self.trainings, scope)})

    def first_time(self, scope):
        before = {one.owner for one in self.trainings if timezone.localdate(one.at) < scope.period.first}
        return len({one.owner for one in self.within(self.trainings, scope)} - before)

    def attendances(self, scope):
        return sum(one.kind == "workshop" for one in self.within(self.trainings, scope))

    def completions(self, scope):
        return sum(one.kind == "completion" for one in self.within(self.trainings, scope))

    def hours(self, scope):
        return sum(one.minutes for one in self.within(self.trainings, scope))

    def issued(self, scope):
        return sum(not one.is_correction for one in self.within(self.certificates, scope))

    def in_force(self, scope):
        return len(self.valid(scope))

    def certified(self, scope):
        return len({one.owner for one in self.valid(scope)})

    def lapsing(self, scope):
        last = scope.day + timedelta(days=90)
        return sum(one.until is not None and one.until < last for one in self.valid(scope))

    def tested_people(self, scope):
        return len({one.owner for one in self.within(self.tested, scope)})


def scopes_of(dice, read):
    """Some scopes by these dice: a period, and none, one or two filters that fit something."""
    every = [*trainings(), *certificates()]
    for period in ["calendar-2025", "fiscal-2025", "us-2026", "calendar-2024", "", "calendar-2026"]:
        asked = {"period": period} if period else {"from": "2025-03-01", "to": "2025-03-31"}
        like = dice.choice(every)
        for name in dice.sample(sorted(COLUMNS), dice.randrange(3)):
            asked[name] = str(getattr(like, name) or NONE)
        agency = like.agency if like.agency and dice.random() < 0.2 else None
        yield read(asked, only_agency=agency)
