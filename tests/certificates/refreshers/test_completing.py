"""Passing the check of a call renews what somebody was certified on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.issuing import issue
from certificates.models import Certificate
from certificates.refreshers.completing import answer
from certificates.refreshers.models import RefresherDone, RefresherTry
from certificates.refreshers.open import calls_of
from certificates.refreshers.refusing import RefresherRefused
from certificates.refreshers.sending import send
from courses.audit.models import AuditEntry
from courses.catalogue.models import CoursePage
from courses.progress.models import Completion
from courses.progress.standing import Standing
from tests.certificates.refreshers.calling import (
    call_about,
    certified,
    course_citing,
    old_procedure,
    point,
    reworded,
    right_answers,
    wrong_answers,
)
from tests.factories import make_completion, make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure():
    return old_procedure(name="National SOP")


@pytest.fixture
def course(procedure):
    return course_citing(point(procedure.clauses.get(number="4.2")))


@pytest.fixture
def old(course, constable):
    return certified(course, constable.person)


@pytest.fixture
def call(old, procedure):
    found = call_about(reworded(procedure))
    send(found, actor=None, at=timezone.now())
    return found


def do(call, user, answers=None):
    given = right_answers(call) if answers is None else answers
    return answer(call, user.person, given, actor=user, at=timezone.now())


def test_passing_renews_and_leaves_the_old_certificate_as_it_was(call, old, constable, procedure):
    facts = dict(old.facts)
    assert facts["procedures"] == [
        {"procedure": str(procedure.uuid), "name": "National SOP", "edition": "2019", "n": 1}
    ]
    assert calls_of(constable.person, at=timezone.now()) == [call]

    assert do(call, constable) == []

    done = RefresherDone.objects.get()
    renewed = done.renewed_by
    assert renewed.enrolment.cycle == 2
    assert renewed.minutes == call.minutes
    assert renewed.evidence["refresher"]["renews"] == str(old.completion.uuid)
    new = issue(renewed, actor=None, at=timezone.now())
    assert [one["edition"] for one in new.facts["procedures"]] == ["2026"]
    assert new.facts["minutes"] == old.completion.minutes
    assert new.valid_until > old.valid_until
    assert Certificate.objects.get(pk=old.pk).facts == facts
    assert calls_of(constable.person, at=timezone.now()) == []
    assert AuditEntry.objects.filter(verb="refresher completed").count() == 1


def test_the_course_says_that_its_lessons_were_done_before(call, course, constable, client_of):
    do(call, constable)
    page = CoursePage.objects.get(course=course)
    standing = Standing(page, constable.person)
    asked = [(part.is_lesson, standing.state_of(part)) for part in standing.asked]
    assert (True, "before") in asked
    assert {state for _is_lesson, state in asked} == {"before"}
    assert standing.next_part is None
    words = client_of(constable).get(reverse("course", args=[page.slug])).content.decode()
    assert "Done before" in words
    assert "nothing else has to be done again" in words
    assert "Not started" not in words


def test_a_second_refresher_renews_the_first(call, old, constable, procedure):
    do(call, constable)
    issue(RefresherDone.objects.get().renewed_by, actor=None, at=timezone.now())
    fresh = type(procedure).objects.get(pk=procedure.pk)
    again = call_about(reworded(fresh, text="Ask three times."))
    assert [one.person for one in send(again, actor=None, at=timezone.now()) and again.called.all()] == [
        constable.person
    ]
    do(again, constable)
    newest = Completion.objects.order_by("-pk").first()
    assert newest.evidence["refresher"]["course_minutes"] == old.completion.minutes
    facts = issue(newest, actor=None, at=timezone.now()).facts
    assert [(one["n"], one["name"]) for one in facts["procedures"]] == [(3, "National SOP")]


def test_a_wrong_answer_renews_nothing_and_may_be_tried_again(call, constable):
    (question,) = do(call, constable, wrong_answers(call))
    assert question == call.questions.get()
    tried = RefresherTry.objects.get()
    assert (tried.right, tried.asked) == (0, 1)
    assert tried.answers == {str(question.pk): "Ask consent"}
    assert not RefresherDone.objects.exists()
    assert do(call, constable) == []


def test_an_answer_that_was_not_offered_is_refused(call, constable):
    with pytest.raises(RefresherRefused) as refused:
        do(call, constable, {call.questions.get().pk: "nonsense"})
    assert refused.value.code == "unanswered"


def test_done_twice_is_done_once(call, constable):
    do(call, constable)
    with pytest.raises(RefresherRefused) as refused:
        do(call, constable)
    assert refused.value.code == "over"
    assert Completion.objects.count() == 2


def test_whoever_was_not_called_cannot_do_it(call, colleague):
    with pytest.raises(RefresherRefused):
        do(call, colleague)


def test_a_course_begun_anew_is_left_to_finish(call, course, constable):
    begun = make_enrolment(constable.person, course)
    do(call, constable)
    assert RefresherDone.objects.get().renewed_by is None
    begun.refresh_from_db()
    assert begun.is_active


def test_completing_the_whole_course_closes_the_call(call, course, constable):
    at = timezone.now() + timedelta(minutes=1)
    make_completion(make_enrolment(constable.person, course, at=at, state="completed", ended_at=at), at=at)
    assert calls_of(constable.person, at=at) == []


def test_a_certificate_that_lapsed_meanwhile_is_not_renewed_by_it(call, old, constable):
    later = timezone.now() + timedelta(days=3 * 365)
    assert calls_of(constable.person, at=later) == []


# --- The pages --------------------------------------------------------------------------


def test_from_the_card_on_the_home_page_to_the_new_certificate(call, constable, client_of):
    browser = client_of(constable)
    address = reverse("refresher", args=[call.uuid])
    assert address in browser.get(reverse("home")).content.decode()
    shown = browser.get(address).content.decode()
    assert "<ins>consent, agency by agency.</ins>" in shown
    name = f"question-{call.questions.get().pk}"
    (wrong,), (right,) = wrong_answers(call).values(), right_answers(call).values()

    answer = browser.post(address, {})
    assert answer.status_code == 422
    answer = browser.post(address, {name: wrong})
    assert answer.status_code == 422
    assert "This is not right" in answer.content.decode()
    answer = browser.post(address, {name: right})
    assert answer["Location"] == address
    assert "Your training is renewed" in browser.get(address).content.decode()
    assert address not in browser.get(reverse("home")).content.decode()


def test_the_page_is_not_there_for_others(call, colleague, client_of):
    assert client_of(colleague).get(reverse("refresher", args=[call.uuid])).status_code == 404


def test_what_is_right_does_not_reach_the_browser(call, constable, client_of):
    shown = client_of(constable).get(reverse("refresher", args=[call.uuid])).content.decode()
    assert 'value="right"' not in shown
    assert "wrong" not in shown.lower().split("<form", 1)[1].split("</form>")[0]


def test_the_edition_stands_on_the_public_check_and_on_the_record(old, constable, client_of):
    checked = client_of(None).get(reverse("verify_token", args=[old.token])).content.decode()
    assert "National SOP, edition 2019" in checked
    mine = client_of(constable)
    for address in (reverse("certificate", args=[old.number]), reverse("my_record")):
        assert "National SOP, edition 2019" in mine.get(address).content.decode()


def test_a_certificate_without_an_edition_says_nothing_of_it(constable, client_of):
    plain = certified(course_citing(point()), constable.person)
    checked = client_of(None).get(reverse("verify_token", args=[plain.token])).content.decode()
    assert "Procedure" not in checked
