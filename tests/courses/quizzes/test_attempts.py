"""Start, answer, submit: the verbs."""

import random
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from courses.audit.models import AuditEntry
from courses.choices import Approval, Arrival, AttemptState, EnrolmentState
from courses.enrolment.models import Enrolment
from courses.quizzes import attempts, refusals
from courses.quizzes.models import AnswerEvent, Attempt, Marking
from courses.quizzes.pages import QuizPage
from courses.signals import attempt_submitted
from tests.answering import event, right_options, take, wrong_options
from tests.factories import (
    draw,
    make_bank_question,
    make_enrolment,
    make_person,
    make_quiz,
    make_sector,
    multiple,
    publish,
    single,
    true_false,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def later(**kwargs):
    return NOON + timedelta(**kwargs)


def enrol(quiz, person=None, **kwargs):
    return make_enrolment(person, quiz.get_parent().specific.course, NOON, **kwargs)


def begin(quiz, enrolment, at=NOON, **kwargs):
    person = kwargs.pop("person", enrolment.person)
    return attempts.start(quiz.translation_key, person=person, enrolment=enrolment, actor=None, at=at, **kwargs)


def items_of(attempt):
    return list(attempt.items.select_related("attempt", "question_edition__question"))


def send(attempt, *events, person=None, at=NOON):
    outcomes = attempts.record_answers(events, person=person or attempt.person, at=at)
    return [(outcome.status, outcome.reason) for outcome in outcomes]


ACCEPTED, DUPLICATE = ("accepted", ""), ("duplicate", "")


@pytest.fixture
def test_quiz(db):
    """Two questions, feedback at the end."""
    return make_quiz(review="test")


@pytest.fixture
def attempt(test_quiz):
    return begin(test_quiz, enrol(test_quiz))


# --- Starting ----------------------------------------------------------------------------


def test_starting_pins_the_edition_the_questions_and_their_order(test_quiz):
    enrolment = enrol(test_quiz)
    attempt = begin(test_quiz, enrolment)
    assert (attempt.state, attempt.cycle, attempt.started_at) == (AttemptState.OPEN, 1, NOON)
    assert attempt.quiz_edition.quiz_key == test_quiz.translation_key
    for item, pinned in zip(items_of(attempt), attempt.quiz_edition.items, strict=True):
        assert str(item.question_edition.question.key) == pinned["question"]
        assert sorted(item.option_order) == sorted(o["id"] for o in item.question_edition.body["options"])
        assert (item.critical, item.topic) == (False, "indicators")
    assert AuditEntry.objects.filter(verb="attempt.started").count() == 1


def test_starting_again_goes_on_with_the_open_attempt(test_quiz):
    enrolment = enrol(test_quiz)
    assert begin(test_quiz, enrolment) == begin(test_quiz, enrolment, later(days=3))
    assert Attempt.objects.count() == 1


def test_answers_are_shuffled_but_true_and_false_are_not():
    quiz = make_quiz(questions=[single(wrong=tuple("bcdefg")), true_false()])
    orders = set()
    for seed in range(8):
        first, second = items_of(begin(quiz, enrol(quiz), rng=random.Random(seed)))
        orders.add(tuple(first.option_order))
        assert second.option_order == ["true", "false"]
    assert len(orders) > 4


def test_answers_stay_in_order_where_the_author_wants_it():
    quiz = make_quiz(shuffle=False)
    for item in items_of(begin(quiz, enrol(quiz))):
        assert item.option_order == [option["id"] for option in item.question_edition.body["options"]]


def test_an_edit_after_the_start_changes_nothing_for_those_who_began(test_quiz, attempt):
    before = [(item.question_edition_id, item.option_order) for item in items_of(attempt)]
    page = QuizPage.objects.get(pk=test_quiz.pk)
    page.questions.pop()
    page.pass_mark = 99
    publish(page)
    again = Attempt.objects.get(pk=attempt.pk)
    assert [(item.question_edition_id, item.option_order) for item in items_of(again)] == before
    assert again.quiz_edition.policy["pass_mark"] == 50


def test_questions_of_other_sectors_are_left_out():
    make_sector("health")
    quiz = make_quiz(questions=[single("All?"), single("Police?", sectors=["police"])])
    stems = {}
    for sector in ("police", "health", ""):
        items = items_of(begin(quiz, enrol(quiz, sector=sector)))
        stems[sector] = [item.question_edition.body["stem"] for item in items]
    assert stems == {"police": ["All?", "Police?"], "health": ["All?"], "": ["All?"]}


def test_draws_are_made_for_each_person_from_their_own_sector():
    make_sector("police")
    for _n in range(4):
        make_bank_question(sectors=["police"], module="P1")
        make_bank_question(module="C1", critical=True)
    quiz = make_quiz(questions=[draw(2, own_sector=True), single("Fixed?"), draw(3, module="C1", critical=1)])
    enrolment = enrol(quiz, sector="police")
    items = items_of(begin(quiz, enrolment))
    assert [item.module for item in items] == ["P1", "P1", "", "C1", "C1", "C1"]
    assert len({item.question_edition_id for item in items}) == 6
    with pytest.raises(refusals.SectorNeeded):
        begin(quiz, enrol(quiz, sector=""))


def test_a_retake_asks_other_questions_where_there_are_some():
    for _n in range(4):
        make_bank_question()
    quiz = make_quiz(questions=[draw(2)])
    enrolment = enrol(quiz)
    first = begin(quiz, enrolment)
    attempts.submit(first.uuid, person=enrolment.person, actor=None, at=NOON)
    second = begin(quiz, enrolment, later(minutes=1))
    asked = [{item.question_edition_id for item in items_of(taken)} for taken in (first, second)]
    assert not asked[0] & asked[1]


def test_a_pool_that_shrank_gives_no_short_test():
    bank = make_bank_question()
    quiz = make_quiz(questions=[draw(1)])
    bank.unpublish()
    with pytest.raises(refusals.PoolTooSmall):
        begin(quiz, enrol(quiz))
    assert not Attempt.objects.exists()


def test_attempts_allowed_and_the_wait_between_them():
    quiz = make_quiz(attempts_allowed=2, wait_minutes=30)
    enrolment = enrol(quiz)
    take(quiz, enrolment.person, enrolment, at=NOON, right=False)
    with pytest.raises(refusals.MustWait) as wait:
        begin(quiz, enrolment, later(minutes=29))
    assert wait.value.until == later(minutes=30)
    assert "1 May 2026, 08:30 AST" in str(wait.value)
    take(quiz, enrolment.person, enrolment, at=later(minutes=30), right=False)
    with pytest.raises(refusals.NoAttemptsLeft) as none_left:
        begin(quiz, enrolment, later(days=3))
    assert none_left.value.allowed == 2


def test_a_renewal_counts_its_own_attempts():
    quiz = make_quiz(attempts_allowed=1)
    enrolment = enrol(quiz)
    take(quiz, enrolment.person, enrolment, at=NOON)
    enrolment.refresh_from_db()
    enrolment.cycle = 2
    enrolment.state = EnrolmentState.ACTIVE
    enrolment.save()
    assert begin(quiz, enrolment, later(days=400)).cycle == 2


def test_who_may_not_start():
    final = make_quiz(purpose="final", review="test")
    waiting = enrol(final, make_person(approval=Approval.PENDING))
    with pytest.raises(refusals.WaitsForApproval):
        begin(final, waiting)
    withdrawn = enrol(final, state=EnrolmentState.WITHDRAWN)
    with pytest.raises(refusals.NotStudying):
        begin(final, withdrawn)
    done = enrol(final)
    take(final, done.person, done, at=NOON)
    done.refresh_from_db()
    with pytest.raises(refusals.AlreadyPassed):
        begin(final, done, later(days=1))
    final.unpublish()
    with pytest.raises(refusals.NoSuchQuiz):
        begin(final, enrol(final))


def test_a_pending_person_may_take_a_module_check(test_quiz):
    assert begin(test_quiz, enrol(test_quiz, make_person(approval=Approval.PENDING))).is_open


def test_nobody_starts_on_somebody_elses_enrolment(test_quiz):
    enrolment = enrol(test_quiz)
    with pytest.raises(type(enrolment).DoesNotExist):
        begin(test_quiz, enrolment, person=make_person())


# --- Answering ---------------------------------------------------------------------------


def test_an_answer_is_kept_as_it_was_given(attempt):
    item = items_of(attempt)[0]
    sent = event(item, {"chosen": right_options(item)})
    assert send(attempt, sent, at=later(minutes=1)) == [ACCEPTED]
    kept = AnswerEvent.objects.get()
    assert (str(kept.uuid), kept.item, kept.payload) == (sent["uuid"], item, sent["payload"])
    assert kept.received_at == kept.effective_at == later(minutes=1)


def test_a_repeated_post_is_a_duplicate(attempt):
    item = items_of(attempt)[0]
    sent = event(item, {"chosen": right_options(item)})
    assert send(attempt, sent, sent) == [ACCEPTED, DUPLICATE]
    assert send(attempt, sent) == [DUPLICATE]
    assert AnswerEvent.objects.count() == 1


def test_browser_back_and_another_choice_is_a_new_answer_once(attempt):
    item = items_of(attempt)[0]
    first = event(item, {"chosen": right_options(item)})
    second = {**first, "payload": {"chosen": wrong_options(item)}}
    assert send(attempt, first) == [ACCEPTED]
    assert send(attempt, second, at=later(seconds=9)) == [ACCEPTED]
    assert send(attempt, second, at=later(seconds=10)) == [DUPLICATE]
    assert [e.payload for e in AnswerEvent.objects.all()] == [first["payload"], second["payload"]]


def test_browser_back_to_the_first_choice_puts_it_in_force_again(attempt):
    item = items_of(attempt)[0]
    first = event(item, {"chosen": right_options(item)})
    second = {**first, "payload": {"chosen": wrong_options(item)}}
    for n, sent in enumerate([first, second, first, second, first, first]):
        send(attempt, sent, at=later(seconds=n))

    kept = [e.payload for e in AnswerEvent.objects.order_by("effective_at")]
    assert kept == [first["payload"], second["payload"]] * 2 + [first["payload"]]


def test_two_tabs_the_later_answer_counts(attempt):
    first_item, second_item = items_of(attempt)
    send(attempt, event(first_item, {"chosen": wrong_options(first_item)}), at=NOON)
    send(attempt, event(first_item, {"chosen": right_options(first_item)}), at=later(seconds=5))
    send(attempt, event(second_item, {"chosen": right_options(second_item)}), at=later(seconds=6))
    assert attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=later(minutes=1)).score == 100


