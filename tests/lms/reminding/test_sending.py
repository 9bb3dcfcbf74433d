"""The day's reminders: who gets which, once, in neutral words, and who gets none."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from certificates.correcting import withdraw
from certificates.issuing import issue
from courses.choices import Approval, EnrolmentState, LetterState
from courses.enrolment import enrolling
from courses.mailing.models import Letter
from courses.mailing.sending import send_due
from courses.people.merging import merge
from courses.progress import renewing
from lms.reminding import muting
from lms.reminding.sending import send_reminders
from tests.at_once import at_once
from tests.factories import (
    make_completion,
    make_course,
    make_course_page,
    make_enrolment,
    make_letter,
    make_person,
    make_site,
    make_user,
)
from tests.test_discretion import TOPIC

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime(2026, 3, 2, 12))
TODAY = NOON.date()


@pytest.fixture
def course():
    course = make_course(
        title="Counter-trafficking",
        code="counter-trafficking",
        neutral_title="Programme one",
        validity_months=24,
    )
    make_course_page(course)
    return course


@pytest.fixture
def ann():
    return make_user(email="ann@example.org", person=make_person(full_name="Ann Bell")).person


def days(n):
    return TODAY + timedelta(days=n)


def run(at=NOON):
    """The subjects told in this run: {address: body}."""
    mail.outbox.clear()
    send_reminders(at=at)
    assert len({letter.to[0] for letter in mail.outbox}) == len(mail.outbox)
    return {letter.to[0]: letter.body for letter in mail.outbox}


def due(person, course, left):
    return make_enrolment(person, course, at=NOON - timedelta(days=60), due_on=days(left))


def completed(person, course, left):
    """Training whose certificate counts for so many more days."""
    until = NOON + timedelta(days=left)
    at = until.replace(year=until.year - 2)
    enrolment = make_enrolment(person, course, at=at)
    enrolment = enrolling.end(enrolment, EnrolmentState.COMPLETED, actor=None, at=at)
    completion = make_completion(enrolment, at=at)
    return completion, issue(completion, actor=None, at=at)


def test_everything_of_a_day_is_one_letter_in_neutral_words(ann, course):
    due(ann, course, left=3)
    for name, seen in (("Programme two", 30), ("Programme three", 3)):
        other = make_course(neutral_title=name)
        make_course_page(other)
        make_enrolment(ann, other, at=NOON - timedelta(days=50), last_seen_at=NOON - timedelta(days=seen))
    renewed = make_course(neutral_title="Programme four", validity_months=24)
    make_course_page(renewed)
    completed(ann, renewed, left=30)

    body = run()["ann@example.org"]

    assert "Programme one: please finish by 5 March 2026" in body
    assert "Programme two: you have begun" in body
    assert "Programme three" not in body
    assert "Programme four: it counts until 1 April 2026" in body
    (letter,) = mail.outbox
    headers = " ".join(f"{name}: {value}" for name, value in letter.message().items())
    assert not TOPIC.search(f"{letter.subject} {body} {headers}"), body
    assert reverse("renewals") in body
    assert reverse("my_course", args=[course.uuid]) in body
    assert letter.extra_headers["List-Unsubscribe"] == f"<{muting.stop_address(ann)}>"


def test_a_second_run_and_the_days_after_send_nothing_new(ann, course):
    completed(ann, course, left=90)
    sent = [len(run(NOON + timedelta(days=n))) for n in (0, 0, 1, 2, 60, 61, 83, 84, 90, 91)]
    assert sent == [1, 0, 0, 0, 1, 0, 1, 0, 0, 0]


def test_whoever_missed_days_is_told_the_nearest_only(ann, course):
    completed(ann, course, left=5)
    assert len(run()) == 1
    assert list(Letter.objects.values_list("key", flat=True))[0].endswith(":7")
    assert run(NOON + timedelta(days=1)) == {}


def test_a_moved_date_is_told_again(ann, course):
    enrolment = due(ann, course, left=3)
    assert (len(run()), len(run())) == (1, 0)
    enrolling.assign(ann, course, due_on=days(14), actor=None, at=NOON)
    assert "16 March" in run()["ann@example.org"]
    assert enrolment.person == ann


def test_no_renewal_when_begun_again_withdrawn_or_no_longer_given(ann, course):
    completion, certificate = completed(ann, course, left=30)
    other = make_user(email="bob@example.org").person
    _completion, withdrawn = completed(other, course, left=30)
    withdraw(withdrawn, reason="Wrong person", public_reason="error", actor=None, at=NOON)
    hidden = make_course(validity_months=24)
    completed(make_user(email="cleo@example.org").person, hidden, left=30)
    again = make_enrolment(ann, course, at=NOON)

    assert run() == {}
    enrolling.end(again, EnrolmentState.WITHDRAWN, actor=None, at=NOON)
    assert list(run()) == ["ann@example.org"]


@pytest.mark.parametrize(
    "change",
    [
        {"approval": Approval.REFUSED},
        {"left_on": TODAY},
        {"reminders_muted": True},
        {"user": {"is_active": False}},
        {"user": {"email": None}},
        {"bounced": True},
    ],
)
def test_nobody_is_reminded_who_should_not_be(ann, course, change):
    due(ann, course, left=3)
    user = change.pop("user", {})
    type(ann.user).objects.filter(pk=ann.user.pk).update(**user)
    if change.pop("bounced", False):
        make_letter(LetterState.BOUNCED, address="ann@example.org")
    type(ann).objects.filter(pk=ann.pk).update(**change)
    assert run() == {}


def test_the_record_of_a_merged_person_is_told_to_the_one_that_stands_for_it(ann, course):
    due(make_user(email="old@example.org", person=make_person(merged_into=ann)).person, course, left=3)
    assert list(run()) == ["ann@example.org"]


def test_what_is_written_at_night_leaves_in_the_morning_unless_muted(ann, course, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    due(ann, course, left=3)
    due(make_user(email="bob@example.org").person, course, left=3)
    night = NOON.replace(hour=3)
    assert run(night) == {}
    muting.mute(ann, actor=None, at=night)
    send_due(clock=lambda: night.replace(hour=7))
    assert mail.outbox == []
    send_due(clock=lambda: night.replace(hour=8))
    assert [letter.to for letter in mail.outbox] == [["bob@example.org"]]


def test_the_command_counts(ann, course, capsys):
    make_enrolment(ann, course, due_on=timezone.localdate())
    call_command("send_reminders")
    call_command("send_reminders")
    assert capsys.readouterr().out == "1 letters with 1 reminders.\n0 letters with 0 reminders.\n"


def test_a_crowd_costs_few_queries_however_many_they_are(course, django_assert_max_num_queries):
    def crowd(count):
        for _n in range(count):
            due(make_user().person, course, left=3)

    crowd(2)
    send_reminders(at=NOON)
    with django_assert_max_num_queries(16) as few:
        send_reminders(at=NOON)
    crowd(20)
    send_reminders(at=NOON)
    with django_assert_max_num_queries(len(few)):
        send_reminders(at=NOON)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_one_letter_each(course):
    for _n in range(5):
        due(make_user().person, course, left=3)
    at_once(lambda _n: send_reminders(at=NOON), 3)
    assert Letter.objects.count() == 5


# --- Where they lead --------------------------------------------------------------------


def button(page, action):
    return re.search(rf'<form method="post" action="{re.escape(action)}">', page.content.decode())


def test_the_button_starts_a_new_cycle_once_also_where_courses_are_assigned(ann, course, client_of):
    course.enrolment = "assignment"
    course.save()
    client, now = client_of(ann.user), timezone.now()
    enrolment = make_enrolment_completed(ann, course, now - timedelta(days=2 * 365 - 20))
    action = reverse("renew", args=[course.uuid])
    for address in (reverse("renewals"), "/", reverse("my_record"), reverse("course", args=[course.code])):
        assert button(client.get(address), action), address

    answers = [client.post(action) for _n in range(2)]

    assert [answer.url for answer in answers] == [reverse("my_course", args=[course.uuid])] * 2
    cycles = list(ann.enrolments.order_by("cycle").values_list("cycle", "state"))
    assert cycles == [(1, EnrolmentState.COMPLETED), (2, EnrolmentState.ACTIVE)]
    assert not button(client.get(reverse("renewals")), action)
    assert client.get(answers[0].url).url == reverse("course_continue", args=[course.code])
    assert enrolment.completion.enrolment_id == enrolment.pk


def make_enrolment_completed(person, course, at):
    enrolment = enrolling.assign(person, course, due_on=None, actor=None, at=at)
    enrolment = enrolling.end(enrolment, EnrolmentState.COMPLETED, actor=None, at=at)
    make_completion(enrolment, at=at)
    return enrolment


def test_nothing_is_renewed_that_is_not_due(ann, course, client_of):
    client = client_of(ann.user)
    make_enrolment_completed(ann, course, timezone.now() - timedelta(days=30))
    action = reverse("renew", args=[course.uuid])
    assert not button(client.get(reverse("renewals")), action)
    assert client.post(action).url == reverse("renewals")
    assert ann.enrolments.count() == 1


def test_the_link_stops_reminders_without_signing_in_and_only_by_its_button(ann, client, client_of):
    address = muting.stop_address(ann).removeprefix("http://testserver")
    address = address[address.index("/my/") :]
    assert client.get(address).status_code == 200
    ann.refresh_from_db()
    assert not ann.reminders_muted

    # As a mail program does it: no page before, no cookie, no token of ours.
    posted = type(client)(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})

    ann.refresh_from_db()
    assert (posted.status_code, ann.reminders_muted) == (200, True)
    for wrong in (address.replace("stop/", "stop/0"), address[:-2] + "x/"):
        assert client.post(wrong).status_code == 404

    own = client_of(ann.user)
    assert "You get no reminders." in own.get(reverse("reminders")).content.decode()
    own.post(reverse("reminders"), {"want": "yes"})
    ann.refresh_from_db()
    assert not ann.reminders_muted


def test_what_happened_is_told_on_the_persons_page(ann, desk):
    muting.mute(ann, actor=None, at=timezone.now())
    assert "Wants no reminders" in desk.get(f"/admin/people/{ann.pk}/").content.decode()


def test_training_whose_certificate_was_withdrawn_is_not_offered_for_renewal(course, ann, client_of):
    make_site()
    _completion, certificate = completed(ann, course, -1)
    client = client_of(ann.user)
    asked = [reverse("renewals"), reverse("my_record"), reverse("home")]
    assert all("Renew it now" in client.get(address).content.decode() for address in asked)

    withdraw(certificate, public_reason="error", reason="Somebody else's", actor=None, at=NOON)

    assert not any("Renew it now" in client.get(address).content.decode() for address in asked)
    client.post(reverse("renew", args=[course.uuid]))
    assert ann.enrolments.count() == 1


def test_a_renewal_open_in_a_merged_record_is_gone_on_with(course, ann):
    merged = make_person()
    completed(ann, course, 20)
    theirs = make_enrolment(merged, course)
    merge(merged, ann, actor=None, at=NOON)

    assert renewing.renew(ann, course, actor=None, at=NOON) == theirs
