from datetime import date, timedelta

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import Approval, CohortWay, EnrolmentState
from courses.enrolment import extending, grouping
from courses.enrolment.cohorts import Cohort, CohortMember
from courses.enrolment.models import Enrolment
from courses.people.merging import merge
from tests.factories import (
    make_cohort,
    make_completion,
    make_course,
    make_enrolment,
    make_person,
    make_site,
    make_user,
)

pytestmark = pytest.mark.django_db
DUE, LATER, LATEST = date(2099, 3, 1), date(2099, 4, 1), date(2099, 5, 1)


def now():
    return timezone.now()


def completed(person, course):
    enrolment = make_enrolment(person, course, state=EnrolmentState.COMPLETED, ended_at=now())
    make_completion(enrolment)


def due_of(person):
    return Enrolment.objects.get(person=person).due_on


def test_members_get_the_course_with_its_date_and_who_cannot_is_told_why():
    course = make_course(validity_months=24)
    fresh, done, refused, gone = [make_person() for _n in range(4)]
    completed(done, course)
    refused.approval = Approval.REFUSED
    refused.save()
    gone.left_on = date(2020, 1, 1)
    gone.save()
    cohort = make_cohort([fresh], course=course, due_on=DUE)

    coming = grouping.add_members(cohort, [fresh, done, refused, gone], actor=None, at=now())

    assert due_of(fresh) == DUE
    assert (coming.new, coming.there) == ([], [fresh])
    assert [person for person, _why in coming.cannot] == [done, refused, gone]
    assert [why.split(" ")[0] for _person, why in coming.cannot] == ["completed", "was", "left"]
    assert [member.person for member in cohort.members.open()] == [fresh]


def test_a_cohort_without_a_date_takes_nobodys_date_away():
    course, person = make_course(), make_person()
    make_enrolment(person, course, due_on=DUE)

    make_cohort([person], course=course)

    assert due_of(person) == DUE


def test_a_merged_record_comes_in_as_the_one_it_counts_as():
    kept = make_person()
    merged = make_person(merged_into=kept)

    cohort = make_cohort([merged, kept])

    assert [member.person for member in cohort.members.open()] == [kept]


def test_two_records_that_were_merged_are_one_member(client_of):
    make_site()
    kept, merged = make_person(), make_person()
    user = make_user(person=kept)
    cohort, other = make_cohort([kept, merged]), make_cohort([merged])
    merge(merged, kept, actor=None, at=now())

    assert grouping.plan(other, [kept], at=now()).there == [kept]
    assert [one.size for one in Cohort.objects.with_size().order_by("pk")] == [1, 1]
    assert client_of(user).get(f"/join/{other.join_code}/").context["member"] is not None

    grouping.remove(cohort.members.first(), actor=None, at=now())
    assert not cohort.members.open().exists()
    assert other.members.open().count() == 1


def test_joining_twice_gives_one_membership_and_returning_a_second_row():
    cohort, person = make_cohort(), make_person(approval=Approval.PENDING)

    def join():
        return grouping.join(cohort, person, way=CohortWay.CODE, actor=None, at=now())

    assert (join(), join()) == (True, False)
    grouping.remove(cohort.members.get(), actor=None, at=now())
    assert join() is True
    assert CohortMember.objects.filter(cohort=cohort).count() == 2
    assert cohort.members.open().count() == 1


def test_nobody_joins_what_is_closed_and_the_office_still_adds_where_only_joining_is():
    cohort, person = make_cohort(joining_open=False), make_person()
    with pytest.raises(grouping.JoinRefused):
        grouping.join(cohort, person, way=CohortWay.LINK, actor=None, at=now())
    grouping.add_members(cohort, [person], actor=None, at=now())

    grouping.close(cohort, actor=None, at=now())
    with pytest.raises(grouping.JoinRefused):
        grouping.add_members(cohort, [make_person()], actor=None, at=now())

    assert cohort.members.open().count() == 1


def test_leaving_ends_the_membership_and_not_the_course():
    person = make_person()
    cohort = make_cohort([person])

    for _twice in range(2):
        grouping.remove(cohort.members.get(), actor=None, at=now())

    assert cohort.members.open().count() == 0
    assert Enrolment.objects.get(person=person).state == EnrolmentState.ACTIVE
    assert AuditEntry.objects.filter(verb="left a cohort").count() == 1


def test_the_date_moves_for_those_who_still_study_and_spares_exceptions():
    moves, extended, done, left = people = [make_person() for _n in range(4)]
    cohort = make_cohort(people, due_on=DUE)
    extending.extend(
        Enrolment.objects.get(person=extended), LATEST, reason="Leave of absence", actor=None, at=now()
    )
    Enrolment.objects.filter(person=done).update(state=EnrolmentState.COMPLETED, ended_at=now())
    make_completion(Enrolment.objects.get(person=done))
    grouping.remove(cohort.members.get(person=left), actor=None, at=now())

    moved, kept = grouping.change_due_date(cohort, LATER, actor=None, at=now())

    assert ([one.person for one in moved], [one.person for one in kept]) == ([moves], [extended])
    assert [due_of(person) for person in people] == [LATER, LATEST, DUE, DUE]
    cohort.refresh_from_db()
    assert cohort.due_on == LATER


def test_a_new_code_opens_what_the_old_one_did():
    cohort = make_cohort()
    old = cohort.join_code

    changed = grouping.change_code(cohort, actor=None, at=now() + timedelta(days=1))

    assert changed.join_code != old
    assert len(changed.join_code) == 8