def test_a_devices_clock_and_sequence_order_its_answers(attempt):
    item, other = items_of(attempt)
    right, wrong = {"chosen": right_options(item)}, {"chosen": wrong_options(item)}
    phone = {"device": "phone", "client_at": NOON.isoformat(), "offset": 0}
    late = event(item, wrong, **phone, device_seq=1)
    assert send(attempt, event(item, right, **phone, device_seq=2), at=later(hours=1)) == [ACCEPTED]
    assert send(attempt, late, at=later(hours=2)) == [("superseded", "")]
    send(attempt, event(other, {"chosen": right_options(other)}), at=later(hours=2))
    assert attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=later(hours=3)).score == 100


def test_a_number_given_twice_by_a_copied_browser_loses_no_answer(attempt):
    item, other = items_of(attempt)
    right, wrong = {"chosen": right_options(item)}, {"chosen": wrong_options(item)}
    phone = {"device": "phone", "device_seq": 4, "offset": 0}
    first = event(item, wrong, **phone, client_at=later(minutes=1).isoformat())
    copied = event(item, right, **phone, client_at=later(minutes=2).isoformat())
    earlier = event(item, wrong, **phone, client_at=later(seconds=30).isoformat())
    assert send(attempt, first, copied, earlier, at=later(hours=1)) == [ACCEPTED, ACCEPTED, ("superseded", "")]
    assert send(attempt, first, copied, earlier, at=later(hours=2)) == [DUPLICATE] * 3
    kept = AnswerEvent.objects.order_by("effective_at").values_list("payload", "device_seq")
    assert list(kept) == [(wrong, None), (wrong, 4), (right, None)]
    assert attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=later(hours=3)).score == 50


