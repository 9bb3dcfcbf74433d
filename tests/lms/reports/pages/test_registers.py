"""The registers of workshops: as long as the figures say, and nothing in them that should not circulate."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from certificates.attending import issue_attendance
from certificates.correcting import withdraw
from certificates.models import Certificate
from courses.attendance import photographs
from courses.attendance.closing import close
from courses.choices import RegistrationState, WorkshopKind, WorkshopState
from courses.people.merging import merge
from courses.workshops.models import Workshop
from lms.reports.figures.defined import FIGURES
from lms.reports.figures.scope import read
from lms.reports.figures.training import WORKSHOP, Training
from lms.reports.pages.registers import register_table, workshops_table
from lms.reports.registers.register import register_of
from lms.reports.registers.workshops import rows_of, workshops
from tests.factories import make_attendance, make_person, make_registration, make_workshop

pytestmark = pytest.mark.django_db
URL = "/reports/workshops/"


@pytest.fixture
def audit(client_of, auditor):
    return client_of(auditor)


@pytest.fixture
def held(constable, colleague, nurse, facilitator, focal_point):
    """Two sessions yesterday. The constable was at both, the nurse at one, the colleague at none; a fourth
    was signed in twice, in two records that are one person now; a fifth cancelled. Closed, with a scan."""
    at = timezone.now()
    workshop = make_workshop(
        starts_at=timezone.localtime().replace(hour=9, minute=0) - timedelta(days=1),
        facilitators=[facilitator.person],
        funder="IOM",
        partner="The university",
        district="castries",
    )
    first, second = workshop.sessions.all()
    going = {
        one.pk: make_registration(workshop, one) for one in (constable.person, colleague.person, nurse.person)
    }
    for session in (first, second):
        make_attendance(going[constable.person.pk], session)
    make_attendance(going[nurse.person.pk], second)
    one, same = make_person(sex="female", phone="+17584521234", service_number="PC 99"), make_person()
    make_attendance(make_registration(workshop, one), first)
    make_attendance(make_registration(workshop, same), first)
    make_registration(workshop, state=RegistrationState.CANCELLED)
    scan = ContentFile(b"%PDF-1.7 scan %%EOF", name="scan.pdf")
    photographs.attach(workshop, None, scan, actor=facilitator, at=at)
    close(workshop, actor=focal_point, at=at)
    workshop = Workshop.objects.get()
    issue_attendance(workshop, workshop.registrations.all(), actor=focal_point, at=at)
    merge(same, one, actor=None, at=at)
    workshop = Workshop.objects.with_days().get()
    workshop.once = one
    return workshop


def as_csv(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_attendance_is_that_of_the_figures_row_for_row(held):
    trainings = {one.owner_id: one for one in Training.objects.filter(kind=WORKSHOP, workshop=held)}
    register = register_of(held)
    there = {row.person.pk: row for row in register.rows if row.sessions}

    assert there.keys() == trainings.keys()
    for owner, row in there.items():
        assert sum(s.credit for s in held.sessions.all() if s.pk in row.sessions) == trainings[owner].minutes
        assert row.place == (
            trainings[owner].agency_name,
            trainings[owner].post_name,
            trainings[owner].rank,
        )
    (listed,) = rows_of([*workshops(read({}))])
    assert listed.attended == FIGURES["attendances"].value(read({})) == len(there) == 3
    assert listed.minutes == sum(one.minutes for one in trainings.values()) == 4 * 180


def test_every_number_of_the_list_is_as_long_as_its_register(audit, held):
    (row,) = rows_of([*workshops(read({}))])
    counts = {name: n for name, _words, n in audit.get(f"{URL}{held.uuid}/").context["counts"]}

    assert counts == {"": row.registered, "attended": row.attended, "certificates": row.certificates}
    assert counts == {"": 4, "attended": 3, "certificates": 1}
    for show, n in counts.items():
        assert audit.get(f"{URL}{held.uuid}/", {"show": show}).context["listing"].paginator.count == n
        assert len(as_csv(audit.get(f"{URL}{held.uuid}/csv/", {"show": show}))) == n + 1


def test_the_list_says_what_a_report_asks(audit, held, facilitator):
    (row,) = as_csv(audit.get(f"{URL}sheet/csv/"))[1:]
    day = (timezone.localdate() - timedelta(days=1)).isoformat()

    assert row[:2] == [day, day]
    assert row[2:7] == [held.title, "4", "3", "12.00", "1"]
    assert row[7:] == [
        *(held.topic.name, held.venue, "Castries", "IOM", "The university"),
        facilitator.person.full_name,
    ]


def test_the_register_says_who_what_they_got_and_what_proves_it(audit, held, constable, focal_point):
    page = audit.get(f"{URL}{held.uuid}/")
    mine = next(row for row in page.context["rows"] if row[0] == constable.person.full_name)
    certificate = Certificate.objects.get()

    assert mine[1:] == [
        *(constable.person.agency.name, "Gros Islet", "Constable", "2", "2", "360"),
        *(certificate.number, "In force"),
    ]
    assert "A scan of the signed sheet is kept" in page.context["evidence"][0]
    assert page.context["evidence"][1].endswith(f"by {focal_point}.")
    assert page.context["hours"] == Decimal("12.00")


def test_a_withdrawn_certificate_is_there_and_says_so(held, focal_point):
    withdraw(
        Certificate.objects.get(), public_reason="error", reason="Wrong", actor=focal_point, at=timezone.now()
    )

    (row,) = register_of(held).shown("certificates")
    assert row.cells()[-1] == "Withdrawn"


def test_what_identifies_more_does_not_circulate(audit, held):
    page = audit.get(f"{URL}{held.uuid}/").content.decode()
    sheet = register_table(held).plain_rows()

    assert held.once.full_name in page
    for text in (page, str(list(sheet))):
        assert not any(word in text for word in ("4521234", "PC 99", "female", "Female"))


def test_cancelled_ones_and_events_counted_by_heads_have_none(audit):
    for facts in ({"state": WorkshopState.CANCELLED}, {"kind": WorkshopKind.AWARENESS}):
        workshop = make_workshop(**facts)
        assert audit.get(f"{URL}{workshop.uuid}/").status_code == 404
    assert audit.get(URL).context["listing"].paginator.count == 0


def test_the_list_is_narrowed(audit, held):
    def how_many(**query):
        return audit.get(URL, query).context["listing"].paginator.count

    assert how_many(funder="IOM") == how_many(district="castries") == how_many(workshop=held.pk) == 1
    assert how_many(funder="UN") == how_many(district="-") == how_many(course=1) == 0
    assert how_many(period="calendar-2001") == 0
    # These say nothing of a workshop, and are not said to narrow it.
    assert how_many(agency=1, sex="male") == 1
    assert audit.get(URL, {"agency": 1}).context["scope"].narrows == {}


def test_sheets_are_the_page(audit, held):
    listed = [[*words] for _row, words in audit.get(URL).context["rows"]]
    assert len(listed[0]) == len(workshops_table(read({})).headings)
    register = [row[0] for row in audit.get(f"{URL}{held.uuid}/").context["rows"]]
    assert [row[0] for row in register_table(held).plain_rows()] == register
    answer = audit.get(f"{URL}{held.uuid}/pdf/")
    assert answer["Content-Disposition"].startswith('attachment; filename="register-')
    assert all(name in answer.content.decode() for name in register)


@pytest.mark.parametrize("of_one", [False, True])
def test_queries_do_not_grow(audit, held, of_one, django_assert_max_num_queries):
    address = reverse("report_register", args=[held.uuid]) if of_one else URL
    with django_assert_max_num_queries(25) as few:
        audit.get(address)
    for _n in range(4):
        other = make_workshop(facilitators=[make_person(), make_person()])
        make_attendance(make_registration(held))
        make_attendance(make_registration(other))

    with django_assert_max_num_queries(len(few)):
        audit.get(address)
