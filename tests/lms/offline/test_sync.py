"""What the one address answers to whom, and to what nobody of ours would send."""

import uuid
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.people.merging import merge, unmerge
from courses.people.models import Device
from courses.progress.models import LessonDone
from courses.progress.reopening import mark_material, to_do_again
from courses.quizzes.models import AnswerEvent
from lms.offline import kinds, syncing
from tests.answering import right_options
from tests.courses.quizzes.pages import items_of
from tests.factories import make_enrolment, make_person, make_small_course, make_user
from tests.lms.offline.phone import Phone

pytestmark = pytest.mark.django_db
ACCEPTED, DUPLICATE = ("accepted", ""), ("duplicate", "")
MALFORMED, ABSENT = ("refused", "malformed"), ("refused", "absent")


@pytest.fixture
def answer(attempt, phone):
    item = items_of(attempt)[0]
    return phone.answer(item, right_options(item))


# --- Who ---------------------------------------------------------------------------------


def test_who_is_signed_in_and_the_token_for_sending(client_of, constable, attempt):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(constable)
    said = careful.get(reverse("sync")).json()
    phone = Phone(careful, constable.person)
    item = items_of(attempt)[0]

    assert (said["person"], said["merged"]) == (str(constable.person.uuid), [])
    assert phone.post(phone.answer(item, right_options(item))).status_code == 403
    careful.defaults["HTTP_X_CSRFTOKEN"] = said["token"]
    assert phone.send(phone.answer(item, right_options(item))) == [ACCEPTED]


def test_whoever_is_not_signed_in_is_told_where_and_nothing_is_taken(attempt, answer, phone):
    phone.client = Client()
    for response in (phone.client.get(reverse("sync")), phone.post(answer)):
        assert (response.status_code, response.json()) == (401, {"sign_in": reverse("account_login")})
    assert not AnswerEvent.objects.exists()


def test_a_log_in_without_a_record_has_nothing_to_send(client_of):
    assert client_of(make_user(person=None)).get(reverse("sync")).status_code == 401


def test_what_waits_of_somebody_else_waits_on(client_of, nurse, phone, answer):
    phone.client = client_of(nurse)
    response = phone.post(answer)
    assert (response.status_code, response.json()) == (409, {"person": str(nurse.person.uuid)})
    assert not AnswerEvent.objects.exists()
    assert not Device.objects.exists()


def test_after_a_merge_both_names_are_the_persons(client_of, constable, focal_point, attempt, phone):
    """What was kept under the record that was merged away is not left on the device."""
    first, second = items_of(attempt)
    survivor = make_user(person=make_person()).person
    done = merge(constable.person, survivor, actor=focal_point, at=timezone.now())
    said = phone.client.get(reverse("sync")).json()
    assert (said["person"], said["merged"]) == (str(survivor.uuid), [str(constable.person.uuid)])

    assert phone.send(phone.answer(first, right_options(first))) == [ACCEPTED]
    phone.person = survivor
    assert phone.send(phone.answer(second, right_options(second))) == [ACCEPTED]
    unmerge(done, actor=focal_point, at=timezone.now())
    assert phone.post().status_code == 409


# --- How much, and what ------------------------------------------------------------------


def test_fifty_at_a_time(phone):
    assert phone.send(*[None] * 50) == [MALFORMED] * 50
    assert phone.post(*[None] * 51).status_code == 413
    assert phone.post(x="x" * 300_000).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        "", "x", "[]", "null", "7", "{", '{"items": {}}', '{"items": []}', "[" * 100_000, "NaN",
        '{"person": ' + "9" * 5000 + "}", '{"items": [' + '{"a":' * 20_000, b"\xff\xfe\x00",
    ],
)  # fmt: skip
def test_what_is_no_batch_is_refused_as_a_whole(phone, body):
    response = phone.client.post(reverse("sync"), body, content_type="application/json")
    assert (response.status_code, response.json()) == (400, {"error": "malformed"})


@pytest.mark.parametrize("field", ["person", "device", "now"])
@pytest.mark.parametrize("value", [None, "", "x", 7, [], {}, "2026", "0" * 9000])
def test_who_which_and_when_are_needed(phone, field, value):
    assert phone.post(**{field: value}).status_code == 400