def test_somebody_elses_attempt_answers_as_an_absent_one(attempt):
    item = items_of(attempt)[0]
    sent = event(item, {"chosen": right_options(item)})
    stranger = make_person()
    nowhere = {**sent, "attempt": str(uuid.uuid4())}
    no_item = {**sent, "n": 9}
    assert send(attempt, sent, nowhere, person=stranger) == [("refused", "absent")] * 2
    assert send(attempt, no_item) == [("refused", "absent")]
    assert not AnswerEvent.objects.exists()


def test_a_stolen_uuid_tells_nothing_and_harms_nothing(attempt, test_quiz):
    item = items_of(attempt)[0]
    sent = event(item, {"chosen": right_options(item)})
    send(attempt, sent)
    theirs = begin(test_quiz, enrol(test_quiz))
    their_item = items_of(theirs)[0]
    stolen = {**event(their_item, {"chosen": wrong_options(their_item)}), "uuid": sent["uuid"]}
    assert send(theirs, stolen) == [ACCEPTED]
    assert send(theirs, stolen) == [DUPLICATE]
    assert AnswerEvent.objects.get(uuid=sent["uuid"]).item == item


def test_a_bad_event_harms_no_other(attempt):
    item = items_of(attempt)[0]
    good = event(item, {"chosen": right_options(item)})
    bad = event(item, {"chosen": ["nothing of ours"]})
    assert send(attempt, None, bad, good, {"uuid": 4}, event(item, {"score": 100})) == [
        ("refused", "malformed"),
        ("refused", "unknown_option"),
        ACCEPTED,
        ("refused", "malformed"),
        ("refused", "malformed"),
    ]


