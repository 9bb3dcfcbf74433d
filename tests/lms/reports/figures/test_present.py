"""People as they are today: trained against the target, last heard of, and where they stop."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certificates.correcting import withdraw
from certificates.issuing import issue
from courses.catalogue.models import LessonPage
from courses.choices import EnrolmentState, Purpose
from courses.enrolment.enrolling import end
from courses.people.heard import hear
from courses.people.merging import merge
from courses.progress.recording import complete_lesson
from lms.reports.figures import against_target, heard_of, scope, stopping
from tests.answering import take
from tests.factories import (
    make_agency,
    make_completion,
    make_course,
    make_enrolment,
    make_lesson,
    make_lesson_done,
    make_module,
    make_person,
    make_quiz,
    make_small_course,
    set_outline,
)
from tests.lms.reports.conftest import finish

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def this_year(now):
    return scope.read({"period": f"calendar-{timezone.localdate(now).year}"})


def certify(person, course, at):
    enrolment = make_enrolment(person, course, at=at, state=EnrolmentState.COMPLETED, ended_at=at)
    return issue(make_completion(enrolment, at=at), actor=None, at=at)


def shown(rows):
    return [(row.name, row.trained, row.target, row.share) for row in rows]


# --- Against the target -----------------------------------------------------------------


def test_everybody_counts_once_where_they_work_today(now, this_year):
    course, other = make_course(validity_months=24), make_course()
    police = make_agency(name="Police", headcount=4)
    clinic = make_agency(name="Clinic")
    stays, moves, leaves = (make_person(agency=police) for _n in range(3))
    twin, void = make_person(agency=clinic), make_person(agency=police)
    for person in (stays, moves, leaves, twin):
        certify(person, course, now)
    certify(stays, other, now)
    withdraw(certify(void, course, now), public_reason="error", reason="Private", actor=None, at=now)
    moves.agency = clinic
    moves.save()
    leaves.left_on = timezone.localdate(now)
    leaves.save()
    merge(twin, stays, actor=None, at=now)

    assert shown(against_target.rows(this_year)) == [("Police", 1, 4, 25), ("Clinic", 1, None, None)]
    for row in against_target.rows(this_year):
        narrowed = scope.read({"agency": row.key})
        assert len(against_target.TRAINED.listed(narrowed)) == row.trained


def test_a_supervisors_scope_brings_the_own_agency_alone(now, world, police, hospital):
    own = scope.read({"agency": str(hospital.pk)}, only_agency=police.pk)
    assert against_target.rows(own) == []
    own = scope.read({}, only_agency=police.pk)
    assert [row.pk for row in against_target.rows(own)] == [police.pk]


# --- Last heard of ----------------------------------------------------------------------


def test_whatever_somebody_did_under_either_record_is_a_sign_of_them(now, this_year):
    page = make_small_course()
    kept, other, reader, tested = (make_person() for _ in range(4))
    _kept, reading, testing = (
        make_enrolment(person, page.course, at=now - timedelta(days=300)) for person in (kept, reader, tested)
    )
    hear(kept, "a phone", at=now - timedelta(days=60))
    hear(other, "a tablet", at=now - timedelta(days=2))
    merge(other, into=kept, actor=None, at=now)
    make_lesson_done(reading, page.lesson_pages[0], at=now - timedelta(days=20))
    take(page.check, tested, testing, at=now - timedelta(days=100))

    found = heard_of.counts(this_year)

    assert list(found.values()) == [1, 1, 0, 1, 0]
    assert {name: len(heard_of.CROWDS[name].listed(this_year)) for name in found} == found


def test_the_bands_add_up_to_those_who_study_and_each_opens_its_list(now, this_year):
    course = make_course()
    for days in (1, 6, 20, 60, 200, None):
        person = make_person()
        make_enrolment(person, course, at=now - timedelta(days=300))
        if days is not None:
            hear(person, "a phone", at=now - timedelta(days=days))
    gone = make_person(left_on=timezone.localdate(now))
    make_enrolment(gone, course)
    end(make_enrolment(make_person(), course), EnrolmentState.WITHDRAWN, actor=None, at=now)

    found = heard_of.counts(this_year)

    assert list(found.values()) == [2, 1, 1, 1, 1]
    assert sum(found.values()) == heard_of.studying(this_year).count()
    assert {name: len(heard_of.CROWDS[name].listed(this_year)) for name in found} == found


# --- Where people stop ------------------------------------------------------------------


def stages(course, asked):
    return [(one.label, one.people, one.of, one.is_steep) for one in stopping.funnel(course, asked)]


def test_the_funnel_counts_people_by_what_they_did(world, this_year, now, police):
    # One of the constable's colleagues was given the course and never opened it.
    make_enrolment(make_person(agency=police), world.course, at=now)

    assert stages(world.course, this_year) == [
        ("Began", 3, 3, False),
        ("The signs", 2, 3, False),
        ("Final test passed", 1, 3, False),
        ("Completed", 1, 3, False),
    ]
    for stage in stopping.funnel(world.course, this_year):
        assert len(stopping.crowd(world.course, stage.name, this_year).listed(this_year)) == stage.people


def test_what_two_records_of_one_person_did_is_one_persons(world, this_year, now, nurse):
    twin = make_person(agency=nurse.person.agency)
    finish(twin, world.page, at=now)
    merge(twin, nurse.person, actor=None, at=now)

    assert stages(world.course, this_year)[0] == ("Began", 3, 3, False)
    assert stages(world.course, this_year)[1] == ("The signs", 3, 3, False)


def test_a_module_for_one_sector_is_asked_of_its_people_alone(this_year, now):
    page = make_small_course()
    extra = make_lesson(page, title="At the clinic")
    last = make_quiz(page, title="Last", purpose=Purpose.FINAL, review="test", pass_mark=80)
    page = set_outline(
        page,
        [
            make_module(*page_parts(page)[:1], title="All"),
            make_module(extra, code="C2", title="Health", sectors=["health"]),
            make_module(last, code="F", title="End"),
        ],
    )
    first = page_parts(page)[0]
    nurse = make_enrolment(make_person(sector="health"), page.course, at=now, sector="health")
    officer = make_enrolment(make_person(), page.course, at=now, sector="police")
    for enrolment in (nurse, officer):
        complete_lesson(enrolment, first, actor=None, at=now)
    complete_lesson(nurse, extra, actor=None, at=now)
    take(last, officer.person, officer, at=now)

    assert stages(page.course, this_year) == [
        ("Began", 2, 2, False),
        ("All", 2, 2, False),
        ("Health", 1, 1, False),
        ("Final test passed", 1, 2, False),
        ("Completed", 1, 2, False),
    ]


def test_a_loss_is_that_of_the_same_people_and_of_enough_of_them(this_year, now):
    page = make_small_course()
    first, extra = page_parts(page)[0], make_lesson(page, title="At the clinic")
    late = make_lesson(page, title="Report it")
    page = set_outline(
        page,
        [
            make_module(first, title="All"),
            make_module(extra, code="C2", title="Health", sectors=["health"]),
            make_module(late, code="C3", title="Late"),
        ],
    )

    def begin(sector, *lessons):
        enrolment = make_enrolment(make_person(sector=sector), page.course, at=now, sector=sector)
        for lesson in lessons:
            complete_lesson(enrolment, lesson, actor=None, at=now)

    for _n in range(3):
        begin("health", first, extra, late)
    begin("health", first)
    for _n in range(4):
        begin("police", first, late)
    for _n in range(3):
        begin("police", first)

    found = {one.label: one for one in stopping.funnel(page.course, this_year)}

    # One of four is chance; and whoever does not see the module did not stop there.
    assert (found["Health"].was, found["Health"].lost, found["Health"].drop) == (4, 1, 25)
    assert not found["Health"].is_steep
    # Not against the three of the module that stands before it.
    assert (found["Late"].was, found["Late"].people, found["Late"].drop) == (11, 7, 36)
    assert found["Late"].is_steep
    assert not found["Began"].lost


def page_parts(page):
    return list(LessonPage.objects.child_of(page).order_by("path"))


def test_the_queries_do_not_grow_with_people(this_year, now, django_assert_max_num_queries):
    page = make_small_course()
    for _n in range(3):
        make_lesson_done(make_enrolment(make_person(), page.course, at=now), page.lesson_pages[0])

    with django_assert_max_num_queries(12):
        assert stages(page.course, this_year)[0] == ("Began", 3, 3, False)


def test_a_course_that_nobody_began_or_no_page_shows_has_no_funnel(this_year):
    assert stopping.funnel(make_small_course().course, this_year) == []
    assert stopping.funnel(make_course(), this_year) == []
