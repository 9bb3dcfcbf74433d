"""The desk's page of exceptions for one enrolment."""

import datetime
import re

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import AttemptState
from courses.enrolment.extending import ExtensionRefused, extend
from courses.enrolment.models import Enrolment
from courses.progress.models import Recognition
from courses.quizzes import attempts
from courses.quizzes.allowing import AttemptGrant
from courses.quizzes.models import Attempt
from courses.quizzes.refusals import moment_in_words
from tests.answering import take
from tests.factories import (
    make_course_page,
    make_enrolment,
    make_module,
    make_quiz,
    make_small_course,
    publish,
    set_outline,
)

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def quiz(db):
    page = make_course_page()
    quiz = make_quiz(page, title="Module check", review="test", attempts_allowed=1)
    set_outline(page, [make_module(quiz)])
    return quiz


@pytest.fixture
def enrolment(quiz, constable):
    return make_enrolment(constable.person, quiz.get_parent().specific.course)


@pytest.fixture
def base(enrolment):
    return f"/admin/exceptions/{enrolment.pk}/"


def test_the_list_leads_to_the_exceptions(desk, enrolment, base):
    assert f'href="{base}"' in desk.get("/admin/enrolments/").content.decode()
    page = desk.get(base).content.decode()
    assert re.search(r"Exceptions.*Constance Joseph", page, re.DOTALL)
    assert "None needed" in page


def test_an_attempt_is_granted_from_the_page(desk, quiz, enrolment, base):
    take(quiz, enrolment.person, enrolment, at=timezone.now(), right=False)
    address = f"{base}grant/{quiz.translation_key}/"

    led = address in desk.get(base).content.decode()
    looked = desk.get(address).content.decode()
    without = desk.post(address, {"reason": ""})
    none_yet = AttemptGrant.objects.count()
    done = desk.post(address, {"reason": "The power failed"}, follow=True).content.decode()

    assert led
    assert "every attempt is used up" in looked
    assert "This is not where you report a case" in looked
    assert (without.status_code, none_yet, AttemptGrant.objects.count()) == (200, 0, 1)
    assert "Constance Joseph can start the next attempt now." in done
    assert "The power failed" in done


def test_granting_what_is_not_needed_changes_nothing(desk, quiz, base):
    address = f"{base}grant/{quiz.translation_key}/"

    assert "there is nothing to allow" in desk.get(address).content.decode()
    assert "Nothing changed" in desk.post(address, {"reason": "Why not"}, follow=True).content.decode()
    assert not AttemptGrant.objects.exists()


def test_extra_time_is_given_from_the_page_before_and_during(desk, quiz, enrolment, base):
    address = f"{base}time/{quiz.translation_key}/"
    none_needed = "there is no time limit now" in desk.get(address).content.decode()
    refused = desk.post(address, {"how_much": "25", "reason": "Why not"}, follow=True).content.decode()
    quiz.time_limit_minutes = 30
    publish(quiz)

    led = address in desk.get(base).content.decode()
    looked = desk.get(address).content.decode()
    for wrong in ({"reason": ""}, {"how_much": ""}, {"how_much": "minutes"}, {"how_much": "1000"}):
        assert desk.post(address, {"how_much": "50", "reason": "Agreed beforehand", **wrong}).status_code == 200
    none_yet = AttemptGrant.objects.count()
    before = desk.post(address, {"how_much": "50", "reason": "Agreed beforehand"}, follow=True).content.decode()
    attempt = attempts.start(
        quiz.translation_key, person=enrolment.person, enrolment=enrolment, actor=None, at=timezone.now()
    )
    minutes = {"how_much": "minutes", "minutes": "20", "reason": "The power failed"}
    during = desk.post(address, minutes, follow=True).content.decode()
    less = desk.post(address, minutes, follow=True).content.decode()

    attempt.refresh_from_db()
    assert (none_needed, led, none_yet) == (True, True, 0)
    assert "Nothing changed" in refused
    assert "the limit is 30 minutes, and this person has 0 minutes of extra time" in looked
    assert "This is not where you report a case" in looked
    assert "Constance Joseph has 45 minutes from when the attempt starts." in before
    assert attempt.deadline - attempt.started_at == datetime.timedelta(minutes=50)
    assert f"has until {moment_in_words(attempt.deadline)} for the attempt in progress" in during
    assert "Nothing changed" in less
    assert re.findall(r"Extra time: (\w+ \w+ ?\w*)<", less) == ["20 minutes", "50 per cent"]


