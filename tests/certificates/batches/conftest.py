from datetime import UTC, datetime, timedelta

import pytest

from certificates.batches import making
from certificates.issuing import issue
from tests.factories import (
    make_attendance,
    make_completion,
    make_enrolment,
    make_person,
    make_registration,
    make_workshop,
)

NINE = datetime(2026, 12, 7, 13, 0, tzinfo=UTC)
NOW = NINE + timedelta(days=1)


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(making, "PAGES_A_PART", 5)


@pytest.fixture
def no_worker(settings):
    """What is put into the queue stays there."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def twelve(db):
    """Twelve completions with a certificate each."""
    return [
        issue(make_completion(make_enrolment(make_person(full_name=f"Person N{n:02}"))), actor=None, at=NOW)
        for n in range(12)
    ]


@pytest.fixture
def workshop(db):
    """One session of three hours, in which three of four were: Ann, Bel, and Cid, who walked in."""
    workshop = make_workshop(sessions=1, starts_at=NINE, title="Working together")
    for name in ("Ann Able", "Bel Baker", "Cid Carter", "Dot Daniel"):
        pending = {"approval": "pending"} if name.startswith("Cid") else {}
        registration = make_registration(workshop, make_person(full_name=name, **pending))
        if not name.startswith("Dot"):
            make_attendance(registration)
    return workshop
