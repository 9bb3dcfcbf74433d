"""The key is wrong: what is right, what that changes, and what became of it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.choices import RepairState
from courses.kinds import KINDS
from courses.questions.models import Question
from courses.quizzes.repairs import KeyRepair, PassTakenBack
from tests import factories as make
from tests.answering import form_of, right_answer, take, wrong_answer
from tests.courses.quizzes.pages import items_of, text_of
from tests.repaired import make_repair

pytestmark = pytest.mark.django_db


@pytest.fixture
def repaired():
    return make_repair(make.make_course_page())


def post_key(desk, question, sent, **more):
    return desk.post(reverse("repair_key", args=[question.key]), {"reason": "It was wrong", **sent, **more})


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_form_and_is_asked_before_anything_changes(desk, kind, constable):
    page = make.make_course_page()
    quiz = make.make_quiz(page, [getattr(make, kind)()])
    enrolment = make.make_enrolment(constable.person, page.course)
    take(quiz, constable.person, enrolment, at=timezone.now())
    (item,) = items_of(enrolment.attempts.get())
    question = Question.objects.get()
    shown = desk.get(reverse("repair_key", args=[question.key]))
    assert "What is right" in text_of(shown)
    assert "This is the key already" in text_of(
        post_key(desk, question, form_of(right_answer(item)), tolerance="0")
    )

    payload = wrong_answer(item) if kind != "short" else {"text": "Agreement"}
    asked = post_key(desk, question, form_of(payload), tolerance="0", accepted="")

    repair = KeyRepair.objects.get()
    assert asked["Location"] == reverse("repair", args=[repair.uuid])
    seen = text_of(desk.get(asked["Location"]))
    assert "1 attempt was asked this question." in seen
    assert "the pass stands" in seen
    assert question.latest_key(1).version == 1
    done = text_of(desk.post(asked["Location"], {"deed": "confirm"}, follow=True))
    assert "Decide otherwise" in done
    assert question.latest_key(1).version == 2


def test_what_is_not_right_of_such_a_question_is_said(desk, repaired):
    refused = post_key(desk, repaired.question, {})
    assert "Choose an answer" in text_of(refused)
    refused = post_key(desk, repaired.question, {"a": "true"}, reason="Call +1 758 452 1234")
    assert "This is not where you report a case" in text_of(refused)
    assert KeyRepair.objects.count() == 2


def test_a_proposal_can_be_left(desk, repaired):
    address = reverse("repair", args=[repaired.proposed.uuid])
    assert "the key stays as it is" in text_of(desk.post(address, {"deed": "drop"}, follow=True))
    assert "meanwhile" in text_of(desk.post(address, {"deed": "confirm"}, follow=True))
    repaired.proposed.refresh_from_db()
    assert repaired.proposed.state == RepairState.DROPPED


def test_while_there_is_work_the_page_loads_itself_again_and_says_how_far_it_is(desk, repaired):
    repair = repaired.proposed
    repair.state, repair.concerned, repair.done = RepairState.RUNNING, 2000, 500
    repair.save()
    address = reverse("repair", args=[repair.uuid])
    shown = desk.get(address)
    assert shown["Refresh"] == "5"
    assert "500 of 2,000 attempts done, 25 per cent" in text_of(shown)
    assert "Pat Passed" not in text_of(shown)
    still = desk.get(address, {"still": ""})
    assert not still.has_header("Refresh")
    assert "This page stays as it is" in text_of(still)
    assert not desk.get(reverse("repair", args=[repaired.done.uuid])).has_header("Refresh")


def test_one_pass_is_taken_back_with_a_reason(desk, repaired):
    address = reverse("repair_otherwise", args=[repaired.stands.pk])
    shown = text_of(desk.get(address))
    assert "Pat Passed" in shown
    assert "0, not passed" in shown
    assert "This field is required" in text_of(desk.post(address, {"reason": ""}))
    told = text_of(desk.post(address, {"reason": "Spoke with Pat"}, follow=True))
    assert "The pass was taken back: Spoke with Pat" in told
    assert PassTakenBack.objects.get().reason == "Spoke with Pat"
    assert desk.get(address).status_code == 404


def test_the_attempt_of_who_put_it_right_is_marked_by_another(desk, client_of, repaired):
    address = reverse("repair_left", args=[repaired.left.pk])
    own = client_of(repaired.left.attempt.person.user)
    assert own.post(address)["Location"] == reverse("wagtailadmin_home")
    assert not repaired.left.attempt.markings.filter(n=2).exists()
    assert "Mark it again" not in text_of(own.get(reverse("repair", args=[repaired.done.uuid])))
    assert "Marked again: Keyes Keeper" in text_of(desk.post(address, follow=True))
    repaired.left.refresh_from_db()
    assert repaired.left.marking.score == 0


def test_the_sheet_has_every_row(desk, repaired):
    sheet = b"".join(desk.get(reverse("repair_sheet", args=[repaired.done.uuid]))).decode("utf-8-sig")
    rows = sheet.splitlines()
    assert len(rows) == 3
    assert any("Pat Passed" in row and "the pass stands" in row for row in rows)


def test_it_is_found_from_an_attempt_and_from_the_bank(desk, repaired, constable):
    attempt = desk.get(reverse("results_attempt", args=[repaired.stands.attempt.uuid]))
    address = reverse("repair_key", args=[repaired.question.key])
    assert f"{address}?meaning=1" in attempt.content.decode()
    assert "it stands, though the key was put right since" in text_of(attempt)
