from datetime import date, timedelta

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import EnrolmentState, EnrolmentWay
from courses.enrolment import enrolling
from courses.enrolment.models import Enrolment
from tests.factories import make_course, make_person

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def enrol(person, course, at=NOW):
    return enrolling.enrol(person, course, actor=None, at=at)


def test_enrolling_pins_the_edition_and_the_sector():
    person, course = make_person(sector="health"), make_course(validity_months=24)

    enrolment = enrol(person, course)

    assert (enrolment.cycle, enrolment.sector, enrolment.state) == (1, "health", EnrolmentState.ACTIVE)
    assert enrolment.edition.validity_months == 24
    assert enrolment.edition.rule == {"lessons": True, "checks": True, "final": True}


def test_two_clicks_on_start_make_one_enrolment():
    person, course = make_person(), make_course()

    assert enrol(person, course) == enrol(person, course)
    assert AuditEntry.objects.filter(verb="enrolled").count() == 1


def test_a_changed_course_makes_a_new_edition_for_later_enrolments_only():
    person, other, course = make_person(), make_person(), make_course(validity_months=24)
    before = enrol(person, course)
    course.validity_months = 12
    course.save()

    after = enrol(other, course)

    before.refresh_from_db()
    assert (before.edition.n, before.edition.validity_months) == (1, 24)
    assert (after.edition.n, after.edition.validity_months) == (2, 12)


def test_after_completion_a_new_cycle_begins():
    person, course = make_person(), make_course()
    first = enrol(person, course)
    Enrolment.objects.filter(pk=first.pk).update(state=EnrolmentState.COMPLETED, ended_at=NOW)

    assert enrol(person, course, NOW + timedelta(days=700)).cycle == 2


def test_by_request_the_enrolment_waits_until_it_is_accepted():
    enrolment = enrol(make_person(), make_course(enrolment=EnrolmentWay.REQUEST))

    assert enrolment.state == EnrolmentState.REQUESTED
    assert not enrolment.may_study
    assert enrolling.accept(enrolment, actor=None, at=NOW).is_active


def test_by_assignment_nobody_starts_alone():
    person, course = make_person(), make_course(enrolment=EnrolmentWay.ASSIGNMENT)

    with pytest.raises(enrolling.EnrolmentRefused):
        enrol(person, course)
    assigned = enrolling.assign(person, course, due_on=date(2027, 1, 31), actor=None, at=NOW)

    assert enrol(person, course) == assigned
    assert assigned.due_on == date(2027, 1, 31)


def test_assigning_again_moves_the_date_of_the_open_enrolment():
    person, course = make_person(), make_course()
    enrolling.assign(person, course, due_on=date(2027, 1, 31), actor=None, at=NOW)

    moved = enrolling.assign(person, course, due_on=date(2027, 2, 28), actor=None, at=NOW)

    assert Enrolment.objects.get() == moved
    assert moved.due_on == date(2027, 2, 28)


def test_withdrawing_twice_is_withdrawing_once():
    enrolment = enrol(make_person(), make_course())

    for _n in range(2):
        ended = enrolling.end(enrolment, EnrolmentState.WITHDRAWN, actor=None, at=NOW, reason="left")

    assert ended.state == EnrolmentState.WITHDRAWN
    assert AuditEntry.objects.filter(verb="enrolment withdrawn").count() == 1
