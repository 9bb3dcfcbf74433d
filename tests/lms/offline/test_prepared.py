"""Papers that were prepared for a device, and begun where nobody could see it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import Arrival, AttemptState, EnrolmentState
from courses.enrolment.models import Enrolment
from courses.quizzes import attempts, preparing, refusals
from courses.quizzes.models import AnswerEvent, Attempt
from tests.answering import right_options, wrong_options
from tests.courses.quizzes.pages import items_of
from tests.factories import make_enrolment, make_quiz

pytestmark = pytest.mark.django_db
ACCEPTED, DUPLICATE = ("accepted", ""), ("duplicate", "")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def prepare(quiz, enrolment, device, at=None):
    return preparing.prepare(
        quiz.translation_key,
        person=enrolment.person,
        enrolment=enrolment,
        device=device,
        actor=None,
        at=at or timezone.now() - DAY,
    )


@pytest.fixture
def paper(quiz, enrolment, phone):
    """Prepared yesterday."""
    return prepare(quiz, enrolment, phone.name)


def answers_of(phone, paper, ago=HOUR):
    return [phone.answer(item, right_options(item), ago=ago) for item in items_of(paper)]


def test_one_paper_for_each_device_until_it_is_begun(quiz, enrolment, paper, phone, other_phone):
    assert (paper.state, paper.started_at) == (AttemptState.PREPARED, None)
    assert prepare(quiz, enrolment, phone.name) == paper
    theirs = prepare(quiz, enrolment, other_phone.name)
    assert theirs != paper
    phone.send(phone.item("start", attempt=str(paper.uuid)))
    assert prepare(quiz, enrolment, phone.name) not in (paper, theirs)


def test_a_paper_counts_for_nothing_before_it_is_begun(quiz, enrolment, paper, phone):
    assert not Attempt.objects.counted().exists()
    assert not Attempt.objects.taken().exists()
    # Its address shows the paper that the device holds, and begins nothing.
    assert phone.client.get(paper.url_of("attempt")).status_code == 200
    paper.refresh_from_db()
    assert paper.is_prepared
    assert not AuditEntry.objects.filter(verb="attempt.started").exists()


def test_it_began_when_the_device_says_between_its_preparing_and_now(paper, phone):
    start = phone.item("start", ago=HOUR, attempt=str(paper.uuid))
    assert phone.send(start, start) == [ACCEPTED, DUPLICATE]
    paper.refresh_from_db()
    assert paper.is_open
    assert abs(timezone.now() - HOUR - paper.started_at) < timedelta(minutes=1)
    assert AuditEntry.objects.filter(verb="attempt.started").count() == 1


@pytest.mark.parametrize("ago", [400 * DAY, -400 * DAY])
def test_no_clock_begins_it_before_it_was_there_or_in_the_future(paper, phone, ago):
    phone.send(phone.item("start", ago=ago, attempt=str(paper.uuid)))
    paper.refresh_from_db()
    assert paper.prepared_at <= paper.started_at <= timezone.now()


def test_answers_and_handing_in_begin_it_where_the_start_was_lost(
    quiz, enrolment, paper, phone, django_assert_max_num_queries
):
    sent = answers_of(phone, paper)
    with django_assert_max_num_queries(20):
        assert phone.send(*sent) == [ACCEPTED] * 2
    start, hand_in = (phone.item(kind, attempt=str(paper.uuid)) for kind in ("start", "hand_in"))
    assert phone.send(start, hand_in) == [DUPLICATE, ACCEPTED]
    assert paper.latest_marking().score == 100

    blank = prepare(quiz, enrolment, phone.name, at=timezone.now())
    assert phone.send(phone.item("hand_in", attempt=str(blank.uuid))) == [ACCEPTED]
    assert blank.latest_marking().score == 0
    started = AuditEntry.objects.filter(verb="attempt.started").values_list("object_id", flat=True)
    assert sorted(started) == sorted([str(paper.pk), str(blank.pk)])


def test_begun_after_the_course_was_left_it_is_kept_and_counts_as_any_answer_then(enrolment, paper, phone):
    Enrolment.objects.update(state=EnrolmentState.WITHDRAWN, ended_at=timezone.now() - 2 * HOUR)
    first, second = items_of(paper)
    before = phone.answer(first, right_options(first), ago=3 * HOUR)
    after = phone.answer(second, right_options(second), ago=HOUR)
    assert phone.send(phone.item("start", ago=4 * HOUR, attempt=str(paper.uuid)), before, after) == [
        ACCEPTED, ACCEPTED, ("accepted", Arrival.LONG_AFTER_ENDING),
    ]  # fmt: skip
    arrivals = AnswerEvent.objects.order_by("item__n").values_list("arrival", flat=True)
    assert list(arrivals) == [Arrival.AFTER_ENDING, Arrival.LONG_AFTER_ENDING]


def test_a_paper_beside_an_attempt_on_line_are_two_attempts(quiz, enrolment, paper, phone):
    on_line = attempts.start(
        quiz.translation_key, person=enrolment.person, enrolment=enrolment, actor=None, at=timezone.now()
    )
    assert phone.send(*answers_of(phone, paper)) == [ACCEPTED] * 2
    assert set(Attempt.objects.filter(state=AttemptState.OPEN)) == {on_line, paper}


def test_in_practice_two_devices_are_kept_and_the_first_to_come_stays(enrolment, phone, other_phone):
    quiz = make_quiz(enrolment.course.pages.first(), purpose="practice")
    paper = prepare(quiz, enrolment, phone.name)
    first = items_of(paper)[0]
    phone.send(phone.answer(first, right_options(first)))
    (reply,) = other_phone.post(other_phone.answer(first, wrong_options(first), ago=HOUR)).json()["items"]
    assert (reply["status"], reply["reason"]) == ("superseded", "locked")
    assert "the first answer stays; this one is kept too" in reply["words"]
    assert first.events.count() == 2


def test_what_starts_on_line_alone_is_not_prepared(enrolment, phone):
    page = enrolment.course.pages.first()
    for quiz in (make_quiz(page, purpose="final", review="test"), make_quiz(page, time_limit_minutes=10)):
        with pytest.raises(preparing.OnlineOnly):
            prepare(quiz, enrolment, phone.name)


def test_nothing_is_prepared_that_could_not_be_started(quiz, phone):
    withdrawn = make_enrolment(course=quiz.get_parent().specific.course, state=EnrolmentState.WITHDRAWN)
    with pytest.raises(refusals.NotStudying):
        prepare(quiz, withdrawn, phone.name)
