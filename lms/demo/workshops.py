"""Workshops of the demo: two that were held, one of today to try the door with, one to come."""

import random
import uuid
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from courses.attendance import closing, signing_in
from courses.catalogue.models import Course
from courses.choices import AttendanceMark, AttendanceMethod, District, RegistrationWay, WorkshopState
from courses.people.models import Person, User
from courses.workshops import registering, wall_codes
from courses.workshops.models import Session, Workshop, WorkshopTopic
from lms.demo import tables

VENUES = [("Police Training School", District.CASTRIES), ("Vieux Fort Town Hall", District.VIEUX_FORT)]
# (title, topic, days from today, days it lasts, people)
HELD = [
    ("First contact and referral", "Identification and referral", -300, 2, 22),
    ("Protection after identification", "Protection of victims", -120, 1, 18),
]
TODAY = ("Interviewing with care", "Identification and referral", 0, 1, 14)
COMING = ("Signs at the border", "Identification and referral", 12, 1, 12)


def load(at):
    """Add the workshops that are missing. Loading twice changes nothing."""
    people = list(Person.objects.filter(service_number__startswith="DEMO-").order_by("service_number"))
    office = User.objects.get(email="focal.point@example.org")
    facilitator = User.objects.get(email="facilitator@example.org")
    for planned in [*HELD, TODAY, COMING]:
        if people and not Workshop.objects.filter(title=planned[0]).exists():
            _add(planned, people, office, facilitator, at)


@transaction.atomic
def _add(planned, people, office, facilitator, at):
    title, topic, in_days, days, size = planned
    rng = random.Random(title)
    venue, district = VENUES[len(title) % len(VENUES)]
    workshop = Workshop.objects.create(
        title=title,
        topic=WorkshopTopic.objects.get_or_create(name=topic)[0],
        course=Course.objects.filter(code="slu-ctip").first() if in_days < 0 else None,
        state=WorkshopState.OPEN,
        venue=venue,
        district=district,
        capacity=40,
        funder="Department of Home Affairs (demo)",
    )
    workshop.facilitators.set([facilitator.person])
    workshop.save()
    first = timezone.localdate(at) + timedelta(days=in_days)
    for day in range(days):
        for begin, end, name in ((9, 12, "Morning"), (13, 16, "Afternoon")):
            Session.objects.create(
                workshop=workshop,
                title=name,
                starts_at=_clock(first + timedelta(days=day), begin),
                ends_at=_clock(first + timedelta(days=day), end),
            )
    registrations = [
        registering.register(
            workshop, person, way=RegistrationWay.OFFICE, actor=office, at=at + timedelta(days=min(in_days, 0))
        )
        for person in rng.sample([one for one in people if one.is_approved], size)
    ]
    registering.give_rows(workshop)
    wall_codes.give_wall_codes(workshop)
    if in_days < 0:
        _hold(workshop, registrations, rng, facilitator)
        if planned == HELD[0]:
            tables.play(workshop, rng, actor=facilitator, at=_clock(first + timedelta(days=days - 1), 17))
        closing.close(workshop, actor=office, at=_clock(first + timedelta(days=days), 9))


def _hold(workshop, registrations, rng, facilitator):
    """Most come to every session, a few late; one in six misses some."""
    for registration in registrations:
        often = rng.choice([1, 1, 1, 1, 1, 0.5])
        for session in workshop.sessions.all():
            if rng.random() > often:
                continue
            late = rng.random() < 0.1
            arrived = session.starts_at + timedelta(minutes=25 if late else -rng.randrange(12))
            sign_in = signing_in.SignIn(
                uuid.UUID(int=rng.getrandbits(128), version=4),
                registration,
                session,
                AttendanceMark.LATE if late else AttendanceMark.PRESENT,
                AttendanceMethod.NAME,
                arrived,
            )
            signing_in.write(sign_in, author=str(facilitator), at=arrived)


def _clock(day, hour):
    return timezone.make_aware(datetime.combine(day, time(hour)))
