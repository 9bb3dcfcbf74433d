"""Old paper registers: each row says that somebody was trained on a day, about a topic, for so long."""

import datetime
import uuid
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.attendance import signing_in
from courses.attendance.models import ATTENDED, Attendance
from courses.attendance.paper_words import A_DAY, EARLIEST, read_date, read_minutes
from courses.attendance.signing_in import SignIn
from courses.audit import log
from courses.choices import (
    AttendanceMark,
    AttendanceMethod,
    ImportKind,
    ImportOutcome,
    ImportResult,
    RegistrationWay,
    WorkshopKind,
    WorkshopState,
)
from courses.imports import persons
from courses.imports.kinds import field
from courses.imports.people import PersonKind, address_for
from courses.people.names import NameRefused, clean_text, same_name
from courses.workshops import registering
from courses.workshops.models import Session, Workshop, WorkshopTopic

OF_PERSONS = ["full_name", "first_name", "last_name", "agency", "service_number", "phone", "email", "rank"]
FIELDS = [
    field("date", _("Date"), "date day dateoftraining trainingdate workshopdate datum tag fecha dia jour"),
    field(
        "topic",
        _("Topic"),
        "topic subject theme training trainingtopic course sujet formation tema capacitacion curso thema kurs",
    ),
    field(
        "hours",
        _("Hours"),
        "hours hour hrs duration numberofhours heures duree nombredheures horas duracion stunden dauer",
    ),
    field("title", _("Title of the training"), "title workshop workshoptitle event titre titulo taller titel"),
    field("venue", _("Venue"), "venue place location lieu lugar ort veranstaltungsort sede"),
    *(each for each in persons.FIELDS if each.name in OF_PERSONS),
]
NEEDED = {"date": _("date"), "topic": _("topic"), "hours": _("hours")}
LONGEST = {"title": 160, "venue": 200}
BEGINS = datetime.time(9)


@dataclass(frozen=True)
class Training:
    """What a row says was held. Without a title it is called by its topic."""

    date: datetime.date
    topic: str
    minutes: int
    title: str
    venue: str = ""


def read_training(values, today):
    """(Training or None, notes)"""
    notes, text = [], values.get("date", "")
    date = read_date(text) if text else None
    if date is None:
        notes.append(["date" if text else "date_empty", {"text": text}])
    elif not EARLIEST <= date <= today:
        notes.append(["date_future" if date > today else "date_past", {"text": text}])
    text = values.get("hours", "")
    minutes = read_minutes(text) if text else None
    if minutes is None:
        notes.append(["hours" if text else "hours_empty", {"text": text}])
    elif minutes > A_DAY:
        notes.append(["hours_many", {"text": text}])
    texts = {name: _clean(name, values.get(name, ""), notes) for name in ("topic", "title", "venue")}
    if not texts["topic"] and not any(code.startswith("unseen") for code, _facts in notes):
        notes.append(["topic_empty", {}])
    if notes:
        return None, notes
    return Training(date, texts["topic"], minutes, texts["title"] or texts["topic"], texts["venue"]), []


def _clean(name, text, notes):
    try:
        text = clean_text(text)
    except NameRefused:
        notes.append(["unseen", {"field": name}])
        return ""
    if len(text) > LONGEST.get(name, 160):
        notes.append(["too_long", {"field": name, "n": LONGEST.get(name, 160)}])
        return ""
    return text


def session_of(training):
    """The session that was held so, whoever wrote it down, or None."""
    begins = timezone.make_aware(datetime.datetime.combine(training.date, datetime.time()))
    sessions = Session.objects.select_related("workshop__topic").filter(
        starts_at__gte=begins,
        starts_at__lt=begins + datetime.timedelta(days=1),
        workshop__kind=WorkshopKind.WORKSHOP,
        workshop__state=WorkshopState.CLOSED,
    )
    for session in sessions.order_by("id"):
        workshop = session.workshop
        same_words = same_name(workshop.title, training.title) and same_name(
            workshop.topic.name, training.topic
        )
        if same_words and session.credit == training.minutes:
            return session
    return None


