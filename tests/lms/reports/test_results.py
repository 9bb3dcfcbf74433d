"""Results at the desk: the tables, their filters and sheets."""

import csv
import io
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from courses.audit.models import AuditEntry
from courses.catalogue.models import Course
from courses.enrolment.models import Enrolment
from courses.people.merging import merge
from courses.quizzes import attempts
from courses.quizzes.models import QuizEdition
from lms.desk.menu import CoursesGroup
from tests.answering import take
from tests.factories import make_course, make_course_page, make_enrolment, make_person, make_quiz, make_user
from tests.lms.reports.conftest import finish

pytestmark = pytest.mark.django_db


def course_url(world, name="results_course"):
    return reverse(name, args=[world.course.pk])


def quiz_url(quiz, name="results_quiz"):
    return reverse(name, args=[quiz.translation_key])


def rows_on(response):
    """The table as it is shown: one list of words for each row, without the headings."""
    table = response.context["table"]
    return [[str(cell.column.get_value(row.instance)) for cell in row.values()] for row in table.rows]


def names_on(desk, url, **query):
    return [row[0] for row in rows_on(desk.get(url, query))]


def sheet_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


# --- The overview -----------------------------------------------------------------------


def test_the_overview_counts_people_and_attempts(desk, world):
    page = " ".join(desk.get(reverse("results")).content.decode().split())

    assert "3 people began it, 1 completed it." in page
    assert f'<a href="{quiz_url(world.page.final)}">Final test</a>: 2 attempts' in page
    assert f'href="{course_url(world)}"' in page


def test_without_courses_it_says_what_to_do(desk):
    assert "There are no courses yet. Make one under Courses" in desk.get(reverse("results")).content.decode()


def test_the_menu_leads_there(desk):
    menu = desk.get("/admin/").context["request"]
    items = CoursesGroup().get_submenu_items()

    assert [item.url for item in items if item.is_shown(menu) and item.label == "Results"] == [
        "/admin/results/"
    ]


# --- Who studies a course ---------------------------------------------------------------


def test_each_row_says_how_far_and_how_it_ended(desk, world):
    found = {row[0]: row[1:] for row in rows_on(desk.get(course_url(world)))}

    day = str(timezone.localtime(world.at).date())
    assert found["Constance Joseph"][:4] == [
        "Royal Saint Lucia Police Force",
        "Gros Islet",
        "Completed",
        "100",
    ]
    assert found["Constance Joseph"][6:] == ["100, passed", day, world.certificate.number]
    assert found["Cletus Charles"][3:4] + found["Cletus Charles"][6:] == ["75", "0, not passed", "", ""]
    assert found["Nadège St. Prix"][3:4] + found["Nadège St. Prix"][6:] == ["25", "", "", ""]


def test_last_heard_from_is_the_newest_sign_of_life(desk, world):
    seen = timezone.now() - timedelta(hours=1)
    world.begun.last_seen_at = seen
    world.begun.save()
    silent = make_enrolment(make_person(full_name="Silent"), world.course)

    rows = {row.instance.pk: row.instance for row in desk.get(course_url(world)).context["table"].rows}

    assert rows[world.begun.pk].heard_at == seen
    assert rows[world.done.pk].heard_at == world.at
    assert rows[silent.pk].heard_at is None
    assert names_on(desk, course_url(world), ordering="-heard_at")[::3] == ["Nadège St. Prix", "Silent"]


def test_what_was_completed_stays_so_whatever_the_course_asks_later(desk, world):
    make_quiz(world.page, title="One more")

    world.page.unpublish()

    found = {row[0]: row[4] for row in rows_on(desk.get(course_url(world)))}
    assert found == {"Constance Joseph": "100", "Cletus Charles": "", "Nadège St. Prix": ""}


