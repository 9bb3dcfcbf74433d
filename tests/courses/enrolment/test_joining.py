"""/join/: the code typed, in the link, wrong, and too often wrong."""

import pytest
from django.urls import reverse

from courses.choices import CohortWay
from courses.enrolment.cohorts import CohortMember
from courses.enrolment.guessing import MOST
from courses.enrolment.models import Enrolment
from tests.factories import make_cohort, make_completion, make_enrolment, make_site, make_small_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db):
    return make_small_course()


@pytest.fixture
def cohort(page):
    return make_cohort(course=page.course, name="Gros Islet, May")


def link(cohort):
    return reverse("join", args=[cohort.join_code])


def test_a_waiting_person_joins_by_the_typed_code_and_comes_to_the_course(client_of, pending, cohort, page):
    client = client_of(pending)
    typed = client.post("/join/", {"code": f" {cohort.printed_code.lower()} "})
    assert typed.status_code == 302
    assert "Gros Islet, May" in client.get(typed["Location"]).content.decode()

    joined = client.post(typed["Location"])

    member = CohortMember.objects.get()
    assert (member.person, member.way) == (pending.person, CohortWay.CODE)
    assert joined["Location"] == reverse("course", args=[page.slug])
    assert Enrolment.objects.filter(person=pending.person, course=page.course).exists()


def test_strangers_are_led_to_the_log_in_whatever_the_code_is(client, cohort):
    answers = [client.get(address).status_code for address in (link(cohort), "/join/ZZZZZZZZ/")]

    assert answers == [302, 302]
    assert not CohortMember.objects.exists()


def test_a_closed_cohort_answers_as_a_wrong_code_does(client_of, constable, cohort):
    client = client_of(constable)
    cohort.joining_open = False
    cohort.save()

    closed, wrong = client.get(link(cohort)), client.get("/join/ZZZZZZZZ/")

    assert (closed.status_code, wrong.status_code) == (404, 404)
    assert "Gros Islet" not in closed.content.decode()
    assert [answer.context["unknown"] for answer in (closed, wrong)] == [True, True]


def test_whoever_guesses_waits_and_others_do_not(client_of, constable, nurse, cohort):
    client = client_of(constable)
    for _n in range(MOST):
        client.get("/join/ZZZZZZZZ/")

    assert client.get(link(cohort)).status_code == 429
    assert client_of(nurse).get(link(cohort)).status_code == 200


def test_who_has_completed_the_course_is_told_so_and_does_not_join(client_of, constable, cohort, page):
    make_completion(make_enrolment(constable.person, page.course))
    Enrolment.objects.update(state="completed", ended_at="2026-01-01T00:00Z")

    answer = client_of(constable).post(link(cohort))

    assert answer.status_code == 422
    assert "completed it on" in answer.content.decode()
    assert not CohortMember.objects.exists()


def test_who_joined_may_leave_and_who_was_put_in_may_not(client_of, constable, colleague, cohort):
    make_site()
    mine, theirs = client_of(constable), client_of(colleague)
    mine.post(link(cohort))
    other = make_cohort([colleague.person])

    mine.post(link(cohort), {"leave": "1"})
    theirs.post(link(other), {"leave": "1"})

    assert not cohort.members.open().exists()
    assert other.members.open().count() == 1