def session_for(training, *, actor, at):
    """That session; made, with a closed workshop of its own, where there is none yet."""
    names = WorkshopTopic.objects.values_list("name", flat=True)
    name = next((name for name in names if same_name(name, training.topic)), training.topic)
    topic, _made = WorkshopTopic.objects.get_or_create(name=name)
    # The topic's row is the lock: two registers of one day make one workshop.
    WorkshopTopic.objects.select_for_update().get(pk=topic.pk)
    found = session_of(training)
    if found is not None:
        return found
    begins = timezone.make_aware(datetime.datetime.combine(training.date, BEGINS))
    ends = begins + datetime.timedelta(minutes=training.minutes)
    workshop = Workshop.objects.create(
        title=training.title,
        topic=topic,
        venue=training.venue,
        state=WorkshopState.CLOSED,
        self_registration=False,
        closed_at=ends,
    )
    log.record("workshop added from a register", workshop, actor=actor, at=at)
    return Session.objects.create(workshop=workshop, starts_at=begins, ends_at=ends)


def _place(row, data, person):
    """Where the person stood then, as far as the register itself says so; the rest is as it is today.

    Of another agency nothing of today's post and sector is so.
    """
    place = {"rank": data.rank} if data.rank else {}
    if row.values.get("agency") and data.agency.pk != person.agency_id:
        sector = data.agency.sector
        place |= {"agency": data.agency, "agency_name": data.agency.name, "post_name": "", "rank": data.rank}
        place |= {"sector_code": sector.code, "sector_name": sector.name}
    return place


def was_there(person, session):
    mine = Attendance.objects.filter(session=session, presence__in=ATTENDED)
    return (
        mine.filter(registration__person=person).exists()
        or mine.filter(registration__person__merged_into=person).exists()
    )


class RegisterKind(PersonKind):
    name = ImportKind.REGISTER
    fields = FIELDS
    at_once = 100

    def missing(self, columns):
        needed = [label for name, label in NEEDED.items() if name not in columns]
        return [*super().missing(columns), *needed]

    def check(self, job, rows):
        super().check(job, rows)
        # The same row twice in one file is one training.
        digests = {row.digest for row in rows}
        known = dict(job.rows.filter(digest__in=digests).order_by("-n").values_list("digest", "n"))
        for row in rows:
            first = known.setdefault(row.digest, row.n)
            if first != row.n and row.outcome != ImportOutcome.ERROR:
                row.outcome, row.notes = ImportOutcome.LEAVE, [["same_row", {"n": first}]]

    def check_rest(self, row):
        training, notes = read_training(row.values, timezone.localdate())
        row.notes = [*row.notes, *notes]
        return training is not None

    def known(self, row, data, person, earlier):
        self._say(row, person)

    def repeated(self, row, data, earlier):
        row.notes.append(["same_row", {"n": row.same_as}])
        if earlier.person_id:
            row.person_id = earlier.person_id
            self._say(row, earlier.person)
        else:
            row.outcome = ImportOutcome.UPDATE

    def unknown(self, row, data):
        row.outcome = ImportOutcome.CREATE

    def look_again(self, row):
        """Nothing of the person is changed by a register."""

    def _say(self, row, person):
        training, _notes = read_training(row.values, timezone.localdate())
        session = session_of(training)
        if session is not None and was_there(person, session):
            row.outcome = ImportOutcome.LEAVE
            row.notes.append(["there", {}])
        else:
            row.outcome = ImportOutcome.UPDATE

    def do(self, row, data, person, *, actor, at, job):
        if person is None and row.same_as:
            row.notes.append(["no_person", {"n": row.same_as}])
            return ImportResult.SKIPPED
        is_new = person is None
        if is_new:
            address = address_for(row, data)
            person = persons.add_person(data, contact_email=address, actor=actor, at=at, job=job)
        row.person = person
        training, _notes = read_training(row.values, timezone.localdate(at))
        session = session_for(training, actor=actor, at=at)
        if was_there(person, session):
            return ImportResult.LEFT
        registration = registering.register(
            session.workshop, person, way=RegistrationWay.REGISTER, actor=actor, at=at
        )
        sign_in = SignIn(
            # Made of the two, so that the same row again is known.
            uuid.uuid5(registration.uuid, f"register {session.pk}"),
            registration,
            session,
            mark=AttendanceMark.PRESENT,
            method=AttendanceMethod.REGISTER,
            at=session.starts_at,
            place=_place(row, data, person),
        )
        kept = signing_in.write(sign_in, author=str(actor or log.SYSTEM), at=at)
        if is_new:
            return ImportResult.CREATED
        return ImportResult.UPDATED if kept.is_new else ImportResult.LEFT