def test_it_filters_searches_and_sorts(desk, world, police, hospital):
    url = course_url(world)
    today = timezone.localdate()

    assert names_on(desk, url, agency=hospital.pk) == ["Nadège St. Prix"]
    assert names_on(desk, url, sector="health") == ["Nadège St. Prix"]
    assert names_on(desk, url, state="completed") == ["Constance Joseph"]
    assert names_on(desk, url, passed="yes") == ["Constance Joseph"]
    assert set(names_on(desk, url, passed="no")) == {"Cletus Charles", "Nadège St. Prix"}
    assert names_on(desk, url, q="cletus") == ["Cletus Charles"]
    assert names_on(desk, url, started_at_from=today) == []
    assert len(names_on(desk, url, started_at_from=today - timedelta(9), started_at_to=today)) == 3
    assert names_on(desk, url, ordering="person__full_name")[0] == "Cletus Charles"
    assert names_on(desk, url, ordering="-person__full_name")[0] == "Nadège St. Prix"
    assert len(names_on(desk, url, ordering="person__user__password")) == 3


def test_another_courses_people_are_not_there(desk, world, nurse):
    other = make_course()
    make_enrolment(nurse.person, other)

    assert names_on(desk, reverse("results_course", args=[other.pk])) == ["Nadège St. Prix"]
    assert desk.get(reverse("results_course", args=[other.pk + 999])).status_code == 404


def test_an_empty_table_says_what_to_do(desk, world):
    empty = reverse("results_course", args=[make_course().pk])

    assert "Nobody has begun this course yet. You can assign it" in desk.get(empty).content.decode()
    assert "Nobody fits. Take a filter" in desk.get(course_url(world), {"q": "xyzzy"}).content.decode()


def test_it_comes_in_pages(desk, world):
    for n in range(60):
        make_enrolment(make_person(full_name=f"Zed {n:02}"), world.course)

    first = names_on(desk, course_url(world), ordering="person__full_name")
    second = names_on(desk, course_url(world), ordering="person__full_name", p=2)

    assert (len(first), len(second)) == (50, 13)
    assert not set(first) & set(second)


# --- Who took a quiz --------------------------------------------------------------------


def test_attempts_are_numbered_by_person_and_cycle(desk, world, colleague):
    take(world.page.final, colleague.person, world.failed, at=timezone.now())

    rows = rows_on(desk.get(quiz_url(world.page.final), {"ordering": "started_at"}))

    found = [(row[0], row[2], row[5], row[6], row[7]) for row in rows]
    assert sorted(found) == [
        ("Cletus Charles", "1", "0", "No", "Submitted"),
        ("Cletus Charles", "2", "100", "Yes", "Submitted"),
        ("Constance Joseph", "1", "100", "Yes", "Submitted"),
    ]


def test_attempts_filter_by_result_and_state(desk, world, nurse, hospital):
    attempts.start(
        world.page.check.translation_key,
        person=nurse.person,
        enrolment=world.begun,
        actor=None,
        at=timezone.now(),
    )
    final, check = quiz_url(world.page.final), quiz_url(world.page.check)

    assert names_on(desk, final, passed="no") == ["Cletus Charles"]
    assert names_on(desk, final, passed="yes") == ["Constance Joseph"]
    assert names_on(desk, check, state="open") == ["Nadège St. Prix"]
    assert names_on(desk, check, passed="no") == []
    assert names_on(desk, check, agency=hospital.pk) == ["Nadège St. Prix"]
    assert names_on(desk, check, sector="health") == ["Nadège St. Prix"]
    assert names_on(desk, check, q="nad") == ["Nadège St. Prix"]


def test_a_quiz_that_nobody_took_and_one_that_never_was(desk):
    quiz = make_quiz(make_course_page())

    assert "Nobody has taken this quiz yet" in desk.get(quiz_url(quiz)).content.decode()
    assert desk.get(reverse("results_quiz", args=[uuid.UUID(int=1)])).status_code == 404


# --- Sheets -----------------------------------------------------------------------------