def test_a_batch_has_an_end(attempt):
    item = items_of(attempt)[0]
    sent = event(item, {"chosen": right_options(item)})
    outcomes = send(attempt, *[sent] * 51)
    assert outcomes[0] == ACCEPTED
    assert outcomes[49:] == [DUPLICATE, ("refused", "too_many")]


def test_after_submission_an_answer_is_kept_and_does_not_count(attempt):
    item, other = items_of(attempt)
    sent = event(item, {"chosen": right_options(item)})
    send(attempt, sent)
    result = attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=NOON)
    late = event(other, {"chosen": right_options(other)})
    assert send(attempt, sent) == [DUPLICATE]
    assert send(attempt, late, late, at=later(days=1)) == [("late", "submitted"), ("duplicate", "submitted")]
    # The word of it may have been lost: it is told again, whatever it is called.
    assert send(attempt, {**late, "uuid": str(uuid.uuid4())}) == [("duplicate", "submitted")]
    # The same as what counts says nothing new.
    assert send(attempt, event(item, sent["payload"])) == [DUPLICATE]
    kept = AnswerEvent.objects.get(uuid=late["uuid"])
    assert (kept.arrival, kept.counts, kept.payload) == (Arrival.AFTER_SUBMISSION, False, late["payload"])
    assert list(AnswerEvent.objects.counting().values_list("item", flat=True)) == [item.pk]
    assert attempt.latest_marking() == result


def test_answers_given_before_the_course_was_left_count_for_two_weeks(attempt):
    item, other = items_of(attempt)
    Enrolment.objects.update(state=EnrolmentState.WITHDRAWN, ended_at=later(hours=1))
    phone = {"device": "phone", "client_at": later(minutes=59).isoformat(), "offset": 0}
    answer = {"chosen": right_options(item)}
    assert send(attempt, event(item, answer, **phone, device_seq=1), at=later(days=14)) == [ACCEPTED]
    changed = event(item, {"chosen": wrong_options(item)}, **phone, device_seq=2)
    too_late = send(attempt, changed, at=later(days=15))
    given_after = {**phone, "client_at": later(minutes=61).isoformat(), "device_seq": 3}
    after = send(attempt, event(other, {"chosen": right_options(other)}, **given_after), at=later(days=1))
    assert too_late == after == [("late", "long_after")]
    arrivals = AnswerEvent.objects.order_by("device_seq").values_list("arrival", flat=True)
    assert list(arrivals) == [Arrival.AFTER_ENDING, *[Arrival.LONG_AFTER_ENDING] * 2]


def test_a_void_attempt_takes_nothing(attempt):
    Attempt.objects.filter(pk=attempt.pk).update(state=AttemptState.VOID)
    item = items_of(attempt)[0]
    assert send(attempt, event(item, {"chosen": right_options(item)})) == [("refused", "closed")]


