"""Workshops that were held: sessions, who came, and the tests in the room."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from courses.attendance.models import Attendance, AttendanceEvent
from courses.choices import (
    AttendanceMark,
    AttendanceMethod,
    District,
    Presence,
    Purpose,
    RegistrationWay,
    RoomTestWhen,
    WorkshopState,
)
from courses.quizzes.models import QuizEdition
from courses.workshops.models import Registration, Session, Workshop, WorkshopTopic
from lms.demo.crowd.certifying import Due
from lms.demo.crowd.studying import UNTIL, YEARS

FUNDERS = ["", "Department of Home Affairs", "Partner Fund A", "Partner Fund B"]
VENUES = ["Police Training School", "Town Hall", "Community College", "Health Centre"]
SIZES = range(12, 45)
# One in so many workshops has a test before and after; teaches the course; ends in statements of attendance.
TESTED, OF_COURSE, CERTIFIED = 3, 3, 2
HOURS = ((9, 12, "Morning"), (13, 16, "Afternoon"))
TEST_MINUTES = 12


class Holding:
    def __init__(self, rows, taking, course, *, rng, at):
        self.rows, self.taking, self.course, self.rng, self.at = rows, taking, course, rng, at
        self.topic = WorkshopTopic.objects.get_or_create(name="Identification and referral")[0]
        editions = QuizEdition.objects.filter(course=course, policy__purpose=Purpose.PRETEST)
        self.test_key = editions.order_by("pk").values_list("quiz_key", flat=True).first()

    def plan(self, people, count):
        """[(who registers, whether there are tests), ...] of so many workshops."""
        planned = []
        for n in range(count):
            size = min(self.rng.choice(SIZES), len(people))
            planned.append((self.rng.sample(people, size), self.test_key is not None and n % TESTED == 0))
        return planned

    def attempts_in(self, planned):
        return sum(2 * len(people) for people, tested in planned if tested)

    def hold(self, planned):
        """Yields the Due of each statement of attendance."""
        for n, (people, tested) in enumerate(planned, 1):
            yield from self._hold(n, people, tested)

    def _hold(self, n, people, tested):
        rng = self.rng
        first = timezone.localdate(self.at - UNTIL - rng.random() * (YEARS - UNTIL))
        days = [first + timedelta(days=day) for day in range(rng.choice((1, 1, 1, 2)))]
        place = rng.choice(VENUES), rng.choice(District.values)
        title = f"Identification and referral, group {n}"
        workshop_id = self.rows.add(
            Workshop,
            title=title,
            topic_id=self.topic.pk,
            course_id=self.course.pk if n % OF_COURSE == 0 else None,
            state=WorkshopState.CLOSED,
            venue=place[0],
            district=place[1],
            funder=rng.choice(FUNDERS),
            capacity=50,
            pretest_key=self.test_key if tested else None,
            posttest_key=self.test_key if tested else None,
            rows_given=len(people),
            created_at=_moment(first - timedelta(days=30), 9),
            closed_at=_moment(days[-1], 17),
        )
        sessions = [self._session(workshop_id, day, *hours) for day in days for hours in HOURS]
        for row, person in enumerate(people, 1):
            attended, uuid = self._come(workshop_id, row, person, sessions, tested)
            if n % CERTIFIED == 0 and attended == len(sessions):
                yield Due(
                    person,
                    _moment(days[-1], 18),
                    title,
                    180 * attended,
                    attended=uuid,
                    days=tuple(days),
                    place=f"{place[0]}, {District(place[1]).label}",
                )

    def _session(self, workshop_id, day, begin, end, title):
        starts_at, ends_at = _moment(day, begin), _moment(day, end)
        pk = self.rows.add(Session, workshop_id=workshop_id, title=title, starts_at=starts_at, ends_at=ends_at)
        return pk, starts_at, ends_at

    def _come(self, workshop_id, row, person, sessions, tested):
        """(how many sessions were attended, the uuid of the registration)"""
        rng, uuid = self.rng, self.rows.uuid()
        registration_id = self.rows.add(
            Registration,
            uuid=uuid,
            workshop_id=workshop_id,
            person_id=person.pk,
            way=RegistrationWay.OFFICE,
            row=row,
            at=sessions[0][1] - timedelta(days=14),
            by="The office",
        )
        often, attended = rng.choice((1, 1, 1, 1, 0.5, 0)), 0
        for session in sessions:
            came = rng.random() < often
            self._sign_in(registration_id, person, session, came)
            attended += came
        if tested:
            self._test(registration_id, person, RoomTestWhen.BEFORE, sessions[0][1])
            self._test(registration_id, person, RoomTestWhen.AFTER, sessions[-1][2] - timedelta(minutes=20))
        return attended, uuid

    def _sign_in(self, registration_id, person, session, came):
        session_id, starts_at, _ends_at = session
        late = came and self.rng.random() < 0.1
        mark = (AttendanceMark.LATE if late else AttendanceMark.PRESENT) if came else AttendanceMark.ABSENT
        at = starts_at + timedelta(minutes=25 if late else -self.rng.randrange(12))
        both = {"registration_id": registration_id, "session_id": session_id}
        self.rows.add(
            AttendanceEvent,
            mark=mark,
            method=AttendanceMethod.NAME,
            effective_at=at,
            received_at=at,
            author="A facilitator",
            **both,
        )
        self.rows.add(
            Attendance,
            presence=Presence(mark.value),
            arrived_at=at if came else None,
            **both,
            **person.place(),
        )

    def _test(self, registration_id, person, when, at):
        before = when == RoomTestWhen.BEFORE
        self.taking.take(
            person,
            self.test_key,
            (lambda paper: paper.weak(self.rng)) if before else (lambda paper: paper.strong(self.rng)),
            at=at,
            minutes=TEST_MINUTES,
            in_room={"registration_id": registration_id, "when": when},
        )


def _moment(day, hour):
    return timezone.make_aware(datetime.combine(day, time(hour)))
