from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certificates.issuing import issue
from certificates.models import Certificate
from courses.choices import Approval, EnrolmentState, Role
from courses.enrolment.enrolling import assign, enrol
from courses.enrolment.models import Enrolment
from courses.people.approving import approve
from courses.people.correcting import ask_name_correction, open_correction
from courses.people.merging import MergeRefused, NotUndone, Refusal, in_force, merge, refusal, unmerge
from courses.people.models import Merge, NameCorrection, Person, User
from courses.people.roles import give_role, is_oneself, saw_keys
from courses.progress.models import Completion, LessonDone
from courses.progress.recording import complete_lesson
from courses.progress.standing import Standing
from courses.quizzes import attempts
from courses.quizzes.models import Attempt
from courses.workshops.models import Registration
from tests.answering import take
from tests.factories import (
    make_completion,
    make_course,
    make_enrolment,
    make_person,
    make_registration,
    make_site,
    make_small_course,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
EVIDENCE = [Enrolment, LessonDone, Attempt, Completion, Certificate, Registration, NameCorrection, Person]


def everything():
    """Every row of the record, as it is."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in EVIDENCE}


def join(person, into):
    done = merge(person, into, actor=None, at=NOW)
    person.refresh_from_db()
    return done


@pytest.fixture
def walk_in(police):
    return make_person(full_name="Constance Joseph-Paul", agency=police, approval=Approval.PENDING)


# --- Refusals ---------------------------------------------------------------------------


def test_what_cannot_be_merged_says_why(constable, nurse, supervisor_police, focal_point, walk_in):
    me = constable.person
    other = make_person(merged_into=nurse.person)
    pairs = [
        (me, me, Refusal.ONESELF),
        (other, me, Refusal.MERGED),
        (me, other, Refusal.MERGED),
        (supervisor_police.person, me, Refusal.STAFF),
        (supervisor_police.person, focal_point.person, Refusal.BOTH_STAFF),
        (me, walk_in, Refusal.LOG_IN),
        (me, supervisor_police.person, None),
        (walk_in, me, None),
        (nurse.person, me, None),
    ]

    assert [refusal(person, into) for person, into, _why in pairs] == [why for *_pair, why in pairs]
    with pytest.raises(MergeRefused) as refused:
        merge(supervisor_police.person, me, actor=None, at=NOW)
    assert refused.value.reason == Refusal.STAFF
    assert not Merge.objects.exists()


def test_an_auditor_whose_day_is_over_is_merged_like_any_trainee(auditor, constable):
    assert refusal(auditor.person, constable.person) == Refusal.STAFF
    User.objects.filter(pk=auditor.pk).update(role_until=timezone.localdate() - timedelta(days=1))
    assert refusal(auditor.person, constable.person) is None


# --- Merge, then undo -------------------------------------------------------------------


@pytest.fixture
def both(constable, walk_in):
    """Each has a history; one course is open in both."""
    make_site()
    course = make_small_course()
    for person in (constable.person, walk_in):
        enrolment = make_enrolment(person, course.course)
        complete_lesson(enrolment, course.lesson_pages[0], actor=None, at=NOW)
    earlier = make_completion(make_enrolment(walk_in, at=NOW - timedelta(days=400)))
    Enrolment.objects.filter(pk=earlier.enrolment_id).update(
        state=EnrolmentState.COMPLETED, ended_at=NOW - timedelta(days=399)
    )
    approve(walk_in, actor=None, at=NOW)
    make_registration(person=walk_in)
    ask_name_correction(walk_in, "Constance Joseph", at=NOW)
    take(course.check, constable.person, Enrolment.objects.get(person=constable.person), at=NOW)
    return course


def test_both_histories_are_the_survivors_and_come_back_row_for_row(both, constable, walk_in):
    me, before = constable.person, everything()

    done = join(walk_in, me)
    assert Enrolment.objects.of(me).count() == 3
    assert Completion.objects.of(me).count() == Registration.objects.of(me).count() == 1
    assert open_correction(me).wanted == "Constance Joseph"
    assert [row["person_id"] for row in everything()["Enrolment"]] == [
        row["person_id"] for row in before["Enrolment"]
    ]

    unmerge(done, actor=None, at=NOW)
    assert everything() == before
    with pytest.raises(NotUndone):
        unmerge(done, actor=None, at=NOW)


def test_a_course_open_in_both_is_gone_on_with_in_the_surviving_record(both, constable, walk_in):
    own = Enrolment.objects.get(person=constable.person)
    other = Enrolment.objects.get(person=walk_in, course=both.course)
    done = join(walk_in, constable.person)

    other.refresh_from_db()
    assert (other.state, other.may_study) == (EnrolmentState.SET_ASIDE, False)
    assert Standing(both, constable.person).enrolment == own
    assert enrol(constable.person, both.course, actor=None, at=NOW) == own
    assert assign(walk_in, both.course, due_on=None, actor=None, at=NOW) == own

    # Even when it is completed, the one set aside does not come back.
    Enrolment.objects.filter(pk=own.pk).update(state=EnrolmentState.COMPLETED, ended_at=NOW)
    assert Standing(both, constable.person).enrolment == own
    unmerge(done, actor=None, at=NOW)
    other.refresh_from_db()
    assert (other.state, other.ended_at) == (EnrolmentState.ACTIVE, None)


def test_a_course_open_only_in_the_merged_record_is_gone_on_with(constable, walk_in, client_of):
    make_site()
    course = make_small_course()
    theirs = make_enrolment(walk_in, course.course)
    begun = attempts.start(course.check.translation_key, person=walk_in, enrolment=theirs, actor=None, at=NOW)
    join(walk_in, constable.person)
    client = client_of(constable)

    assert enrol(constable.person, course.course, actor=None, at=NOW) == theirs
    assert client.get(f"/attempts/{begun.uuid}/1/").status_code == 200
    assert client.post(f"/quizzes/{course.check.translation_key}/start/").url == f"/attempts/{begun.uuid}/"
    attempts.submit(begun.uuid, person=constable.person, actor=constable, at=NOW)
    # What is done now belongs to the enrolment, and goes back with it.
    take(course.check, constable.person, theirs, at=NOW)
    assert set(Attempt.objects.values_list("person", "cycle")) == {(walk_in.pk, 1)}
    assert course.course.title in client.get("/my/record/").content.decode()
    assert course.course.title in client.get("/").content.decode()


def test_cycles_do_not_collide(constable, walk_in):
    course = make_course()
    for person in (constable.person, walk_in):
        enrolment = make_enrolment(person, course)
        enrolment.state, enrolment.ended_at = EnrolmentState.COMPLETED, NOW
        enrolment.save()
    join(walk_in, constable.person)

    renewed = enrol(constable.person, course, actor=None, at=NOW)

    assert (renewed.person, renewed.cycle) == (constable.person, 2)


def test_what_came_along_goes_back_along(constable, nurse, walk_in):
    first = join(walk_in, nurse.person)
    second = join(nurse.person, constable.person)
    walk_in.refresh_from_db()

    assert walk_in.merged_into == constable.person
    assert in_force(constable.person) == [(second, True), (first, False)]
    with pytest.raises(NotUndone):
        unmerge(first, actor=None, at=NOW)

    unmerge(second, actor=None, at=NOW)
    walk_in.refresh_from_db()
    assert walk_in.merged_into == nurse.person
    unmerge(first, actor=None, at=NOW)
    assert not Person.objects.exclude(merged_into=None).exists()


# --- Log-ins ----------------------------------------------------------------------------


def test_the_old_log_in_stands_on_the_surviving_record(constable, nurse, client_of):
    make_site()
    completion = make_completion(make_enrolment(constable.person, make_course(title="Signs")))
    done = join(nurse.person, constable.person)
    client = client_of(nurse)

    with CaptureQueriesContext(connection) as queries:
        page = client.get("/my/record/")
    assert page.context["person"] == constable.person
    assert sum(query["sql"].startswith('SELECT "people_person"') for query in queries) == 1
    assert completion.enrolment.course.title in page.content.decode()
    assert is_oneself(page.wsgi_request.user, constable.person)

    # Saving the log-in moves nothing: the undone merge gives back its own record.
    user = page.wsgi_request.user
    user.set_password("nine green parrots")
    user.save()
    user.refresh_from_db()
    assert user.person_id == nurse.person.pk
    unmerge(done, actor=None, at=NOW)
    assert client_of(user).get("/my/record/").context["person"] == nurse.person


def test_the_surviving_record_says_who_may_sign_in(constable, nurse, client_of):
    make_site()
    join(nurse.person, constable.person)
    constable.person.approval = Approval.REFUSED
    constable.person.save()

    assert client_of(nurse).get("/my/record/").status_code == 302


def test_keys_seen_by_a_merged_log_in_stay_seen(constable, focal_point, administrator):

    give_role(focal_point, Role.TRAINEE, actor=administrator, at=NOW)
    join(focal_point.person, constable.person)

    assert saw_keys(constable.person)


# --- Certificates -----------------------------------------------------------------------


def test_what_a_waiting_record_completed_is_certified_in_the_survivors_name(constable, walk_in):
    completion = make_completion(make_enrolment(walk_in))
    assert issue(completion, actor=None, at=NOW) is None

    join(walk_in, constable.person)
    certificate = Certificate.objects.of(constable.person).get()

    assert certificate.facts["name"] == "Constance Joseph"
    assert certificate.person == walk_in
