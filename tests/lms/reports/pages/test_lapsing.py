"""What lapses, and the invitation: asked twice, written once, by those who may."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from certificates.issuing import issue
from courses.choices import EnrolmentState
from lms.reminding import muting
from tests.factories import (
    make_completion,
    make_course,
    make_course_page,
    make_enrolment,
    make_person,
    make_user,
)

# What is written at night waits until eight.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
URL, INVITE = "/reports/lapsing/", "/reports/lapsing/invite/"


@pytest.fixture
def rows(police, hospital):
    """Certificates of Ann and Bea of the police and of Cyd of the hospital, which lapse in 60 days."""
    course = make_course(title="Signs", neutral_title="Programme one", validity_months=24)
    make_course_page(course)
    at = timezone.now() - timedelta(days=731 - 60)
    found = []
    for name, agency in (("Ann", police), ("Bea", police), ("Cyd", hospital)):
        person = make_user(
            email=f"{name}@example.org", person=make_person(full_name=name, agency=agency)
        ).person
        enrolment = make_enrolment(person, course, at=at, state=EnrolmentState.COMPLETED, ended_at=at)
        found.append(issue(make_completion(enrolment, at=at), actor=None, at=at))
    mail.outbox.clear()
    return found


def names(response):
    return [row.owner.full_name for row in response.context["listing"]]


def written():
    return sorted(address for letter in mail.outbox for address in letter.to)


def outcomes(response):
    return {str(label): [one.full_name for one in people] for label, _n, people in response.context["outcomes"]}


def test_it_asks_first_and_writes_once(desk, rows):
    muting.mute(rows[1].person, actor=None, at=timezone.now())
    chosen = {"certificate": [rows[0].pk, rows[1].pk]}

    asked = desk.post(INVITE, chosen)
    assert (asked.context["people"], asked.context["names"]) == (2, ["Ann", "Bea"])
    assert written() == []
    told = desk.post(INVITE, chosen | {"confirmed": "1"})
    assert outcomes(told) == {"Invited now": ["Ann"], "Wants no reminders": ["Bea"]}
    again = desk.post(INVITE, {"all": "1", "confirmed": "1"})
    assert outcomes(again) == {
        "Invited now": ["Cyd"],
        "Invited earlier today: not written to again": ["Ann"],
        "Wants no reminders": ["Bea"],
    }
    assert written() == ["Ann@example.org", "Cyd@example.org"]


def test_all_of_the_list_is_all_of_the_narrowed_list(desk, rows, hospital):
    assert names(desk.get(URL, {"agency": hospital.pk, "period": "calendar-2020"})) == ["Cyd"]

    told = desk.post(f"{INVITE}?agency={hospital.pk}", {"all": "1", "confirmed": "1"})

    assert outcomes(told) == {"Invited now": ["Cyd"]}
    assert written() == ["Cyd@example.org"]


@pytest.mark.parametrize("data", [{}, {"certificate": ["x", "9" * 40, "-1", ""]}])
def test_nobody_chosen_is_said(desk, rows, data):
    assert "Nobody was chosen" in desk.post(INVITE, {**data, "confirmed": "1"}, follow=True).content.decode()
    assert written() == []


def test_those_who_look_see_and_do_not_write(client_of, auditor, supervisor_police, rows, police, hospital):
    look = client_of(auditor)
    assert names(look.get(URL)) == ["Ann", "Bea", "Cyd"]
    assert "Invite" not in look.get(URL).content.decode()
    theirs = client_of(supervisor_police)
    assert names(theirs.get(URL, {"agency": hospital.pk})) == []
    assert names(theirs.get(URL)) == ["Ann", "Bea"]
    for client in (look, theirs):
        assert client.post(INVITE, {"all": "1", "confirmed": "1"}).status_code == 403
    # Whoever works elsewhere now is no longer this supervisor's to see.
    person = rows[0].person
    person.agency = hospital
    person.save()
    assert names(theirs.get(URL)) == ["Bea"]
    assert written() == []
