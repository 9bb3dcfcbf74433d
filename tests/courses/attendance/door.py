"""A workshop whose first session has begun, for the tests of the door."""

from datetime import timedelta

from django.utils import timezone

from courses.attendance.sittings import midnight
from courses.choices import AttendanceMethod
from courses.workshops.models import Session
from courses.workshops.registering import give_rows
from tests.factories import make_attendance, make_registration, make_workshop


def just_begun():
    """Five minutes ago, and on this day."""
    now = timezone.now()
    return max(now - timedelta(minutes=5), midnight(timezone.localdate(now)))


def make_running(*people, code="7KQ4", **kwargs):
    """A workshop with these people on its sheet, rows 1, 2, ... by surname; a code is on the wall."""
    workshop = make_workshop(starts_at=kwargs.pop("starts_at", None) or just_begun(), **kwargs)
    for person in people:
        make_registration(workshop, person)
    give_rows(workshop)
    Session.objects.filter(pk=workshop.sessions.first().pk).update(wall_code=code)
    return workshop


def move(workshop, **delta):
    """All sessions earlier (or later) than they were."""
    for session in workshop.sessions.all():
        session.starts_at += timedelta(**delta)
        session.ends_at += timedelta(**delta)
        session.save()


def sign_in_by_wall(registration, session=None):
    return make_attendance(registration, session, method=AttendanceMethod.WALL)
