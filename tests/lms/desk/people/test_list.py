import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certificates.issuing import issue
from courses.choices import EnrolmentState
from courses.enrolment.enrolling import assign, enrol
from courses.people.models import User
from tests.answering import take
from tests.factories import (
    make_completion,
    make_course,
    make_enrolment,
    make_lesson_done,
    make_person,
    make_post,
    make_site,
    make_small_course,
    make_user,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/people/"


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


def found(desk, **query):
    return {person.full_name for person in desk.get(LIST, query).context["object_list"]}


def ago(days):
    return timezone.now() - timedelta(days=days)


def complete(person, course, at, **kwargs):
    enrolment = make_enrolment(person, course, at=at)
    completion = make_completion(enrolment, at=at)
    enrolment.state, enrolment.ended_at = EnrolmentState.COMPLETED, at
    enrolment.save()
    return issue(completion, actor=None, at=at)


# --- Where in a course ------------------------------------------------------------------


@pytest.fixture
def course():
    return make_course(validity_months=24)


@pytest.fixture
def people(police, course):
    """Somebody at every place of the course."""
    names = ["New", "Given", "Reading", "Late", "Holder", "Lapsed", "Renewed"]
    made = {name: make_person(full_name=f"{name} Person", agency=police) for name in names}
    today, now = timezone.localdate(), timezone.now()
    assign(made["Given"], course, due_on=None, actor=None, at=now)
    make_enrolment(made["Reading"], course, last_seen_at=now)
    make_enrolment(made["Late"], course, last_seen_at=now, due_on=today - timedelta(days=1))
    complete(made["Holder"], course, ago(30))
    complete(made["Lapsed"], course, ago(800))
    complete(made["Renewed"], course, ago(800))
    complete(made["Renewed"], course, ago(10))
    return made


@pytest.mark.parametrize(
    ("status", "names"),
    [
        ("not_started", {"New", "Given", "Francine"}),
        ("studying", {"Reading", "Late"}),
        ("overdue", {"Late"}),
        ("completed", {"Holder", "Lapsed", "Renewed"}),
        ("lapsed", {"Lapsed"}),
        ("", {"Given", "Reading", "Late", "Holder", "Lapsed", "Renewed"}),
    ],
)
def test_it_filters_by_where_people_are_in_a_course(desk, people, course, status, names):
    assert {name.split()[0] for name in found(desk, course=course.pk, status=status)} == names


def test_another_course_is_another_matter(desk, people, course):
    other = make_course()

    assert found(desk, course=other.pk, status="completed") == set()
    assert "Holder Person" in found(desk, course=other.pk, status="not_started")
    assert "Lapsed Person" in found(desk, status="lapsed")


def test_a_lesson_or_a_test_is_a_start(desk, constable, nurse, colleague):
    page = make_small_course()
    make_lesson_done(make_enrolment(constable.person, page.course), page.lesson_pages[0])
    enrolment = enrol(nurse.person, page.course, actor=nurse, at=timezone.now())
    take(page.check, nurse.person, enrolment, at=timezone.now())
    make_enrolment(colleague.person, page.course)

    assert found(desk, course=page.course.pk, status="studying") == {"Constance Joseph", "Nadège St. Prix"}


def test_it_filters_by_post(desk, constable, colleague):
    other = make_post(agency=constable.person.agency, name="Vieux Fort")

    assert found(desk, post=constable.person.post_id) == {"Constance Joseph"}
    assert found(desk, post=other.pk) == set()


# --- Last heard from --------------------------------------------------------------------


@pytest.fixture
def silent(police):
    """People heard from some days ago, each by another sign of life."""
    page = make_small_course()

    def person(name):
        return make_user(person=make_person(full_name=name, agency=police))

    User.objects.filter(pk=person("Forty Signed In").pk).update(last_login=ago(40))
    make_enrolment(person("Hundred Read").person, page.course, at=ago(900), last_seen_at=ago(100))
    done = make_enrolment(person("Two Hundred Lesson").person, page.course, at=ago(900))
    make_lesson_done(done, page.lesson_pages[0], at=ago(200))
    tested = person("Four Hundred Test")
    take(page.check, tested.person, make_enrolment(tested.person, page.course, at=ago(900)), at=ago(400))
    person("Never Seen")


@pytest.mark.parametrize(
    ("heard", "names"),
    [
        ("never", {"Never Seen"}),
        ("30", {"Forty Signed In", "Hundred Read", "Two Hundred Lesson", "Four Hundred Test"}),
        ("90", {"Hundred Read", "Two Hundred Lesson", "Four Hundred Test"}),
        ("180", {"Two Hundred Lesson", "Four Hundred Test"}),
        ("365", {"Four Hundred Test"}),
    ],
)
def test_it_filters_by_when_people_were_last_heard_from(desk, silent, heard, names):
    assert found(desk, heard=heard) == names


def test_the_column_says_never_and_sorts_those_first(desk, silent):
    page = desk.get(LIST, {"ordering": "heard_at"})

    assert page.context["object_list"][0].full_name == "Never Seen"
    assert page.context["object_list"][1].full_name == "Four Hundred Test"
    assert "never" in page.content.decode()


def test_the_sheet_has_it_too(desk, silent):
    response = desk.get(LIST, {"export": "csv", "heard": "never"})

    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert rows[0][-1] == "Last heard from"
    assert [(row[0], row[-1]) for row in rows[1:]] == [("Never Seen", "never")]
    assert desk.get(LIST, {"export": "xlsx"}).status_code == 200


# --- Weight and ways --------------------------------------------------------------------


def test_forty_people_ask_the_database_as_often_as_five(desk, police, course):
    query = {"course": course.pk, "status": "studying", "heard": "30"}

    def queries(n):
        for _ in range(n):
            person = make_user(person=make_person(agency=police)).person
            make_enrolment(person, course, last_seen_at=ago(50))
        counts = []
        for address in (LIST, f"{LIST}results/"):
            desk.get(address, query)
            with CaptureQueriesContext(connection) as captured:
                page = desk.get(address, query)
            counts.append(len(captured))
        return len(page.context["object_list"]), counts

    few, many = queries(5), queries(13)

    assert (few[0], many[0]) == (5, 18)
    assert few[1] == many[1]
    assert max(many[1]) <= 30


def test_a_name_leads_to_the_persons_page_and_the_menu_to_the_form(desk, constable):
    page = desk.get(LIST).content.decode()

    assert f'href="/admin/people/{constable.person.pk}/"' in page
    assert f'href="/admin/people/edit/{constable.person.pk}/"' in page
