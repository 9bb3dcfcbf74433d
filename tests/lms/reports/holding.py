"""People who hold certificates, for the tests of figures."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from certificates.issuing import issue
from courses.choices import EnrolmentState
from courses.dates import add_months
from tests.factories import make_completion, make_course, make_enrolment

A_YEAR = 12


def certify(person, days=None):
    """A certificate of a new course that lapses in about so many days; None: without an end."""
    now = timezone.now()
    at, months = now, None
    if days is not None:
        day = add_months(timezone.localdate() + timedelta(days=days), -A_YEAR)
        at, months = timezone.make_aware(datetime.combine(day, time(12))), A_YEAR
    course = make_course(validity_months=months)
    enrolment = make_enrolment(person, course, at=at, state=EnrolmentState.COMPLETED, ended_at=at)
    return issue(make_completion(enrolment, at=at), actor=None, at=now)