@pytest.mark.parametrize("when", ["1999-01-01T00:00:00+00:00", "2199-12-31T00:00:00+00:00"])
def test_a_clock_that_says_nothing_is_refused_as_a_whole(phone, when):
    assert phone.post(now=when).status_code == 400


def test_a_bad_item_harms_no_other_and_each_has_its_name(phone, attempt):
    first, second = items_of(attempt)
    good = [phone.answer(item, right_options(item)) for item in (first, second)]
    named = {**good[0], "uuid": str(uuid.uuid4()), "seq": -1}
    strange = phone.item("dance")
    response = phone.post(good[0], None, named, strange, {}, good[1])
    replies = response.json()["items"]
    assert [(reply["status"], reply["reason"]) for reply in replies] == [
        ACCEPTED, MALFORMED, MALFORMED, ("refused", "unknown_kind"), MALFORMED, ACCEPTED,
    ]  # fmt: skip
    assert [reply["uuid"] for reply in replies] == [
        good[0]["uuid"], None, named["uuid"], strange["uuid"], None, good[1]["uuid"],
    ]  # fmt: skip
    # Whoever loses something is told so.
    assert all(bool(reply["words"]) == (reply["status"] == "refused") for reply in replies)


def test_what_was_taken_before_is_taken_once(phone, attempt, answer):
    item = items_of(attempt)[0]
    start, lesson = phone.item("start", attempt=str(attempt.uuid)), phone.item("lesson", course="x", lesson="y")
    hand_in = phone.item("hand_in", attempt=str(attempt.uuid))
    first = phone.post(start, answer, hand_in, lesson).json()["items"]
    again = phone.post(start, answer, hand_in, lesson).json()["items"]

    assert [reply["status"] for reply in first] == ["duplicate", "accepted", "accepted", "refused"]
    assert [reply["status"] for reply in again] == ["duplicate", "duplicate", "duplicate", "refused"]
    assert first[2]["address"] == reverse("attempt_result", args=[attempt.uuid])
    assert list(item.events.values_list("uuid", flat=True)) == [uuid.UUID(answer["uuid"])]
    assert attempt.markings.count() == 1


def test_somebody_elses_attempt_answers_as_an_absent_one(client_of, nurse, attempt):
    phone, item = Phone(client_of(nurse), nurse.person), items_of(attempt)[0]
    theirs = [
        phone.answer(item, right_options(item)),
        *(phone.item(kind, attempt=str(attempt.uuid)) for kind in ("start", "hand_in")),
    ]
    nobodys = [{**said, "uuid": str(uuid.uuid4()), "attempt": str(uuid.uuid4())} for said in theirs]
    replies = [phone.post(*items).json()["items"] for items in (theirs, nobodys)]
    assert [(reply["status"], reply["reason"]) for reply in replies[0]] == [ABSENT] * 3
    for mine, other in zip(*replies, strict=True):
        assert {**mine, "uuid": ""} == {**other, "uuid": ""}
    attempt.refresh_from_db()
    assert attempt.is_open
    assert not AnswerEvent.objects.exists()


def test_a_lesson_is_done_once_for_whoever_studies_it(phone, constable, client_of, nurse):
    page = make_small_course()
    make_enrolment(constable.person, page.course)
    lesson = page.lesson_pages[0]
    done = phone.item("lesson", course=page.slug, lesson=lesson.slug)
    assert phone.send(done, {**done, "lesson": page.check.slug}) == [ACCEPTED, ABSENT]
    assert phone.send(done) == [DUPLICATE]
    assert LessonDone.objects.get().lesson_key == lesson.translation_key
    stranger = Phone(client_of(nurse), nurse.person)
    assert stranger.send(stranger.item("lesson", course=page.slug, lesson=lesson.slug)) == [ABSENT]
    odd = [{"course": "a\x00b"}, {"lesson": "\ud800"}, {"course": ["a"]}, {"lesson": None}, {"course": ""}]
    assert phone.send(*({**done, **each} for each in odd)) == [MALFORMED] * 5


