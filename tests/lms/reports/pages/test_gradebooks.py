"""The gradebook: everybody beside each test of the course, the same on the page and in every sheet."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.choices import EnrolmentState
from courses.people.merging import merge
from courses.progress.recognising import recognise
from lms.reports.gradebook.book import Gradebook
from lms.reports.pages.gradebooks import table_of
from tests.answering import take
from tests.factories import make_cohort, make_enrolment, make_person
from tests.lms.reports.conftest import finish

pytestmark = pytest.mark.django_db
CHOOSER = "/reports/gradebook/"


@pytest.fixture
def address(world):
    return reverse("gradebook", args=[world.course.uuid])


def names_of(client, address, **query):
    return [before[0] for before, _results, _after in client.get(address, query).context["rows"]]


def row_of(client, address, name):
    return next(row for row in client.get(address).context["rows"] if row[0][0] == name)


def test_everybody_beside_each_test(desk, world, address):
    done = row_of(desk, address, "Constance Joseph")
    failed = row_of(desk, address, "Cletus Charles")
    begun = row_of(desk, address, "Nadège St. Prix")

    assert [part.title for part in desk.get(address).context["book"].parts] == ["Module check", "Final test"]
    assert [(one.score, one.passed, one.attempts) for one in done[1]] == [(100, True, 1), (100, True, 1)]
    assert [(one.score, one.passed, one.attempts) for one in failed[1]] == [(100, True, 1), (0, False, 1)]
    assert begun[1] == [None, None]
    assert [one[2][:2] for one in (done, failed, begun)] == [
        ["2 of 2", "Completed"],
        ["2 of 2", "Active"],
        ["1 of 2", "Active"],
    ]
    assert done[2][3] == world.certificate.number


def test_the_best_attempt_counts_and_all_are_counted(desk, world, address, colleague):
    take(world.page.check, colleague.person, world.failed, at=timezone.now(), right=False)

    check, _final = row_of(desk, address, "Cletus Charles")[1]
    assert (check.score, check.passed, check.attempts) == (100, True, 2)
    assert check.on == timezone.localdate(world.at)
    assert reverse("results_attempt", args=[check.uuid]) in desk.get(address).content.decode()


def test_a_new_cycle_begins_anew(desk, world, address, constable):
    make_enrolment(constable.person, world.course)

    row = row_of(desk, address, "Constance Joseph")
    assert row[1] == [None, None]
    assert row[2] == ["0 of 2", "Active", "", ""]


def test_a_merged_record_is_one_row(desk, world, address, constable, nurse):
    merge(nurse.person, constable.person, actor=None, at=timezone.now())

    assert names_of(desk, address).count("Constance Joseph") == 1
    assert "Nadège St. Prix" not in names_of(desk, address)


def test_what_was_learnt_elsewhere_says_so(desk, world, address, nurse, focal_point):
    recognise(
        world.begun,
        [world.page.check.translation_key],
        source="Another school",
        learnt_on=timezone.localdate(),
        hours=2,
        reason="Same content",
        actor=focal_point,
        at=timezone.now(),
    )

    assert row_of(desk, address, "Nadège St. Prix")[1] == ["recognised", None]


def test_who_asked_or_was_refused_is_not_there(desk, world, address):
    for state in (EnrolmentState.REQUESTED, EnrolmentState.REFUSED):
        make_enrolment(make_person(), world.course, state=state)

    assert len(names_of(desk, address)) == 3


def test_it_is_searched_sorted_and_narrowed_to_a_cohort(desk, world, address, nurse):
    cohort = make_cohort([nurse.person], course=world.course)
    final = str(world.page.final.translation_key)

    assert names_of(desk, address) == ["Cletus Charles", "Constance Joseph", "Nadège St. Prix"]
    assert names_of(desk, address, q="joseph") == ["Constance Joseph"]
    by_final = ["Constance Joseph", "Cletus Charles", "Nadège St. Prix"]
    assert names_of(desk, address, sort=final) == names_of(desk, address, sort="completed") == by_final
    assert names_of(desk, address, sort="agency")[0] == "Nadège St. Prix"
    assert names_of(desk, address, cohort=cohort.pk) == ["Nadège St. Prix"]
    assert desk.get(address, {"cohort": make_cohort().pk}).status_code == 404


def test_the_chooser_counts_what_the_gradebook_lists(desk, world, address, nurse):
    cohort = make_cohort([nurse.person], course=world.course)
    page = desk.get(CHOOSER)
    counted = {course.pk: n for course, n in page.context["rows"]}

    assert counted[world.course.pk] == desk.get(address).context["listing"].paginator.count == 3
    # What is chosen goes along.
    query = f"{page.context['query']}&amp;cohort={cohort.pk}"
    assert f"{address}{query}" in page.content.decode()


def test_a_test_that_left_the_course_keeps_its_column(desk, world, address):
    world.page.check.unpublish()

    assert [part.title for part in Gradebook(world.course).parts] == ["Final test", "Module check"]
    assert row_of(desk, address, "Constance Joseph")[1][1].score == 100


def test_every_sheet_has_the_rows_of_the_page(desk, world, address):
    book = Gradebook(world.course)
    page = desk.get(address).context["rows"]
    narrow, wide = table_of(book, "pdf"), table_of(book, "csv")
    cells, counted = list(narrow.plain_rows()), list(wide.plain_rows())

    assert len(cells) == len(counted) == len(page)
    assert len(cells[0]) == len(narrow.headings)
    assert len(counted[0]) == len(wide.headings)
    for (before, results, _after), short, long in zip(page, cells, counted, strict=True):
        assert short[:2] == long[:2] == before
        assert short[2:4] == [one.in_words() if one else "" for one in results]
        assert [long[2], long[6]] == [one.score if one else None for one in results]
        assert short[4:] == long[10:]
    text = b"".join(desk.get(f"{address}csv/").streaming_content).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text))][1:] == [row[0] for row in cells]
    assert "Constance Joseph" in desk.get(f"{address}pdf/").content.decode()


@pytest.mark.parametrize("role", ["auditor", "supervisor_police", "facilitator", "constable"])
def test_nobody_else_sees_a_score(request, client_of, world, address, role):
    client = client_of(request.getfixturevalue(role))

    for there in (CHOOSER, address, f"{address}csv/"):
        assert client.get(there).status_code == 403


@pytest.mark.parametrize("sort", ["name", "completed", "final"])
def test_queries_do_not_grow(desk, world, address, sort, django_assert_max_num_queries):
    asked = {"sort": str(world.page.final.translation_key) if sort == "final" else sort}
    desk.get(address, asked)
    with django_assert_max_num_queries(25) as few:
        desk.get(address, asked)
    for _n in range(4):
        finish(make_person(), world.page, at=timezone.now() - timedelta(days=1))

    with django_assert_max_num_queries(len(few)):
        desk.get(address, asked)
