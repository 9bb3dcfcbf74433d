"""Old paper registers become workshops, registrations and hours; twice adds nothing."""

import datetime

import pytest
from django.utils import timezone

from courses.attendance.models import Attendance, AttendanceEvent
from courses.attendance.paper_words import read_date, read_minutes
from courses.choices import AttendanceMethod, ImportDecision, Presence, RegistrationWay, WorkshopState
from courses.imports import deciding
from courses.people.models import Person
from courses.workshops.models import Registration, Session, Workshop
from tests.courses.imports.importing import check, outcomes, results, run

REGISTER = (
    "Participant;Agency;Date;Topic;Hours;Title;Venue\n"
    "Constance Joseph;RSLPF;28/03/2019;identifying VICTIMS;6;;Castries\n"
    "Old Hand;RSLPF;28/03/2019;Identifying victims;6,0;;\n"
    "Old Hand;RSLPF;2 April 2020;Referral;2:30;Who to call;\n"
    "Old Hand;RSLPF;2020-04-02;Referral;2:30;Who to call;\n"
    "Old Hand;RSLPF;2020-04-02;Referral;2:30;Who to call;\n"
    ";RSLPF;31/02/2019;;30;;\n"
)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019-03-28", (2019, 3, 28)),
        ("2019-03-28 09:00", (2019, 3, 28)),
        ("4/3/2019", (2019, 3, 4)),
        ("28.03.2019", (2019, 3, 28)),
        ("28 March 2019", (2019, 3, 28)),
        ("March 28th, 2019", (2019, 3, 28)),
        ("28 août 2019", (2019, 8, 28)),
        ("31/02/2019", None),
        ("last week", None),
    ],
)
def test_dates_are_read_day_first(text, date):
    assert read_date(text) == (date and datetime.date(*date))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("6", 360), ("6.5", 390), ("6,25 hours", 375), ("1h30", 90), ("0:45", 45), ("0", None), ("six", None)],
)
def test_hours_are_read(text, minutes):
    assert read_minutes(text) == minutes


@pytest.mark.django_db
def test_a_register_becomes_workshops_of_its_days_and_twice_adds_nothing(focal_point, constable):
    job = check(REGISTER, focal_point, kind="register")
    assert outcomes(job) == [
        (2, "decide", ["same_name"]),
        (3, "create", []),
        (4, "update", ["same_row"]),
        (5, "update", ["same_row"]),
        (6, "leave", ["same_row"]),
        (7, "error", ["name_empty", "date", "hours_many", "topic_empty"]),
    ]
    deciding.decide_the_rest(job, ImportDecision.SAME)
    assert results(run(job, focal_point)) == ["updated", "created", "updated", "left", "left", "error"]

    victims, referral = Workshop.objects.order_by("id")
    assert (victims.title, victims.state, victims.venue) == (
        "identifying VICTIMS", WorkshopState.CLOSED, "Castries",
    )  # fmt: skip
    assert [session.credit for session in Session.objects.order_by("starts_at")] == [360, 150]
    assert timezone.localtime(victims.sessions.get().starts_at).date() == datetime.date(2019, 3, 28)
    assert (referral.title, referral.topic.name) == ("Who to call", "Referral")
    hand = Person.objects.get(full_name="Old Hand")
    mine = Attendance.objects.filter(registration__person=hand)
    assert [(one.presence, one.agency_name) for one in mine] == [
        (Presence.PRESENT, "Royal Saint Lucia Police Force")
    ] * 2
    assert {one.way for one in Registration.objects.all()} == {RegistrationWay.REGISTER}
    assert {one.method for one in AttendanceEvent.objects.all()} == {AttendanceMethod.REGISTER}
    assert constable.person.registrations.count() == 1

    counts = [model.objects.count() for model in (Person, Workshop, Registration, Attendance, AttendanceEvent)]
    again = check(REGISTER, focal_point, kind="register")
    assert [outcome for _n, outcome, _notes in outcomes(again)] == ["leave"] * 5 + ["error"]
    run(again, focal_point)
    # Another spelling of it, with a decision to make: still the same day and the same person.
    third = check(REGISTER.replace("Old Hand", "Hand, Old"), focal_point, kind="register")
    deciding.decide_the_rest(third, ImportDecision.SAME)
    assert set(results(run(third, focal_point))) == {"left", "error"}
    assert counts == [
        model.objects.count() for model in (Person, Workshop, Registration, Attendance, AttendanceEvent)
    ]


@pytest.mark.django_db
def test_rows_of_somebody_left_out_are_left_out(focal_point, constable):
    job = check(
        "Name,Agency,Date,Topic,Hours\nConstance Joseph,RSLPF,2019-01-01,A,1\n"
        "Constance Joseph,RSLPF,2019-01-02,A,1\n",
        focal_point,
        kind="register",
    )
    deciding.decide_the_rest(job, ImportDecision.SKIP)
    assert results(run(job, focal_point)) == ["skipped", "skipped"]
    assert not Workshop.objects.exists()


@pytest.mark.django_db
def test_the_agency_written_in_the_register_is_kept_whatever_it_is_today(focal_point, constable, nurse):
    nurse.person.phone = "+17584521234"
    nurse.person.save()
    text = (
        "Participant;Agency;Phone;Rank;Date;Topic;Hours\n"
        f"{nurse.person.full_name};RSLPF;4521234;WPC;28/03/2019;Referral;6\n"
        f"{nurse.person.full_name};;4521234;;29/03/2019;Referral;6\n"
    )

    run(check(text, focal_point, kind="register"), focal_point)

    first, second = Attendance.objects.order_by("session__starts_at")
    police, today = constable.person.agency, nurse.person.agency
    assert (first.agency, first.agency_name, first.sector_code, first.rank) == (
        police, police.name, police.sector.code, "WPC",
    )  # fmt: skip
    assert (second.agency, second.agency_name) == (today, today.name)
