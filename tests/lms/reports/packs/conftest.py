"""A year with workshops, a course on line, tests in the room, an awareness event."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from courses.attendance import photographs
from courses.choices import WorkshopKind, WorkshopState
from lms.reports.figures import scope as scopes
from tests.courses.room.room import make_room, sit
from tests.factories import (
    make_attendance,
    make_person,
    make_registration,
    make_small_course,
    make_workshop,
)
from tests.lms.reports.conftest import finish


def moment(*day):
    return timezone.make_aware(datetime(*day, 9))


@pytest.fixture
def year(police, hospital, constable, focal_point):
    """Six of the police and two of the hospital at two workshops of this year, five with both tests."""
    now = timezone.now()
    people = [
        make_person(full_name=f"Officer {'ABCDEF'[n]}", agency=police, sex="female" if n < 5 else "male")
        for n in range(6)
    ] + [make_person(full_name=f"Nurse {'GH'[n]}", agency=hospital, phone="+17584521234") for n in range(2)]
    room = make_room(
        title="Interviewing", funder="IOM", guests="Jane Trainer", venue="Castries", district="castries"
    )
    for n, person in enumerate(people[:6]):
        registration = make_registration(room, person)
        if n < 5:
            sit(registration, "before", right=False)
        make_attendance(registration)
        if n < 5:
            sit(registration, "after", right=True)
    scan = ContentFile(b"%PDF-1.7 scan %%EOF", name="scan.pdf")
    photographs.attach(room, None, scan, actor=focal_point, at=now)
    second = make_workshop(title="Referral", starts_at=moment(now.year, 1, 5))
    for person in people[4:]:
        make_attendance(make_registration(second, person))
    make_workshop(
        title="Open day", kind=WorkshopKind.AWARENESS, headcount=40, headcount_women=22,
        starts_at=moment(now.year, 1, 6),
    )  # fmt: skip
    draft = make_workshop(title="Draft", state=WorkshopState.PLANNED, sessions=0)
    page = make_small_course()
    finish(constable.person, page, at=now)
    return SimpleNamespace(
        draft=draft,
        now=now,
        scope=scopes.read({"period": f"calendar-{now.year}"}),
        people=people,
        room=room,
        second=second,
        page=page,
    )