def test_in_practice_an_answer_stays_once_its_feedback_was_shown():
    quiz = make_quiz(purpose="practice")
    attempt = begin(quiz, enrol(quiz))
    first, second = items_of(attempt)
    sent = event(first, {"chosen": wrong_options(first)})
    assert send(attempt, sent) == [ACCEPTED]
    assert send(attempt, event(first, {"chosen": right_options(first)})) == [("refused", "locked")]
    assert send(attempt, sent) == [DUPLICATE]
    assert send(attempt, event(second, {"chosen": right_options(second)})) == [ACCEPTED]
    one_post = [event(second, {"chosen": wrong_options(second)})]
    assert send(attempt, *one_post) == [("refused", "locked")]
    # A device may have given it without seeing what is right: kept, and the first still counts.
    on_a_device = event(second, {"chosen": wrong_options(second)}, device="phone", device_seq=1)
    assert send(attempt, on_a_device, on_a_device) == [
        ("superseded", "locked"),
        ("duplicate", "locked"),
    ]
    assert AnswerEvent.objects.get(device="phone").arrival == Arrival.AFTER_FEEDBACK
    assert attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=NOON).score == 50


def test_not_sure_is_offered_except_in_the_final_test(attempt):
    assert send(attempt, event(items_of(attempt)[0], {"not_sure": True})) == [ACCEPTED]
    final = make_quiz(purpose="final", review="test")
    of_final = begin(final, enrol(final))
    assert send(of_final, event(items_of(of_final)[0], {"not_sure": True})) == [("refused", "not_offered")]


def test_saving_an_answer_takes_few_queries(attempt, django_assert_max_num_queries):
    item = items_of(attempt)[0]
    sent = event(item, {"chosen": right_options(item)})
    with django_assert_max_num_queries(6):  # two of them are the test's own savepoint
        send(attempt, sent)


# --- Submitting --------------------------------------------------------------------------


def test_submitting_marks_says_so_and_writes_it_down(attempt):
    heard = []

    def hear(sender, attempt, at, **kwargs):
        heard.append((attempt.pk, attempt.state, attempt.latest_marking().score, at))

    attempt_submitted.connect(hear)
    try:
        item = items_of(attempt)[0]
        send(attempt, event(item, {"chosen": right_options(item)}))
        marking = attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=later(hours=1))
        again = attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=later(hours=2))
    finally:
        attempt_submitted.disconnect(hear)
    assert (marking.n, marking.score, marking.passed, marking.at) == (1, 50, True, later(hours=1))
    assert marking.key_versions == {str(i.question_edition.question.key): 1 for i in items_of(attempt)}
    assert again == marking
    assert Marking.objects.count() == 1
    assert heard == [(attempt.pk, "submitted", 50, later(hours=1))]
    assert AuditEntry.objects.filter(verb="attempt.submitted").count() == 1


def test_nobody_submits_for_somebody_else(attempt):
    with pytest.raises(Attempt.DoesNotExist):
        attempts.submit(attempt.uuid, person=make_person(), actor=None, at=NOON)
    with pytest.raises(Attempt.DoesNotExist):
        attempts.submit(uuid.uuid4(), person=attempt.person, actor=None, at=NOON)


def test_a_listener_that_fails_undoes_the_submission(attempt):
    def fail(sender, **kwargs):
        raise RuntimeError

    attempt_submitted.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=NOON)
    finally:
        attempt_submitted.disconnect(fail)
    assert Attempt.objects.get(pk=attempt.pk).is_open
    assert not Marking.objects.exists()


def test_partial_credit_and_a_critical_question():
    quiz = make_quiz(questions=[multiple(critical=True), single(), true_false()], pass_mark=60, review="test")
    attempt = begin(quiz, enrol(quiz))
    half, *whole = items_of(attempt)
    send(attempt, event(half, {"chosen": right_options(half)[:1]}))
    send(attempt, *[event(item, {"chosen": right_options(item)}) for item in whole])
    marking = attempts.submit(attempt.uuid, person=attempt.person, actor=None, at=NOON)
    assert (marking.score, marking.passed) == (83, False)
    assert marking.details["critical_wrong"] == [1]
