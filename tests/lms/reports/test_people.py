"""The supervisor's page: status, dates and validity of the own agency's people, and nothing else."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certificates.correcting import withdraw
from certificates.issuing import issue
from courses.audit.models import AuditEntry
from courses.choices import Approval, EnrolmentState, Role
from courses.enrolment.enrolling import assign, end
from courses.people.merging import merge, unmerge
from tests.factories import (
    make_agency,
    make_completion,
    make_course,
    make_enrolment,
    make_person,
    make_post,
    make_site,
    make_user,
)

pytestmark = pytest.mark.django_db
URL, SHEET = "/reports/", "/reports/people.csv"
EVERYBODY = ["Cletus Charles", "Constance Joseph", "Septimus Inspector"]


@pytest.fixture
def page(client_of, supervisor_police):
    return client_of(supervisor_police)


@pytest.fixture
def now():
    return timezone.now()


def cells_of(client, **query):
    """The table as it is shown: one list of words for each row."""
    return [[str(cell) for cell in cells] for cells, _overdue in client.get(URL, query).context.get("rows", [])]


def names_of(client, **query):
    return [cells[0] for cells in cells_of(client, **query)]


def sheet_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def completed(person, course, at, **kwargs):
    enrolment = make_enrolment(person, course, at=at, state=EnrolmentState.COMPLETED, ended_at=at)
    return issue(make_completion(enrolment, at=at), actor=None, at=at)


def totals(client, **query):
    return {str(label): n for label, n in client.get(URL, query).context["totals"]}


# --- Whom it shows ----------------------------------------------------------------------


def test_a_supervisor_sees_the_own_people_and_no_others(page, world, supervisor_health, client_of):
    assert names_of(page) == EVERYBODY
    assert names_of(client_of(supervisor_health)) == ["Nadège St. Prix", "Sylvie Matron"]


@pytest.mark.parametrize("address", [URL, SHEET])
def test_no_parameter_brings_another_agencys_people(page, world, nurse, hospital, address):
    theirs = make_post(agency=hospital)
    nurse.person.post = theirs
    nurse.person.save()
    for query in [
        {"agency": hospital.pk},
        {"agency": [hospital.pk, hospital.pk]},
        {"post": theirs.pk},
        {"q": "Nad"},
        {"q": "%"},
        {"person": nurse.person.pk, "id": "all", "pk": nurse.person.pk},
        {"agency__pk": hospital.pk, "person__agency": hospital.pk},
        {"course": world.course.pk, "post": theirs.pk, "agency": hospital.pk},
        {"page": "999999"},
        {"page": "-1", "status": "' OR 1=1 --", "due": "soon OR 1"},
        {"course": "0x1", "post": "9" * 40, "q": "\x00"},
    ]:
        response = page.get(address, query)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code == 200
        assert "Nadège" not in body.decode(), query
        assert "Sylvie" not in body.decode()


def test_whoever_left_moved_on_or_was_refused_is_not_there(page, world, colleague, constable, hospital):
    today = timezone.localdate()
    make_person(full_name="Refused", agency=constable.person.agency, approval=Approval.REFUSED)
    make_person(full_name="Merged", agency=constable.person.agency, merged_into=constable.person)
    make_person(full_name="Leaves tomorrow", agency=constable.person.agency, left_on=today + timedelta(1))
    colleague.person.left_on = today
    colleague.person.save()
    constable.person.agency, constable.person.post = hospital, None
    constable.person.save()

    assert names_of(page) == ["Leaves tomorrow", "Septimus Inspector"]


def test_the_desk_chooses_the_agency(client_of, focal_point, world, hospital, police):
    client = client_of(focal_point)

    assert "Choose an agency to see" in client.get(URL).content.decode()
    assert names_of(client, agency=hospital.pk) == ["Nadège St. Prix"]
    assert names_of(client, agency=police.pk) == EVERYBODY[:2]
    assert "Choose an agency to see" in client.get(URL, {"agency": "x"}).content.decode()
    assert client.get(SHEET).status_code == 403
    assert len(sheet_of(client.get(SHEET, {"agency": hospital.pk}))) == 2


def test_a_supervisor_without_an_agency_is_told_why_nobody_is_there(client_of, world):
    for person in (make_person(agency=None), None):
        client = client_of(make_user(role=Role.SUPERVISOR, person=person))
        assert "names no agency, so there is nobody to show" in client.get(URL).content.decode()
        assert client.get(SHEET).status_code == 403


# --- What it says -----------------------------------------------------------------------


def test_status_dates_and_validity(page, police, now):
    day = timezone.localtime(now).date()
    course = make_course(title="Training", validity_months=24)
    old = now - timedelta(days=3 * 365)

    def person(name):
        return make_person(full_name=name, agency=police)

    person("A nothing")
    assign(person("B assigned"), course, due_on=day, actor=None, at=now)
    make_enrolment(person("C opened"), course, last_seen_at=now)
    completed(person("D done"), course, now)
    lapsed = person("E lapsed")
    completed(lapsed, course, old)
    certificate = completed(person("F withdrawn"), course, now)
    withdraw(certificate, public_reason="error", reason="Private", actor=None, at=now)
    end(make_enrolment(person("G gave up"), course), EnrolmentState.WITHDRAWN, actor=None, at=now)
    renews = person("H renews")
    completed(renews, course, now)
    make_enrolment(renews, course, last_seen_at=now)
    completed(person("I for ever"), make_course(title="Other"), now)

    then = timezone.localtime(old).date()
    until = [str(row.valid_until) for row in (certificate, lapsed.certificates.get())]
    *rows, _supervisor = cells_of(page)
    heard = {row[0]: row[-1] for row in rows}
    assert [heard[name] for name in ("A nothing", "B assigned", "C opened")] == ["never", "never", str(day)]
    assert [row[:-1] for row in rows] == [
        ["A nothing", "", "", "Not started", "", "", "", ""],
        ["B assigned", "", "Training", "Not started", str(day), "", "", ""],
        ["C opened", "", "Training", "Studying", "", "", "", ""],
        ["D done", "", "Training", "Completed", "", str(day), "In force", until[0]],
        ["E lapsed", "", "Training", "Completed", "", str(then), "Lapsed", until[1]],
        ["F withdrawn", "", "Training", "Completed", "", str(day), "", ""],
        ["G gave up", "", "", "Not started", "", "", "", ""],
        ["H renews", "", "Training", "Studying", "", str(day), "In force", until[0]],
        ["I for ever", "", "Other", "Completed", "", str(day), "In force", "Does not expire"],
    ]
    assert totals(page) == {"Not started": 4, "Studying": 2, "Completed": 4}


def test_it_never_tells_a_score_an_attempt_or_an_answer(page, world):
    for address in (URL, SHEET):
        response = page.get(address)
        body = (b"".join(response.streaming_content) if response.streaming else response.content).decode()
        assert "Constance Joseph" in body
        shown = re.sub(r"<(head|footer|header)\b.*?</\1>", "", body, flags=re.DOTALL)
        for word in ("score", "attempt", "passed", "per cent", "final test", str(world.passed.uuid), "emale"):
            assert word not in shown.lower(), word


def test_it_narrows(page, world, police, constable, now):
    day = timezone.localdate()
    course = make_course(title="Another")
    assign(make_person(full_name="Late", agency=police), course, due_on=day - timedelta(1), actor=None, at=now)
    assign(make_person(full_name="Soon", agency=police), course, due_on=day + timedelta(14), actor=None, at=now)
    assign(
        make_person(full_name="Later", agency=police), course, due_on=day + timedelta(15), actor=None, at=now
    )
    lapsed = make_course(validity_months=1)
    completed(make_person(full_name="Lapsed", agency=police), lapsed, now - timedelta(days=90))

    assert names_of(page, due="overdue") == ["Late"]
    assert names_of(page, due="soon") == ["Soon"]
    assert names_of(page, due="lapsed") == ["Lapsed"]
    assert names_of(page, status="studying") == ["Cletus Charles"]
    assert names_of(page, status="completed") == ["Constance Joseph", "Lapsed"]
    assert names_of(page, post=constable.person.post_id) == ["Constance Joseph"]
    assert names_of(page, q="clet") == ["Cletus Charles"]
    assert totals(page, course=lapsed.pk) == {"Not started": 6, "Studying": 0, "Completed": 1}
    assert names_of(page, course=lapsed.pk, status="completed") == ["Lapsed"]
    assert "Nobody fits." in page.get(URL, {"q": "xyzzy"}).content.decode()


def test_a_finished_course_is_not_overdue(page, police, now):
    person, yesterday = make_person(agency=police), timezone.localdate() - timedelta(1)
    make_enrolment(
        person, make_course(), state=EnrolmentState.COMPLETED, due_on=yesterday, ended_at=now, last_seen_at=now
    )

    assert names_of(page, due="overdue") == []


def test_an_agency_without_people_says_how_they_come(client_of, focal_point):
    agency = make_agency()

    assert (
        "Nobody of this agency is here yet."
        in client_of(focal_point).get(URL, {"agency": agency.pk}).content.decode()
    )


def test_it_comes_in_pages_and_a_page_keeps_the_filter(page, police):
    for n in range(60):
        make_person(full_name=f"Zed {n:02}", agency=police)

    first, second = names_of(page, q="Zed"), names_of(page, q="Zed", page=2)

    assert first + second == [f"Zed {n:02}" for n in range(60)]
    assert "?q=Zed&amp;page=2" in page.get(URL, {"q": "Zed"}).content.decode()


# --- The sheet --------------------------------------------------------------------------


@pytest.mark.parametrize("query", [{}, {"status": "completed"}, {"q": "Zed"}])
def test_the_sheet_holds_the_rows_of_all_pages(page, world, police, query, supervisor_police):
    for n in range(60):
        make_person(full_name=f"Zed {n:02}", agency=police)
    shown = [row for number in (1, 2) for row in cells_of(page, **query, page=number)]
    if len(shown) < 50:
        shown = cells_of(page, **query)

    response = page.get(SHEET, {**query, "page": 2})

    headings, *rows = sheet_of(response)
    assert rows == shown
    assert headings == [str(heading) for heading in page.get(URL).context["headings"]]
    name = f"people-{timezone.localdate():%Y-%m-%d}.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    entry = AuditEntry.objects.get(verb="people of an agency exported")
    facts = {"rows": len(rows), "format": "csv"}
    assert (entry.actor_id, entry.object_id, entry.facts) == (supervisor_police.pk, str(police.pk), facts)


def test_a_sheet_runs_no_formula(page, police):
    post = make_post(agency=police, name="+1+1")
    make_person(full_name="=1+1", agency=police, post=post, service_number="SN-77", sex="female")

    rows = sheet_of(page.get(SHEET))

    assert ["'=1+1", "'+1+1"] in [row[:2] for row in rows]
    assert "SN-77" not in str(rows)


# --- The way there, and the cost --------------------------------------------------------


def test_the_home_of_a_supervisor_leads_there_and_a_trainees_does_not(client_of, supervisor_police, constable):
    make_site()
    link = f'href="{reverse("reports")}"'

    assert link in client_of(supervisor_police).get("/").content.decode()
    assert link not in client_of(constable).get("/").content.decode()


def test_more_people_cost_no_more_queries(page, world, police, now):
    def queries(address):
        with CaptureQueriesContext(connection) as asked:
            response = page.get(address)
            b"".join(response) if response.streaming else response.content
        return len(asked)

    addresses = (URL, f"{URL}?course={world.course.pk}&status=completed", SHEET)
    before = [queries(address) for address in addresses for _twice in (1, 2)][1::2]
    for _n in range(15):
        completed(make_person(agency=police, post=make_post(agency=police)), world.course, now)

    after = [queries(address) for address in addresses]

    assert after == before
    assert max(after) <= 16


def test_what_a_merged_record_did_is_the_surviving_persons(page, world, constable, colleague, hospital, now):
    """Also of another agency: it is listed under the name and the post of who stays, and once."""
    me, course = constable.person, make_course(title="Of the twin")
    twin = make_person(full_name="Constance Twin", agency=hospital)
    completed(twin, course, now)
    both = make_course(title="Of both")
    for person, days in ((twin, 400), (me, 5)):
        make_enrolment(
            person, both, at=now - timedelta(days=days), state=EnrolmentState.COMPLETED, ended_at=now
        )
    idle = make_person(full_name="Cletus Twin", agency=colleague.person.agency)
    before = cells_of(page)
    done = [merge(twin, me, actor=None, at=now), merge(idle, colleague.person, actor=None, at=now)]

    rows = [row for row in cells_of(page) if row[0] == "Constance Joseph"]
    assert [(row[1], row[2], row[3], row[6]) for row in rows if row[2].startswith("Of")] == [
        ("Gros Islet", "Of both", "Completed", ""),
        ("Gros Islet", "Of the twin", "Completed", "In force"),
    ]
    assert not any("Twin" in name for name in names_of(page))
    assert names_of(page).count("Cletus Charles") == 1
    assert names_of(page, course=course.pk) == EVERYBODY
    assert [row[3] for row in cells_of(page, course=course.pk)] == ["Not started", "Completed", "Not started"]
    assert set(names_of(page, post=me.post_id)) == set(names_of(page, q="Constance")) == {"Constance Joseph"}

    for one in done:
        unmerge(one, actor=None, at=now)
    assert cells_of(page) == before