@pytest.mark.parametrize("query", [{}, {"passed": "no"}, {"ordering": "person__full_name"}, {"q": "c"}])
def test_the_sheet_holds_the_rows_of_the_screen(desk, world, query):
    for url in (course_url(world), course_url(world, "results_course_rows"), quiz_url(world.page.final)):
        response = desk.get(url, {**query, "export": "csv"})

        headings, *rows = sheet_of(response)
        shown = desk.get(url, query).context["table"]
        assert headings == [str(column.label) for column in shown.columns.values()]
        assert [row[0] for row in rows] == names_on(desk, url, **query)
        today = timezone.localdate()
        assert response["Content-Disposition"] == f'attachment; filename="results-{today:%Y-%m-%d}.csv"'


def test_the_workbook_holds_the_same(desk, world):
    response = desk.get(course_url(world), {"export": "xlsx", "state": "completed"})

    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    (headings, row) = book.active.iter_rows(values_only=True)
    assert headings[0] == "Person"
    assert row[0] == "Constance Joseph"
    assert (row[4], row[7], row[9]) == (100, "100, passed", world.certificate.number)


def test_many_rows_are_written_whole_and_in_order(desk, world, monkeypatch):
    monkeypatch.setattr("lms.reports.tables.ROWS_AT_ONCE", 2)

    rows = sheet_of(desk.get(course_url(world), {"export": "csv", "ordering": "person__full_name"}))[1:]

    assert [row[0] for row in rows] == ["Cletus Charles", "Constance Joseph", "Nadège St. Prix"]


def test_a_sheet_runs_no_formula_and_names_no_sex_or_number(desk, world, police):
    person = make_person(
        agency=police, full_name='=HYPERLINK("http://evil.example")', service_number="SN-77", sex="female"
    )
    finish(person, world.page, at=world.at)

    for url in (course_url(world), quiz_url(world.page.final)):
        rows = sheet_of(desk.get(url, {"export": "csv"}))
        text = str(rows)
        assert '\'=HYPERLINK("http://evil.example")' in [row[0] for row in rows]
        assert "SN-77" not in text
        assert "emale" not in text
        book = load_workbook(io.BytesIO(b"".join(desk.get(url, {"export": "xlsx"}).streaming_content)))
        assert "f" not in {cell.data_type for row in book.active.iter_rows() for cell in row}


def test_who_took_a_sheet_away_is_on_record(desk, world, focal_point):
    desk.get(course_url(world), {"export": "csv", "passed": "no"})
    desk.get(quiz_url(world.page.final), {"export": "xlsx"})

    entries = AuditEntry.objects.filter(verb="results exported").order_by("pk")
    assert [(one.object_type, one.facts, one.actor_id) for one in entries] == [
        (Course._meta.label_lower, {"rows": 2, "format": "csv"}, focal_point.pk),
        (QuizEdition._meta.label_lower, {"rows": 2, "format": "xlsx"}, focal_point.pk),
    ]


# --- What it costs ----------------------------------------------------------------------


def queries(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_more_people_cost_no_more_queries(desk, world):
    urls = [reverse("results"), course_url(world), quiz_url(world.page.check)]
    before = [queries(desk, url) for url in urls for _twice in (1, 2)][1::2]
    for n in range(12):
        sector = ["police", "health", "civil"][n % 3]
        finish(make_user(person=make_person(sector=sector)).person, world.page, at=world.at)

    after = [queries(desk, url) for url in urls]

    assert after == before
    assert max(after) <= 30


def test_what_was_set_aside_by_a_merge_is_in_no_count_and_no_list(desk, world):
    merged = make_enrolment(make_person(full_name="Twice Here"), world.course).person
    assert "Twice Here" in names_on(desk, course_url(world))
    into = Enrolment.objects.filter(course=world.course, ended_at=None).exclude(person=merged).first().person

    merge(merged, into, actor=None, at=timezone.now())

    assert "Twice Here" not in names_on(desk, course_url(world))
    assert "3 people began it" in " ".join(desk.get(reverse("results")).content.decode().split())
