"""A completion that was withdrawn stays on record, and everything that asks who has completed sees it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from certificates import issuing
from certificates.correcting import withdraw
from certificates.models import Certificate, CertificateEvent
from certificates.seconding import uncertified_of, waiting_for_second_person
from courses.append_only import AppendOnlyError
from courses.audit.models import AuditEntry
from courses.choices import EnrolmentState, Role
from courses.enrolment import grouping
from courses.enrolment.able import latest_enrolments, why_not
from courses.enrolment.enrolling import assign
from courses.enrolment.models import Enrolment
from courses.progress.models import Completion, CompletionWithdrawn
from courses.progress.recording import complete_lesson, evaluate
from courses.progress.renewing import renewals_of
from courses.progress.withdrawing import withdraw_completion
from courses.transcript.reading import transcript_of
from lms.cohorts import standing as cohorts
from lms.desk.people.studying import StudyStatus, in_course
from lms.reports import team
from lms.reports.figures import scope as scopes
from lms.reports.figures.defined import FIGURES
from lms.reports.gradebook.book import Gradebook
from tests.answering import take
from tests.courses.quizzes.pages import text_of
from tests.factories import make_cohort, make_course, make_person, make_small_course, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(minutes=5)
WHY = "The pass did not stand"


@pytest.fixture
def course():
    return make_small_course(course=make_course(title="Signs", validity_months=24))


def finish(course, person, at=NOW):
    enrolment = assign(person, course.course, due_on=None, actor=None, at=at)
    for lesson in course.lesson_pages:
        complete_lesson(enrolment, lesson, actor=None, at=at)
    take(course.check, person, enrolment, at=at)
    take(course.final, person, enrolment, at=at)
    return Completion.objects.get(enrolment=enrolment)


@pytest.fixture
def completion(course, constable):
    return finish(course, constable.person)


@pytest.fixture
def withdrawn(completion, focal_point):
    withdraw_completion(completion, reason=WHY, actor=focal_point, at=LATER)
    return Completion.objects.get(pk=completion.pk)


def figure(name):
    return FIGURES[name].value(scopes.read({"period": f"calendar-{NOW.year}"}))


def test_a_row_beside_it_says_so_once_and_for_good(completion, focal_point):
    before = Completion.objects.values().get()

    first = withdraw_completion(completion, reason=WHY, actor=focal_point, at=LATER)
    again = withdraw_completion(completion, reason="Once more", actor=None, at=LATER)

    assert again == first == CompletionWithdrawn.objects.get()
    assert (first.reason, first.actor, first.at) == (WHY, str(focal_point), LATER)
    assert Completion.objects.values().get() == before
    enrolment = Enrolment.objects.get()
    assert (enrolment.state, enrolment.ended_at) == (EnrolmentState.UNDONE, LATER)
    entry = AuditEntry.objects.get(verb="completion withdrawn")
    assert entry.facts == {"enrolment": str(enrolment.uuid), "reason": WHY}
    (event,) = CertificateEvent.objects.filter(verb="withdrawn")
    assert (event.reason, event.public_reason) == (WHY, "error")
    with pytest.raises(AppendOnlyError):
        first.delete()


@pytest.mark.parametrize("facts", [{"reason": WHY}, {"reason": ""}])
def test_the_database_refuses_a_second_one_and_one_without_a_reason(completion, facts):
    if facts["reason"]:
        CompletionWithdrawn.objects.create(completion=completion, reason=WHY, actor="-", at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        CompletionWithdrawn.objects.create(completion=completion, actor="-", at=NOW, **facts)


def test_figures_and_records_see_it(course, completion, constable, focal_point):
    person = constable.person
    names = ("people", "first-time", "completions", "hours", "in-force", "certified")
    assert all(figure(name) > 0 for name in names)
    assert len(transcript_of(person).entries) == 1

    withdraw_completion(completion, reason=WHY, actor=focal_point, at=LATER)

    assert [figure(name) for name in names] == [0] * 6
    assert figure("issued") == 1
    assert not FIGURES["completions"].listed(scopes.read({"period": f"calendar-{NOW.year}"})).exists()
    assert transcript_of(person).entries == []
    # Nothing is said to be on its way.
    assert uncertified_of(person) == (0, 0)
    assert renewals_of(person, (NOW + timedelta(days=720)).date()) == []


def test_lists_of_people_see_it(course, withdrawn, constable, client_of, focal_point):
    person, day = constable.person, timezone.localdate()
    everybody = type(person).objects.filter(pk=person.pk)
    assert not in_course(everybody, StudyStatus.COMPLETED, course.course, day=day).exists()
    (row,) = team.team(person.agency, day, course=course.course)
    assert (row.status, row.completed_at, row.certificate_state) == (team.Status.NOT_STARTED, None, None)
    (row,) = Gradebook(course.course).rows([person])
    assert row.after[1:3] == ["Completion withdrawn", None]
    # Who is put in a group is given the course again.
    cohort = make_cohort([person], course=course.course)
    (row,) = cohorts.rows_of(cohort, day=day)
    assert (row.status, row.completed_on) == (cohorts.Status.NOT_STARTED, None)
    desk = client_of(focal_point)
    seen = text_of(desk.get(f"/admin/people/{person.pk}/"))
    assert f"by {focal_point}: {WHY}" in seen
    assert f"Completion withdrawn: Signs. {WHY}" in seen
    rows = text_of(desk.get(reverse("results_course", args=[course.course.pk])))
    assert "Completion withdrawn" in rows


def test_the_person_sees_it_and_may_begin_again(course, withdrawn, constable, client_of):
    own = client_of(constable)
    assert "That you completed this course was withdrawn" in text_of(own.get(course.url))
    record = text_of(own.get(reverse("my_record")))
    assert "Completion withdrawn" in record
    assert "Nothing yet. What you complete and attend is added up here." in record


def test_it_can_be_given_again_and_completed_in_a_new_cycle(course, withdrawn, constable):
    person = constable.person
    assert why_not(person, latest_enrolments([person], course.course)[person.pk], timezone.localdate()) == ""
    coming = grouping.add_members(make_cohort([], course=course.course), [person], actor=None, at=LATER)
    assert coming.cannot == []

    again = finish(course, person, at=LATER + timedelta(minutes=1))

    assert (again.enrolment.cycle, figure("completions"), figure("people")) == (2, 1, 1)
    assert Certificate.objects.filter(completion=again).count() == 1
    assert [entry.row for entry in transcript_of(person).entries] == [again]


def test_an_earlier_cycle_counts_on(course, completion, constable):
    """Of two, the later is withdrawn: what was completed before it is what lapses."""
    later = finish(course, constable.person, at=LATER)
    withdraw_completion(later, reason=WHY, actor=None, at=LATER)
    assert figure("completions") == 1
    (renewal,) = renewals_of(constable.person, (NOW + timedelta(days=720)).date())
    assert renewal.enrolment == completion.enrolment


def test_nothing_is_issued_for_it_nor_completed_once_more(course, focal_point):
    """Of somebody who can see the keys: it waits for a second person."""
    completion = finish(course, focal_point.person)
    assert list(waiting_for_second_person()) == [completion]
    withdraw_completion(completion, reason=WHY, actor=None, at=LATER)
    assert not waiting_for_second_person().exists()
    assert evaluate(completion.enrolment, actor=None, at=LATER) == completion
    assert Completion.objects.count() == 1
    second = make_user(email="second@example.org", role=Role.FOCAL_POINT, person=make_person())
    assert issuing.issue(completion, actor=second, at=LATER) is None


def test_with_the_certificate_at_the_desk_if_asked(completion, client_of, focal_point):
    certificate = Certificate.objects.get()
    desk, address = client_of(focal_point), reverse("certificates:withdraw", args=[certificate.pk])
    sent = {"public_reason": "other", "reason": WHY}
    assert "does not count as completed either" in text_of(desk.get(address))

    desk.post(address, {**sent, "with_completion": "on"})

    assert CompletionWithdrawn.objects.get().reason == WHY
    assert CertificateEvent.objects.get(verb="withdrawn").public_reason == "other"


def test_the_paper_alone_can_be_withdrawn(completion, focal_point):
    withdraw(Certificate.objects.get(), public_reason="error", reason=WHY, actor=focal_point, at=LATER)
    assert not CompletionWithdrawn.objects.exists()
    assert figure("completions") == 1
