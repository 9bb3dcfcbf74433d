"""Where a cohort stands, and who may look."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.choices import CohortWay, EnrolmentState
from courses.enrolment.cohorts import CohortMember
from courses.enrolment.models import Enrolment
from lms.cohorts import standing
from lms.cohorts.standing import Status
from tests.crowd import fill
from tests.factories import (
    make_cohort,
    make_completion,
    make_lesson_done,
    make_person,
    make_site,
    make_small_course,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    """Somebody for every answer; due ten days ago."""
    page = make_small_course()
    due_on = timezone.localdate() - timedelta(days=10)
    names = ["Ann Begun", "Ben New", "Éva Done", "Dan Withdrawn"]
    people = [make_person(full_name=name) for name in names]
    cohort = make_cohort(people, course=page.course, due_on=due_on)
    begun, _new, done, withdrawn = [Enrolment.objects.get(person=person) for person in people]
    make_lesson_done(begun, page.lesson_pages[0])
    make_completion(done)
    done.state, done.ended_at = EnrolmentState.COMPLETED, timezone.now()
    done.save()
    withdrawn.state, withdrawn.ended_at = EnrolmentState.WITHDRAWN, timezone.now()
    withdrawn.save()
    return cohort


def test_each_member_stands_where_they_stand(cohort):
    day = timezone.localdate()

    rows = standing.rows_of(cohort, day=day)

    assert [(row.person.full_name, row.in_words, row.is_overdue(day)) for row in rows] == [
        ("Ann Begun", "Studying: 1 of 4 parts done", True),
        ("Ben New", "Not started", True),
        ("Dan Withdrawn", "Does not have the course", False),
        ("Éva Done", "Completed", False),
    ]
    assert standing.totals(rows)[0] == ("Does not have the course", 1)


def test_a_merged_record_shows_the_study_of_both_once(cohort):
    kept = make_person(full_name="Kept Record")
    CohortMember.objects.create(cohort=cohort, person=kept, way=CohortWay.CODE, joined_at=timezone.now())
    merged = cohort.members.get(person__full_name="Ann Begun").person
    merged.merged_into = kept
    merged.save()

    rows = {row.person.full_name: row.status for row in standing.rows_of(cohort, day=timezone.localdate())}

    assert rows["Kept Record"] == Status.STUDYING
    assert "Ann Begun" not in rows


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"status": "studying"}, ["Ann"]),
        ({"due": "overdue"}, ["Ann", "Ben"]),
        ({"q": "eva"}, ["Éva"]),
        ({"sort": "status"}, ["Dan", "Ben", "Ann", "Éva"]),
        ({"status": "nonsense"}, ["Ann", "Ben", "Dan", "Éva"]),
    ],
)
def test_the_facilitator_narrows_and_sorts_the_own_cohort(client_of, facilitator, cohort, query, names):
    cohort.facilitator = facilitator.person
    cohort.save()

    page = client_of(facilitator).get(reverse("cohort", args=[cohort.uuid]), query)

    assert [row.person.full_name.split()[0] for row, _cells, _overdue in page.context["rows"]] == names


def test_a_facilitator_sees_own_cohorts_alone(client_of, facilitator, supervisor_police, cohort):
    make_site()
    mine = make_cohort(name="Mine", facilitator=facilitator.person)
    client = client_of(facilitator)

    listed = client.get(reverse("cohorts")).content.decode()

    assert "Mine" in listed
    assert reverse("cohorts") in client.get("/").content.decode()
    assert cohort.name not in listed
    assert client.get(reverse("cohort", args=[mine.uuid])).status_code == 200
    assert client.get(reverse("cohort", args=[cohort.uuid])).status_code == 404
    assert client_of(supervisor_police).get(reverse("cohort", args=[mine.uuid])).status_code == 404


def test_two_hundred_cost_what_one_does(desk):
    crowd = fill(200)
    cohort = make_cohort(course=crowd.page.course)
    addresses = [reverse("cohort", args=[cohort.uuid]), reverse("cohorts:cohort", args=[cohort.pk])]
    costs, done = {address: [] for address in addresses}, 0
    for n in (4, 20, 200):
        CohortMember.objects.bulk_create(
            CohortMember(cohort=cohort, person=person, way=CohortWay.LINK, joined_at=timezone.now())
            for person in crowd.people[done:n]
        )
        done = n
        for address in addresses:
            desk.get(address)  # what is remembered between requests
            with CaptureQueriesContext(connection) as queries:
                page = desk.get(address)
            costs[address].append(len(queries))
            assert page.context["size"] == n

    assert all(len(set(cost)) == 1 and cost[0] <= 30 for cost in costs.values()), costs
