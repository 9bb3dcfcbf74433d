"""Whom a changed clause calls back: exactly those who were certified on it before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certificates.correcting import correct, withdraw
from certificates.refreshers.holding import to_be_called
from certificates.refreshers.models import RefresherCall, RefresherCalled
from certificates.refreshers.refusing import RefresherRefused
from certificates.refreshers.sending import send
from courses.append_only import AppendOnlyError
from courses.audit.models import AuditEntry
from courses.choices import WithdrawalReason
from courses.mailing.models import Letter
from courses.people.merging import merge
from tests.certificates.refreshers.calling import (
    call_about,
    certified,
    course_citing,
    old_procedure,
    point,
    reworded,
)
from tests.courses.procedures.writing import begin, publish, write
from tests.factories import make_lesson, make_module, make_person, make_sector, make_user, set_outline

pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure():
    return old_procedure()


@pytest.fixture
def clause(procedure):
    return procedure.clauses.get(number="4.2")


def called_now(call):
    return {one.person for one in to_be_called(call, at=timezone.now())}


def test_exactly_those_certified_on_the_clause_are_called(procedure, clause):
    other = procedure.clauses.get(number="4.3")
    course = course_citing(point(clause))
    for_police = course_citing(point(clause), sectors=["police"])
    block_for_health = course_citing(point(clause, sectors=["health"]), point(other))
    elsewhere = course_citing(point(other))
    nothing = course_citing(point())
    make_sector("health")
    officer, nurse = make_person(sector="police"), make_person(sector="health")

    concerned = {
        certified(course).person_id,
        certified(for_police, officer).person_id,
        certified(block_for_health, nurse).person_id,
    }
    # Another sector's lesson, another sector's part of a lesson, another clause, no clause.
    certified(for_police, make_person(sector="health"))
    certified(block_for_health, make_person(sector="police"))
    certified(elsewhere)
    certified(nothing)
    # No longer in force.
    revoked = certified(course)
    withdraw(revoked, public_reason=WithdrawalReason.ERROR, reason="x", actor=None, at=timezone.now())
    certified(course, days_ago=3 * 365)
    # In force, though the first paper was replaced.
    misspelt = certified(course)
    correct(misspelt, reason="name", actor=None, at=timezone.now())
    concerned.add(misspelt.person_id)
    # Renewed before the edition: once, for the newest.
    twice = certified(course, days_ago=300).person
    newest = certified_again(course, twice, days_ago=20)
    concerned.add(twice.pk)

    edition = reworded(procedure)
    certified(course, days_ago=-1)
    renewed = certified(course).person
    certified_again(course, renewed, days_ago=-1)

    call = call_about(edition)
    assert called_now(call) == concerned
    rows = [one for one in to_be_called(call, at=timezone.now()) if one.person == twice.pk]
    assert [one.completion for one in rows] == [newest.completion_id]


def certified_again(course, person, *, days_ago):
    return certified(course, person, days_ago=days_ago)


def test_a_lesson_that_is_written_anew_meanwhile_still_counts_for_those_who_learnt_by_it(procedure, clause):
    course = course_citing(point(clause))
    holder = certified(course).person_id
    call = call_about(reworded(procedure))
    page = course.pages.get()
    set_outline(page, [make_module(make_lesson(page, [point()]))])
    assert called_now(call) == {holder}


def test_a_clause_that_is_left_out_calls_back_too_if_it_is_marked(procedure, clause):
    holder = certified(course_citing(point(clause))).person_id
    certified(course_citing(point(procedure.clauses.get(number="4.1"))))
    draft = begin(procedure)
    draft.wordings.get(clause=clause).delete()
    assert called_now(call_about(publish(draft, material=[clause.pk]))) == {holder}


def test_an_added_clause_calls_back_whoever_learns_where_it_is_cited_from_now_on(procedure, clause):
    course = course_citing(point(clause))
    holder = certified(course).person_id
    certified(course_citing(point(clause)))
    draft = begin(procedure)
    write(draft, {"4.4": "Write it down."})
    added = draft.wordings.get(number="4.4").clause
    call = call_about(publish(draft, material=[added.pk]))
    assert called_now(call) == set()
    page = course.pages.get()
    set_outline(page, [make_module(make_lesson(page, [point(added)]))])
    assert called_now(call) == {holder}


def test_a_change_that_is_not_marked_calls_nobody(procedure, clause):
    certified(course_citing(point(clause)))
    reworded(procedure, material=False)
    assert not RefresherCall.objects.exists()


def test_a_certificate_without_an_edition_on_it_counts_by_its_date(clause, procedure):
    course = course_citing(point())
    holder = certified(course)
    assert "procedures" not in holder.facts
    page = course.pages.get()
    set_outline(page, [make_module(make_lesson(page, [point(clause)]))])
    assert called_now(call_about(reworded(procedure))) == {holder.person_id}


def test_a_merged_record_is_called_once_and_as_who_it_is_now(procedure, clause):
    course = course_citing(point(clause))
    one, other = make_person(), make_person()
    certified(course, one)
    certified(course, other)
    merge(one, other, actor=None, at=timezone.now())
    assert called_now(call_about(reworded(procedure))) == {other.pk}


# --- Sending ----------------------------------------------------------------------------


def test_nobody_is_told_before_it_is_sent_and_nobody_twice(procedure, clause):
    course = course_citing(point(clause))
    person = make_user(email="anna@example.org").person
    certified(course, person)
    call = call_about(reworded(procedure))
    assert not RefresherCalled.objects.exists()
    assert not Letter.objects.exists()

    assert send(call, actor=None, at=timezone.now()) == [person]
    letter = Letter.objects.get()
    assert letter.address == "anna@example.org"
    assert letter.subject == "Something new in your learning"
    assert str(call.uuid) in letter.body
    assert procedure.name not in letter.body
    with pytest.raises(RefresherRefused):
        send(call, actor=None, at=timezone.now())

    late = certified(course, days_ago=10).person
    assert send(call, actor=None, at=timezone.now()) == [late]
    assert RefresherCalled.objects.count() == 2
    assert AuditEntry.objects.filter(verb="called to a refresher").count() == 2
    assert AuditEntry.objects.filter(verb="refresher call sent").count() == 2


def test_what_was_sent_is_never_changed(procedure, clause):
    certified(course_citing(point(clause)))
    call = call_about(reworded(procedure))
    send(call, actor=None, at=timezone.now())
    with pytest.raises(AppendOnlyError):
        call.questions.first().save()
    with pytest.raises(AppendOnlyError):
        call.points.first().delete()


def test_a_call_without_a_check_or_with_two_answers_alike_is_not_sent(procedure, clause):
    certified(course_citing(point(clause)))
    call = call_about(reworded(procedure))
    question = call.questions.get()
    question.wrong = question.right
    question.save()
    with pytest.raises(RefresherRefused) as refused:
        send(call, actor=None, at=timezone.now())
    assert refused.value.code == "same answers"
    question.delete()
    with pytest.raises(RefresherRefused) as refused:
        send(call, actor=None, at=timezone.now())
    assert refused.value.code == "no check"
    assert not RefresherCalled.objects.exists()


def test_the_draft_is_made_from_the_words_before_and_after(procedure, clause):
    call = call_about(reworded(procedure, text="Ask twice."))
    (question,) = call.questions.all()
    assert (question.right, question.wrong) == ("Ask twice.", "Ask consent")
    assert "4.2" in question.stem
    assert [one.heading for one in call.points.all()] == ["4.2 Clause 4.2"]


def test_whom_it_concerns_is_asked_in_a_few_queries(procedure, clause, django_assert_max_num_queries):
    course = course_citing(point(clause))
    certified(course)
    call = call_about(reworded(procedure))
    for _n in range(3):
        certified(course, days_ago=5)
    call = RefresherCall.objects.select_related("edition__procedure").get(pk=call.pk)
    with django_assert_max_num_queries(12):
        assert len(to_be_called(call, at=timezone.now() + timedelta(days=1))) == 4
