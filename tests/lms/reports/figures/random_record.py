"""A small record of everything that figures are counted from, thrown by dice: all the odd cases among it."""

import uuid
from datetime import UTC, date, datetime, timedelta

from certificates.models import Certificate, CertificateEvent
from courses.attendance.models import Attendance
from courses.catalogue.models import CourseEdition
from courses.choices import (
    AttemptState,
    CertificateKind,
    CertificateVerb,
    District,
    Presence,
    RegistrationState,
    WorkshopKind,
    WorkshopState,
)
from courses.enrolment.models import Enrolment
from courses.people.models import Person, Post
from courses.progress.models import Completion, CompletionWithdrawn
from courses.quizzes.models import Attempt, Marking, QuizEdition
from courses.room.models import RoomAttempt
from courses.transcript.models import EarlierTraining, EarlierTrainingStruck
from courses.workshops.models import Registration, Session, Workshop
from tests.factories import make_agency, make_course, make_person, make_sector, make_topic

# Two years; midnight at the site is four in the morning here.
BEGIN = datetime(2024, 12, 20, 4, 0, tzinfo=UTC)
HOURS = 24 * 400


class Record:
    """Rows of every kind, by these dice."""

    def __init__(self, dice):
        self.dice, self.n = dice, 0
        sectors = [make_sector(code) for code in ("police", "health")]
        self.agencies = [make_agency(sector=sector) for sector in (*sectors, sectors[0])]
        posts = [Post.objects.create(agency=one, name="Front desk") for one in self.agencies]
        self.people = [self.person(sectors, posts) for _n in range(14)]
        for merged, survivor in ((0, 1), (2, 3), (4, 3)):
            Person.objects.filter(pk=self.people[merged].pk).update(merged_into=self.people[survivor])
        self.courses = [make_course() for _n in range(2)]
        self.editions = {
            one.pk: CourseEdition.objects.create(course=one, n=1, title=one.title, rule={}, created_at=BEGIN)
            for one in self.courses
        }
        self.quizzes = {
            purpose: QuizEdition.objects.create(
                quiz_key=uuid.uuid4(), locale="en", n=1, title=purpose, policy={"purpose": purpose}, items=[]
            )
            for purpose in ("pretest", "final", "check")
        }
        for _n in range(30):
            self.enrolment()
        for _n in range(5):
            self.workshop()
        for _n in range(8):
            self.earlier()

    # --- Dice -----------------------------------------------------------------------------

    def one(self, *choices):
        return self.dice.choice(choices)

    def chance(self, share):
        return self.dice.random() < share

    def moment(self):
        """Now and then the first or the last of a year."""
        edge = self.one(0, 0, 24 * 12, 24 * 377)
        return BEGIN + timedelta(hours=edge or self.dice.randrange(HOURS), microseconds=self.one(0, -1, 0))

    def place(self, person):
        """As it was then, which may not be as it is now."""
        agency = self.one(person.agency, *self.agencies, None)
        known = {"agency": agency, "agency_name": agency.name if agency else ""}
        return known | {
            "sector_code": agency.sector.code if agency else "",
            "post_name": self.one("", "Old desk"),
            "rank": self.one("", "Sergeant"),
            "sex": self.one("female", "male", "not_said", ""),
        }

    # --- Rows -----------------------------------------------------------------------------

    def person(self, sectors, posts):
        post = self.one(*posts, None)
        agency = post.agency if post else self.one(*self.agencies, None)
        sex = self.one("female", "male", "not_said", "")
        return make_person(agency=agency, post=post, sex=sex, sector=self.one(None, None, sectors[1]))

    def enrolment(self):
        person, course = self.one(*self.people), self.one(*self.courses)
        cycle = Enrolment.objects.filter(person=person, course=course).count() + 1
        at = self.moment()
        enrolment = Enrolment.objects.create(
            person=person, course=course, edition=self.editions[course.pk], cycle=cycle,
            state=self.one("completed", "withdrawn", "set_aside"), started_at=at, ended_at=at,
        )  # fmt: skip
        for _n in range(self.dice.randrange(4)):
            self.attempt(person, enrolment=enrolment, cycle=cycle)
        if self.chance(0.7):
            completion = Completion.objects.create(
                enrolment=enrolment, rule={}, evidence={}, at=self.moment(),
                minutes=self.one(0, 60, 240), **self.place(person),
            )  # fmt: skip
            self.certificates(person, kind=CertificateKind.COMPLETION, completion=completion)
            if self.chance(0.2):
                CompletionWithdrawn.objects.create(
                    completion=completion, reason="-", actor="-", at=self.moment()
                )

    def attempt(self, person, quiz=None, **kwargs):
        quiz = quiz or self.quizzes[self.one("pretest", "final", "pretest", "final", "check")]
        at = self.moment()
        state = self.one(*[AttemptState.SUBMITTED] * 4, AttemptState.VOID)
        attempt = Attempt.objects.create(
            person=person, quiz_edition=quiz, quiz_key=quiz.quiz_key, state=state,
            started_at=at, submitted_at=at, **kwargs,
        )  # fmt: skip
        for n in range(1, self.one(2, 2, 3)):
            Marking.objects.create(
                attempt=attempt, n=n, at=at, key_versions={}, score=self.dice.randrange(101), passed=True,
                details={"items": []},
            )  # fmt: skip
        return attempt

    def workshop(self):
        workshop = Workshop.objects.create(
            title="Workshop", topic=make_topic(), course=self.one(None, *self.courses),
            kind=self.one(*[WorkshopKind.WORKSHOP] * 4, WorkshopKind.ELSEWHERE, WorkshopKind.AWARENESS),
            state=self.one(*[WorkshopState.CLOSED] * 4, WorkshopState.OPEN, WorkshopState.CANCELLED),
            same_event=self.chance(0.7), district=self.one("", District.CASTRIES, District.MICOUD),
            funder=self.one("", "Donor", "Embassy"),
        )  # fmt: skip
        begins = self.moment()
        sessions = [
            Session.objects.create(
                workshop=workshop, starts_at=begins + timedelta(days=n),
                ends_at=begins + timedelta(days=n, minutes=200), minutes=self.one(None, 90, 0),
            )
            for n in range(self.one(1, 2, 3))
        ]  # fmt: skip
        for person in self.dice.sample(self.people, 8):
            self.registration(workshop, sessions, person)

    def registration(self, workshop, sessions, person):
        state = self.one(*[RegistrationState.REGISTERED] * 4, *RegistrationState.values)
        registration = Registration.objects.create(workshop=workshop, person=person, state=state, at=BEGIN)
        attended = [
            Attendance.objects.create(
                registration=registration, session=session, presence=self.one(*Presence.values),
                **self.place(person),
            )
            for session in sessions
            if self.chance(0.7)
        ]  # fmt: skip
        for when in ("before", "after"):
            if self.chance(0.6):
                attempt = self.attempt(person, self.quizzes["check"], cycle=0)
                RoomAttempt.objects.create(attempt=attempt, registration=registration, when=when, at=BEGIN)
        if attended and self.chance(0.5):
            self.certificates(person, kind=CertificateKind.ATTENDANCE, attendance_basis=registration.uuid)

    def earlier(self):
        self.n += 1
        training = EarlierTraining.objects.create(
            person=self.one(*self.people), title=f"Course {self.n}", provider="IOM",
            held_on=date(2024, 12, 25) + timedelta(days=self.dice.randrange(390)),
            minutes=self.one(60, 480), at=BEGIN,
        )  # fmt: skip
        if self.chance(0.3):
            EarlierTrainingStruck.objects.create(training=training, reason="Wrong", at=BEGIN)

    def certificates(self, person, **basis):
        """None, one, or one that was corrected; some withdrawn, some expired."""
        at, before = self.moment(), None
        for _n in range(self.one(0, 1, 1, 1, 2)):
            self.n += 1
            before = Certificate.objects.create(
                number=f"N-{self.n}", token=uuid.uuid4().hex, short_code=f"S{self.n}", person=person, facts={},
                issued_at=at, valid_until=self.one(None, date(2025, 6, 30), at.date() + timedelta(days=60)),
                specimen=self.chance(0.2), replaces=before, **basis,
            )  # fmt: skip
            at += timedelta(days=self.dice.randrange(200))
        if before and self.chance(0.3):
            CertificateEvent.objects.create(
                certificate=before, verb=CertificateVerb.WITHDRAWN, actor="office", at=at
            )
