from datetime import UTC, datetime

import pytest

from certificates.issuing import issue
from tests.factories import make_completion, make_course, make_enrolment, make_person

NOW = datetime(2026, 12, 7, 15, 0, tzinfo=UTC)


@pytest.fixture
def completion(db):
    """Constance Joseph completed an approved course of 200 minutes; valid for 24 months."""
    person = make_person(full_name="Constance Joseph", rank="Constable")
    course = make_course(title="Recognising and Responding", validity_months=24)
    return make_completion(make_enrolment(person, course, at=NOW), at=NOW, minutes=200)


@pytest.fixture
def certificate(completion):
    return issue(completion, actor=None, at=NOW)
