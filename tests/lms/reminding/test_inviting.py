"""The office asks people to renew: each once, and who is not written to is told with the reason."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from certificates.correcting import withdraw
from certificates.issuing import issue
from courses.audit.models import AuditEntry
from courses.choices import EnrolmentState
from courses.enrolment.enrolling import enrol
from courses.people.merging import merge
from lms.reminding import inviting, muting
from lms.reminding.inviting import Outcome, invite
from tests.factories import (
    make_completion,
    make_course,
    make_course_page,
    make_enrolment,
    make_person,
    make_user,
)
from tests.test_discretion import TOPIC

# What is written at night waits until eight.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]


@pytest.fixture
def course():
    course = make_course(title="Counter-trafficking", neutral_title="Programme one", validity_months=24)
    make_course_page(course)
    return course


@pytest.fixture
def nine():
    return timezone.localtime().replace(hour=9, minute=0)


def person(name, **kwargs):
    return make_user(email=f"{name.lower()}@example.org", person=make_person(full_name=name, **kwargs)).person


def lapsing(who, course, nine, *, left=60):
    """A certificate that counts for about so many more days."""
    at = nine - timedelta(days=731 - left)
    enrolment = make_enrolment(who, course, at=at, state=EnrolmentState.COMPLETED, ended_at=at)
    return issue(make_completion(enrolment, at=at), actor=None, at=at)


def names(found):
    return {outcome: [one.full_name for one in people] for outcome, people in found.items()}


def test_one_neutral_letter_and_pressed_twice_it_is_written_once(course, nine, focal_point):
    ann = person("Ann")
    first = lapsing(ann, course, nine)
    other = make_course(title="Victims", neutral_title="Programme two", validity_months=24)
    make_course_page(other)
    keys = [first.pk, lapsing(ann, other, nine).pk]
    mail.outbox.clear()

    assert names(invite(keys, actor=focal_point, at=nine)) == {Outcome.WRITTEN: ["Ann"]}
    assert names(invite(keys, actor=focal_point, at=nine)) == {Outcome.ALREADY: ["Ann"]}
    assert names(invite(keys[1:], actor=focal_point, at=nine)) == {Outcome.ALREADY: ["Ann"]}
    [letter] = mail.outbox
    assert "Programme one: it counts until" in letter.body
    assert "Programme two: it counts until" in letter.body
    assert not TOPIC.search(letter.subject + letter.body)
    assert AuditEntry.objects.filter(verb="invited to renew", object_id=str(ann.pk)).count() == 1

    tomorrow = nine + timedelta(days=1)
    assert names(invite(keys, actor=focal_point, at=tomorrow)) == {Outcome.WRITTEN: ["Ann"]}


def test_whoever_is_not_written_to_is_told_with_the_reason(course, nine, focal_point):
    muted, left, silent = person("Muted"), person("Left"), make_person(full_name="Silent")
    renews, void, early, twin = person("Renews"), person("Void"), person("Early"), make_person(full_name="Twin")
    rows = [lapsing(one, course, nine) for one in (muted, left, silent, renews, void, twin)]
    rows.append(lapsing(early, course, nine, left=200))
    muting.mute(muted, actor=None, at=nine)
    left.left_on = nine.date()
    left.save()
    enrol(renews, course, actor=None, at=nine)
    withdraw(rows[4], public_reason="error", reason="Private", actor=None, at=nine)
    # What a merged record holds is the surviving person's.
    merge(twin, person("Whole"), actor=None, at=nine)
    mail.outbox.clear()

    found = invite([one.pk for one in rows], actor=focal_point, at=nine)

    assert names(found) == {
        Outcome.MUTED: ["Muted"],
        Outcome.LEFT: ["Left"],
        Outcome.NO_ADDRESS: ["Silent"],
        Outcome.NOT_DUE: ["Early", "Renews", "Void"],
        Outcome.WRITTEN: ["Whole"],
    }
    assert [letter.to for letter in mail.outbox] == [["whole@example.org"]]


def test_what_is_too_much_for_one_press_is_written_by_the_next(course, nine, focal_point, monkeypatch):
    monkeypatch.setattr(inviting, "MOST_AT_ONCE", 1)
    keys = [lapsing(person(name), course, nine).pk for name in ("Ann", "Bea")]

    assert names(invite(keys, actor=focal_point, at=nine)) == {
        Outcome.WRITTEN: ["Ann"],
        Outcome.WAITING: ["Bea"],
    }
    assert names(invite(keys, actor=focal_point, at=nine)) == {
        Outcome.ALREADY: ["Ann"],
        Outcome.WRITTEN: ["Bea"],
    }
