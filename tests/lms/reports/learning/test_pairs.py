from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.people.merging import merge
from courses.quizzes import attempts
from courses.quizzes.models import Attempt, Marking
from courses.room import figures as room
from lms.reports.figures import scope as scopes
from lms.reports.figures.defined import FIGURES
from lms.reports.learning import pairs
from lms.reports.learning.objectives import read as objectives_of
from tests.courses.room.room import make_room
from tests.courses.room.room import sit as sit_in_the_room
from tests.factories import make_cohort, make_completion, make_enrolment, make_person
from tests.lms.reports.learning.classes import (
    CARE,
    LAW,
    RIGHTS,
    SIGNS,
    make_class,
    make_tested_course,
    sit,
    sit_both,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return make_tested_course()


def scope(**asked):
    return scopes.read({"from": "2020-01-01", "to": "2099-12-31", **asked})


def everybody(**asked):
    return pairs.read(scope(**asked))[pairs.EVERYBODY][""]


def people(**asked):
    return FIGURES["tested"].value(scope(**asked))


def test_the_first_of_each_test_counts_and_only_of_who_has_both(page):
    enrolment = sit_both(page, 1, 2)
    at = timezone.now()
    sit(page.final, enrolment.person, enrolment, 5, at=at)
    alone = make_enrolment(make_person(), page.course)
    sit(page.final, alone.person, alone, 5, at=at)
    # The pre-test after the final test is no before.
    sit(page.pretest, alone.person, alone, 4, at=at + timedelta(minutes=1))

    assert everybody() == {(25, 40): 1}
    assert people() == 1


def test_both_tests_are_of_one_cycle_and_everybody_is_once(page):
    person, at = make_person(), timezone.now()
    first = sit_both(page, 1, 2, person=person, at=at - timedelta(days=40))
    make_completion(first)
    first.state, first.ended_at = "completed", at - timedelta(days=39)
    first.save()
    sit_both(page, 3, 5, person=person, at=at)

    assert everybody() == {(25, 40): 1}
    assert everybody(**{"from": str(timezone.localdate(at))}) == {(75, 100): 1}
    assert people() == 1


def test_the_marking_that_counts_is_the_last(page):
    attempt = Attempt.objects.get(enrolment=sit_both(page, 1, 2), quiz_key=page.final.translation_key)
    details = attempt.latest_marking().details
    details["items"][4]["fraction"] = 1
    Marking.objects.create(
        attempt=attempt, n=2, at=timezone.now(), key_versions={}, score=60, passed=True, details=details
    )

    found = {one.text: (one.asked_before, one.asked_after) for one in objectives_of(scope())}
    assert everybody() == {(25, 60): 1}
    assert found[CARE] == (0, 1)


def test_a_void_attempt_does_not_count(page):
    attempt = Attempt.objects.get(enrolment=sit_both(page, 1, 2), quiz_key=page.pretest.translation_key)
    attempts.make_void(attempt, reason="Power cut", actor=None, at=timezone.now())

    assert everybody() == {}


def test_a_workshop_is_as_its_own_page_says(page):
    workshop = make_room(people=6)
    for n, registration in enumerate(workshop.registrations.order_by("pk")):
        sit_in_the_room(registration, "before", right=[n > 2, False])
        if n:
            sit_in_the_room(registration, "after", right=[True, n > 3])
    found = pairs.read(scope())
    counted = found[pairs.WORKSHOP][workshop.pk]
    gain = room.gain_of([workshop])

    assert counted == Counter({(0, 50): 2, (50, 50): 1, (50, 100): 2})
    assert gain.n == counted.total() == people(workshop=str(workshop.pk)) == 5
    assert gain.before == sum(before * n for (before, _after), n in counted.items()) / 5
    assert pairs.COURSE not in found


def test_records_that_were_merged_are_one_person(page):
    one, other = make_person(), make_person()
    sit_both(page, 1, 2, person=one)
    sit_both(make_tested_course(), 3, 5, person=other)
    merge(one, other, actor=None, at=timezone.now())

    assert everybody().total() == people() == 1


def test_a_cohort_is_who_was_in_it_at_the_second_test(page):
    at = timezone.now()
    inside, left, later = (make_person() for _n in range(3))
    cohort = make_cohort([inside, left], course=page.course)
    cohort.members.update(joined_at=at - timedelta(days=9))
    cohort.members.filter(person=left).update(left_at=at - timedelta(days=8))
    for person in (inside, left, later):
        sit_both(page, 1, 2, person=person, at=at)

    assert pairs.read(scope())[pairs.COHORT] == {cohort.pk: {(25, 40): 1}}
    assert pairs.in_cohort(scope(), cohort) == {inside.pk}


def test_the_place_is_that_of_the_completion_or_of_today(page):
    person = make_class(page, [(1, 2)])[0]
    then, now = person.agency, make_person().agency
    person.agency = now
    person.save()
    before = pairs.read(scope())[pairs.AGENCY].keys()
    person.agency = then
    person.save()
    make_completion(person.enrolments.get())
    person.agency = now
    person.save()

    assert (set(before), set(pairs.read(scope())[pairs.AGENCY])) == ({now.pk}, {then.pk})


def test_objectives_are_shares_of_their_questions(page):
    # Before: signs, signs, law, rights. After: signs, signs, law, law, care.
    make_class(page, [(1, 2), (1, 2), (3, 3), (0, 5)])
    found = {one.text: one for one in objectives_of(scope())}

    assert found[SIGNS].pairs == {(50, 100): 2, (100, 100): 1, (0, 100): 1}
    assert found[LAW].pairs == {(0, 0): 2, (100, 50): 1, (0, 100): 1}
    assert (found[RIGHTS].in_one_test, found[CARE].in_one_test) == ("before", "after")


def test_more_people_cost_no_more_queries(page, django_assert_num_queries):
    make_class(page, [(1, 2)] * 2)
    for _round in range(2):
        with django_assert_num_queries(3):
            pairs.read(scope()), objectives_of(scope())
        make_class(page, [(1, 3)] * 4)