@pytest.mark.parametrize(("how", "state"), [("void", AttemptState.VOID), ("hand_in", AttemptState.SUBMITTED)])
def test_a_stuck_attempt_is_ended_either_way(desk, quiz, enrolment, base, how, state):
    attempt = attempts.start(
        quiz.translation_key, person=enrolment.person, enrolment=enrolment, actor=None, at=timezone.now()
    )
    address = f"{base}end/{attempt.uuid}/"

    led = address in desk.get(base).content.decode()
    looked = desk.get(address).content.decode()
    desk.post(address, {"how": how, "reason": ""})
    still_open = Attempt.objects.get().is_open
    desk.post(address, {"how": how, "reason": "The computer broke"})

    assert led
    assert "uses up no attempt" in looked
    assert "it counts as an attempt" in looked
    assert (still_open, Attempt.objects.get().state) == (True, state)
    assert desk.get(address).status_code == 404


def test_a_date_is_extended_but_never_shortened(desk, enrolment, base):
    today = timezone.localdate()
    Enrolment.objects.update(due_on=today + DAY)

    for wrong in (today - DAY, today + DAY):
        assert desk.post(f"{base}due/", {"due_on": wrong, "reason": "On leave"}).status_code == 200
    desk.post(f"{base}due/", {"due_on": today + 30 * DAY, "reason": "On leave"})

    entry = AuditEntry.objects.get(verb="due date extended")
    assert Enrolment.objects.get().due_on == today + 30 * DAY
    assert (entry.facts["was"], entry.facts["reason"]) == (str(today + DAY), "On leave")
    assert "Date extended" in desk.get(base).content.decode()


def test_what_has_ended_is_not_extended(enrolment, focal_point):
    Enrolment.objects.update(ended_at=timezone.now())

    with pytest.raises(ExtensionRefused):
        extend(enrolment, timezone.localdate(), reason="Late", actor=focal_point, at=timezone.now())


def test_nobody_makes_an_exception_for_themselves(desk, focal_point, quiz):
    own = make_enrolment(focal_point.person, quiz.get_parent().specific.course)
    take(quiz, own.person, own, at=timezone.now(), right=False)
    base = f"/admin/exceptions/{own.pk}/"

    page = desk.get(base).content.decode()
    address = f"{base}grant/{quiz.translation_key}/"
    more_time = f"{base}time/{quiz.translation_key}/"
    posted = [desk.post(path, {"reason": "Me"}) for path in (address, more_time, f"{base}due/")]

    assert "Somebody else decides" in page
    assert address not in page
    assert all(response.status_code in (302, 403) for response in posted)
    assert not AttemptGrant.objects.exists()


def test_an_attempt_of_another_person_is_not_reached_through_ones_enrolment(desk, quiz, enrolment, nurse):
    other = make_enrolment(nurse.person, enrolment.course)
    attempt = attempts.start(
        quiz.translation_key, person=nurse.person, enrolment=other, actor=None, at=timezone.now()
    )

    assert desk.get(f"/admin/exceptions/{enrolment.pk}/end/{attempt.uuid}/").status_code == 404


def test_earlier_learning_is_recognised_from_the_page(desk, constable):
    course = make_small_course()
    enrolment = make_enrolment(constable.person, course.course)
    base = f"/admin/exceptions/{enrolment.pk}/"
    form = {
        "parts": [str(course.check.translation_key)],
        "source": "A course in Barbados",
        "learnt_on": "2025-03-01",
        "hours": "6",
        "reason": "Certificate seen",
    }

    looked = desk.get(f"{base}recognise/").content.decode()
    for wrong in ({"reason": ""}, {"learnt_on": "2999-01-01"}, {"parts": [str(course.final.translation_key)]}):
        assert desk.post(f"{base}recognise/", {**form, **wrong}).status_code == 200
    none_yet = Recognition.objects.count()
    done = desk.post(f"{base}recognise/", form, follow=True).content.decode()

    row = Recognition.objects.get()
    assert "The final test is always taken here" in looked
    assert (none_yet, row.source, row.hours) == (0, "A course in Barbados", 6)
    assert "Earlier learning recognised: A course in Barbados (Module check)" in done


@pytest.mark.parametrize("n", [1, 6])
def test_the_page_asks_a_constant_number_of_times(desk, constable, n, django_assert_max_num_queries):
    page = make_course_page()
    rule = {"attempts_allowed": 1, "wait_minutes": 9, "time_limit_minutes": 9}
    quizzes = [make_quiz(page, review="test", **rule) for _ in range(n)]
    set_outline(page, [make_module(*quizzes)])
    enrolment = make_enrolment(constable.person, page.course)
    for quiz in quizzes:
        take(quiz, enrolment.person, enrolment, at=timezone.now(), right=False)
    desk.get(f"/admin/exceptions/{enrolment.pk}/")

    with django_assert_max_num_queries(25):
        desk.get(f"/admin/exceptions/{enrolment.pk}/")


def test_a_course_without_a_page_is_no_error(desk, constable):
    page = make_small_course()
    enrolment = make_enrolment(constable.person, page.course)
    page.unpublish()

    assert "no tests on its page" in desk.get(f"/admin/exceptions/{enrolment.pk}/").content.decode()