def test_a_changed_lesson_is_read_again_on_a_device(phone, constable):
    page = make_small_course()
    enrolment = make_enrolment(constable.person, page.course)
    lesson = page.lesson_pages[0]
    waited = phone.item("lesson", course=page.slug, lesson=lesson.slug)
    assert phone.send(waited) == [ACCEPTED]
    mark_material(lesson, what="Call first.", shown=(1, 0), actor=None, at=timezone.now())

    # The same item once more, because no reply reached the device: it was read before the change.
    assert phone.send(waited) == [DUPLICATE]
    assert len(to_do_again(enrolment)) == 1
    again = phone.item("lesson", course=page.slug, lesson=lesson.slug)
    assert phone.send(again) == [ACCEPTED]
    assert to_do_again(enrolment) == []
    assert phone.send(again) == [DUPLICATE]


# --- Hostile -----------------------------------------------------------------------------

odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([2**63, -(2**70), 1e300, float("nan"), float("inf"), "\x00", "\ud800", "a" * 5000, "é̱"])
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
NAMES = ["kind", "uuid", "seq", "at", "attempt", "n", "fields", "course", "lesson"]


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    changes=st.lists(st.dictionaries(st.sampled_from(NAMES), odd, max_size=4), min_size=1, max_size=4),
    data=st.data(),
)
def test_whatever_is_sent_each_item_has_an_answer(phone, attempt, changes, data):
    item = items_of(attempt)[0]
    kind = data.draw(st.sampled_from(sorted(kinds.KINDS)))
    whole = {**phone.answer(item, ["x"]), "kind": kind, "course": "a", "lesson": "b"}
    sent = [{**whole, "uuid": str(uuid.uuid4()), **change} for change in changes]
    response = phone.post(*sent)
    assert response.status_code == 200
    replies = response.json()["items"]
    assert len(replies) == len(sent)
    assert {reply["status"] for reply in replies} <= {"accepted", "duplicate", "superseded", "refused"}


@pytest.mark.parametrize(
    "fields", [None, [], "x", {"a": "x"}, {"a": []}, {"a": [1]}, {"": [""]}, {"text": ["\x00"]}]
)
def test_fields_that_no_form_sends_are_refused(phone, attempt, fields):
    item = items_of(attempt)[0]
    ((status, _reason),) = phone.send(phone.answer(item, [], fields=fields))
    assert status == "refused"


# --- When something fails ----------------------------------------------------------------


def test_a_busy_database_says_when_to_come_again(phone, attempt, answer, monkeypatch):
    monkeypatch.setattr(kinds.answer, "take", mock.Mock(side_effect=OperationalError("locked")))
    response = phone.post(answer)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "3")
    monkeypatch.undo()
    assert phone.send(answer) == [ACCEPTED]


def test_one_that_fails_unforeseen_holds_up_no_other_and_is_kept_by_its_device(phone, attempt, monkeypatch):
    first, second = items_of(attempt)
    poison, good = phone.answer(first, right_options(first)), phone.answer(second, right_options(second))
    hand_in = phone.item("hand_in", attempt=str(attempt.uuid))
    start = phone.item("start", attempt=str(attempt.uuid))
    whole = kinds.answer.take

    def fail_at_the_poison(items, sender):
        if any(str(item.uuid) == poison["uuid"] for item in items):
            raise RuntimeError
        return whole(items, sender)

    monkeypatch.setattr(kinds.answer, "take", fail_at_the_poison)
    replies = phone.post(poison, good, hand_in, start).json()["items"]
    # No word about it: its device keeps it. The test is not handed in without it.
    assert [reply["uuid"] for reply in replies] == [good["uuid"], start["uuid"]]
    attempt.refresh_from_db()
    assert attempt.is_open

    monkeypatch.setattr(kinds.answer, "take", whole)
    assert phone.send(poison, good, hand_in) == [ACCEPTED, DUPLICATE, ACCEPTED]
    assert attempt.latest_marking().score == 100


def test_a_full_batch_costs_as_many_questions_as_a_small_one(phone, attempt, django_assert_max_num_queries):
    item = items_of(attempt)[0]
    options = item.option_order
    phone.send(phone.answer(item, [options[0]]))
    some = [phone.answer(item, [options[n % 3]]) for n in range(50)]
    with django_assert_max_num_queries(14):
        assert phone.send(*some) == [ACCEPTED] * 50
    with django_assert_max_num_queries(14):
        assert phone.send(*some) == [DUPLICATE] * 50
    assert kinds.KINDS.keys() >= syncing.ENDS
