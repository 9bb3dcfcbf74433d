"""Statements of Attendance: who meets the rule, what is frozen, and that they behave like any certificate."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from certificates.attending import issue_attendance
from certificates.batches.standing import people_of
from certificates.correcting import correct, withdraw
from certificates.filing import file_of
from certificates.models import Certificate, Design
from courses.attendance import wall
from courses.catalogue.models import CoursePage
from courses.choices import (
    Approval,
    AttendanceMark,
    AttendanceMethod,
    RegistrationWay,
    RoomTestWhen,
    WorkshopState,
)
from courses.people.models import Person
from courses.room.deserving import standings
from courses.room.models import RoomAttempt
from courses.room.requirements import unmet
from courses.transcript.reading import transcript_of
from courses.workshops import registering
from tests.answering import take
from tests.factories import (
    make_attendance,
    make_enrolment,
    make_person,
    make_quiz,
    make_registration,
    make_workshop,
)

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 12, 7, 13, 0, tzinfo=UTC)  # nine o'clock in Saint Lucia
NOW = NINE + timedelta(days=2)


@pytest.fixture
def workshop():
    """Two days of two sessions of three hours; half of them and no test are asked for."""
    return make_workshop(
        days=2, starts_at=NINE, required_share=50, title="Working together", district="castries"
    )


def attend(registration, *numbers, **kwargs):
    sessions = list(registration.workshop.sessions.all())
    for n in numbers:
        make_attendance(registration, sessions[n], **kwargs)
    return registration


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({}, []),
        ({"attended": 3}, ["sessions"]),
        ({"attended": 3, "unconfirmed": 1}, ["sessions", "unconfirmed"]),
        ({"attended": 0, "planned": 0}, ["no sessions"]),
        ({"required_mark": 70, "mark": 70}, []),
        ({"required_mark": 70, "mark": 69}, ["mark"]),
        ({"required_mark": 70, "attended": 3}, ["sessions", "no test"]),
    ],
)
def test_the_rule_counts_over_all_planned_sessions(values, missing):
    rule = {
        "attended": 4,
        "unconfirmed": 0,
        "planned": 5,
        "required_share": 80,
        "mark": None,
        "required_mark": None,
    }
    assert unmet(**{**rule, **values}) == missing


def test_who_meets_the_rule_and_who_does_not_and_why(workshop, django_assert_num_queries):
    people = {
        name: make_registration(workshop, make_person(full_name=name)) for name in ("B A", "C B", "D C", "E D")
    }
    attend(people["B A"], 0, 1, mark=AttendanceMark.LATE)
    attend(people["C B"], 0)
    attend(people["D C"], 0, 1, method=AttendanceMethod.WALL)
    walk_in = make_registration(
        workshop, make_person(full_name="F E", approval=Approval.PENDING), way=RegistrationWay.WALK_IN
    )
    attend(walk_in, 0, 3)
    refused = make_registration(workshop, make_person(full_name="G F", approval=Approval.REFUSED))
    attend(refused, 0, 1, 2, 3)
    make_registration(workshop, state="cancelled")
    with django_assert_num_queries(3):
        found = [(one.person.full_name, one.minutes, one.reasons) for one in standings(workshop)]
    assert found == [
        ("B A", 360, []),
        ("C B", 180, ["1 of 4 sessions"]),
        ("D C", 0, ["0 of 4 sessions", "sign-in not confirmed"]),
        ("E D", 0, ["0 of 4 sessions"]),
        ("F E", 360, []),
        ("G F", 720, ["was refused"]),
    ]


def test_the_post_test_counts_as_it_was_marked_last(workshop):
    quiz = make_quiz()
    type(workshop).objects.filter(pk=workshop.pk).update(required_mark=70, posttest_key=quiz.translation_key)
    right, wrong, none = (attend(make_registration(workshop), 0, 1) for _ in range(3))
    for registration, fraction in ((right, True), (wrong, False)):
        attempt = _took(quiz, registration.person, fraction)
        RoomAttempt.objects.create(attempt=attempt, registration=registration, when=RoomTestWhen.AFTER, at=NOW)
    workshop.refresh_from_db()
    assert {one.registration: one.reasons for one in standings(workshop)} == {
        right: [],
        wrong: ["post-test 0 %, 70 % needed"],
        none: ["no post-test"],
    }


def _took(quiz, person, right):
    course = CoursePage.objects.parent_of(quiz).get().course
    enrolment = make_enrolment(person, course)
    return take(quiz, person, enrolment, right=right, at=NOW).attempt


def test_it_freezes_hours_days_and_place(workshop, police):
    person = make_person(full_name="Constance Joseph", agency=police, rank="Constable")
    registration = attend(make_registration(workshop, person), 0, 1, 2)
    (certificate,) = issue_attendance(workshop, [registration], actor=None, at=NOW)
    facts = certificate.facts
    assert {
        name: facts[name] for name in ("kind", "title", "name", "agency", "hours", "days", "place", "lines")
    } == {
        "kind": "attendance",
        "title": "Statement of Attendance",
        "name": "Constance Joseph",
        "agency": "Royal Saint Lucia Police Force",
        "hours": "9 hours",
        "days": ["2026-12-07", "2026-12-08"],
        "place": "Police Training School, Castries",
        "lines": [
            {"text": "took part in", "course": False},
            {"text": "Working together", "course": True},
            {"text": "9 hours, 7 and 8 December 2026", "course": False},
            {"text": "Police Training School, Castries", "course": False},
        ],
    }
    assert (certificate.attendance_basis, certificate.completion, certificate.valid_until) == (
        registration.uuid, None, None,
    )  # fmt: skip
    attend(registration, 3)
    assert issue_attendance(workshop, [registration], actor=None, at=NOW) == []
    assert Certificate.objects.get().facts == facts


def test_a_cancelled_workshop_and_who_does_not_deserve_it_get_none(workshop):
    registration = attend(make_registration(workshop), 0)
    assert issue_attendance(workshop, [registration], actor=None, at=NOW) == []
    attend(registration, 1)
    type(workshop).objects.update(state=WorkshopState.CANCELLED)
    assert issue_attendance(workshop, [registration], actor=None, at=NOW) == []


def test_it_is_corrected_withdrawn_checked_and_listed_like_any_other(
    workshop, constable, focal_point, client_of
):
    registration = attend(make_registration(workshop, constable.person), 0, 1)
    (old,) = issue_attendance(workshop, [registration], actor=focal_point, at=NOW)
    Person.objects.filter(pk=constable.person.pk).update(full_name="Constance St. Joseph")
    attend(registration, 2)
    new = correct(old, reason="Spelling", actor=focal_point, at=NOW)
    kept = ("hours", "days", "place", "course", "agency", "rank", "kind")
    assert [new.facts[name] for name in kept] == [old.facts[name] for name in kept]
    assert (new.facts["name"], new.facts["replaces"], new.attendance_basis) == (
        "Constance St. Joseph", old.number, registration.uuid,
    )  # fmt: skip
    public = client_of(None).get(reverse("verify_token", args=[new.token])).content.decode()
    for words in ("Statement of Attendance", "Workshop", "Working together", "7 December 2026", "in force"):
        assert words in public
    own, desk = client_of(constable), client_of(focal_point)
    pages = [
        own.get(reverse("my_record")),
        own.get(reverse("certificate", args=[new.number])),
        desk.get(reverse("certificates:index"), {"agency": constable.person.agency_id, "kind": "attendance"}),
        desk.get(reverse("certificates:inspect", args=[new.pk])),
        desk.get(reverse("people:person", args=[constable.person.pk])),
    ]
    assert [new.number in page.content.decode() for page in pages] == [True] * len(pages)
    assert "Police Training School" in pages[1].content.decode()
    withdraw(new, public_reason="other", reason="Asked for", actor=focal_point, at=NOW)
    assert Certificate.objects.with_state(NOW.date()).get(pk=new.pk).state == "withdrawn"


@pytest.mark.drawn
def test_its_sheet_is_another_one(workshop):
    registration = attend(make_registration(workshop, make_person(full_name="Nguyễn Thị Đặng")), 0, 1)
    (certificate,) = issue_attendance(workshop, [registration], actor=None, at=NOW)
    (page,) = PdfReader(io.BytesIO(file_of(certificate, at=NOW).pdf)).pages
    text = "".join(page.extract_text().split())
    for words in (
        "StatementofAttendance",
        "NguyễnThịĐặng",
        "tookpartin",
        "6hours,7December2026",
        certificate.number,
    ):
        assert words in text


def test_a_new_design_for_attendance_does_not_speak_of_completing():
    design = Design(name="Plain", kind="attendance")
    design.clean()
    assert (design.title, design.wording) == (
        "Statement of Attendance",
        "took part in\n{course}\n{hours}, {dates}\n{place}",
    )


def test_who_got_one_finds_it_on_the_page_of_the_workshop_and_on_my_record(client_of, constable, workshop):
    registration = attend(make_registration(workshop, constable.person), 0, 1)
    page, record = reverse("workshop", args=[workshop.uuid]), reverse("my_record")
    client = client_of(constable)
    assert "Your certificate" not in client.get(page).content.decode()
    (certificate,) = issue_attendance(workshop, [registration], actor=None, at=NOW)

    for address in (page, record):
        assert reverse("certificate", args=[certificate.number]) in client.get(address).content.decode()


def test_two_merged_records_at_one_workshop_are_one_person(workshop):
    """The morning on the own row, the afternoon as a walk-in: together enough, and counted once."""
    workshop.required_share = 100
    workshop.save()
    own, double = make_person(full_name="Ann Able"), make_person(full_name="A. Able")
    first = attend(make_registration(workshop, own), 0, 1)
    second = attend(make_registration(workshop, double, way=RegistrationWay.WALK_IN), 1, 2, 3)
    attend(first, 2, mark=AttendanceMark.ABSENT)
    assert issue_attendance(workshop, [first, second], actor=None, at=NOW) == []
    Person.objects.filter(pk=double.pk).update(merged_into=own)

    (one,) = standings(workshop)
    assert (one.registration, len(one.attended), one.minutes, one.reasons) == (second, 4, 12 * 60, [])
    (workshops,) = transcript_of(own).entries
    assert workshops.counted == 12 * 60
    (certificate,) = issue_attendance(workshop, [first], actor=None, at=NOW)
    # The other row becomes the fuller one: there is no second certificate.
    attend(first, 2, 3)
    assert standings(workshop)[0].registration == first
    assert certificate.attendance_basis == second.uuid
    assert issue_attendance(workshop, [first, second], actor=None, at=NOW) == []
    (row,) = people_of(workshop)
    assert (row.certificate, row.gets_number) == (certificate, False)


def test_of_two_merged_records_the_one_with_a_place_is_meant(constable):
    soon = datetime.now(UTC) + timedelta(days=3)
    workshop = make_workshop(starts_at=soon)
    double = make_person(full_name="Constance Josef")
    gone, stands = make_registration(workshop, constable.person), make_registration(workshop, double)
    registering.cancel(gone, actor=None, at=NOW)
    Person.objects.filter(pk=double.pk).update(merged_into=constable.person)

    again = registering.register(
        workshop, constable.person, way=RegistrationWay.SELF, actor=constable, at=soon - timedelta(days=1)
    )
    session = workshop.sessions.first()
    assert again == stands
    assert wall.standing(session, constable.person, at=soon).registration == stands
    assert workshop.registrations.coming().count() == 1


def test_nobody_certifies_themselves_on_a_test(workshop, client_of, focal_point, administrator):
    registration = attend(make_registration(workshop, focal_point.person), 0, 1)
    other = attend(make_registration(workshop), 0, 1)
    quiz = make_quiz()
    workshop.posttest_key, workshop.required_mark = quiz.translation_key, 1
    workshop.save()
    for one in (registration, other):
        attempt = _took(quiz, one.person, True)
        RoomAttempt.objects.create(attempt=attempt, registration=one, when=RoomTestWhen.AFTER, at=NOW)
    names = client_of(focal_point).get(reverse("workshop_certificates_names", args=[workshop.uuid]))
    assert "another member of the team gives it" in names.content.decode()

    given = issue_attendance(workshop, [registration, other], actor=focal_point, at=NOW)
    assert [one.attendance_basis for one in given] == [other.uuid]
    given = issue_attendance(workshop, [registration, other], actor=administrator, at=NOW)
    assert [one.attendance_basis for one in given] == [registration.uuid]
