"""A wrong key put right: what is foreseen, who gains a pass, whose pass stands, and what is decided then."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.confirming import confirm
from certificates.models import Certificate, CertificateEvent
from courses.audit.models import AuditEntry
from courses.catalogue.gate import PublishRefused
from courses.choices import EnrolmentState, RepairChange, RepairState, Role
from courses.mailing.models import Letter
from courses.progress.foreseeing import foresee_completions
from courses.progress.models import Completion, CompletionWithdrawn
from courses.progress.recording import complete_lesson
from courses.questions.models import Question, QuestionKey
from courses.quizzes import attempts, late, marking_anew, repair_tasks, repairing
from courses.quizzes.models import Marking
from courses.quizzes.pages import QuizPage
from courses.quizzes.repairs import PassTakenBack, RepairedAttempt
from tests.answering import event, take
from tests.courses.quizzes.pages import items_of
from tests.factories import (
    from_bank,
    make_bank_question,
    make_course_page,
    make_enrolment,
    make_module,
    make_person,
    make_quiz,
    make_small_course,
    make_user,
    matching,
    ordering,
    publish,
    set_outline,
    single,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def course():
    """Its final test has two questions and needs 80 of 100; nothing else is asked for."""
    page = make_small_course()
    page.course.needs_lessons = page.course.needs_checks = False
    page.course.save()
    return publish(page) and page


def study(course, person):
    enrolment = make_enrolment(person, course.course, NOON)
    for lesson in course.lesson_pages:
        complete_lesson(enrolment, lesson, actor=None, at=NOON)
    take(course.check, person, enrolment, at=NOON)
    return enrolment


def answer(course, person, first, enrolment=None):
    """Take the final test: the first question by the place of its option, the others rightly."""
    enrolment = enrolment or study(course, person)
    attempt = attempts.start(
        course.final.translation_key, person=person, enrolment=enrolment, actor=None, at=NOON
    )
    for n, item in enumerate(items_of(attempt)):
        options = item.question_edition.body["options"]
        chosen = {"chosen": [options[0 if n else first]["id"]]}
        attempts.record_answers([event(item, chosen)], person=person, at=NOON)
    attempts.submit(attempt.uuid, person=person, actor=None, at=NOON)
    attempt.refresh_from_db()
    return attempt


def first_question(quiz):
    return Question.objects.get(key=quiz.questions.raw_data[0]["id"])


def second_option(question):
    return {"right": [question.editions.get().body["options"][1]["id"]]}


def propose(question, actor, key=None):
    key = key or second_option(question)
    return repairing.propose(question, 1, key, reason="The second is right", actor=actor, at=NOON + HOUR)


def repair(question, actor, key=None):
    proposed = propose(question, actor, key)
    done = repairing.confirm(proposed.uuid, actor=actor, at=NOON + HOUR)
    done.refresh_from_db()
    return done


def results(attempt):
    return list(attempt.markings.values_list("n", "score", "passed"))


@pytest.fixture
def passed(course, constable):
    """By the key that is wrong."""
    return answer(course, constable.person, first=0)


@pytest.fixture
def failed(course, nurse):
    """By the key that is wrong; in truth she is right."""
    return answer(course, nurse.person, first=1)


@pytest.fixture
def question(course):
    return first_question(course.final)


def test_it_is_foreseen_and_nothing_is_written(question, passed, failed, focal_point):
    before = (Marking.objects.count(), QuestionKey.objects.count(), AuditEntry.objects.count())

    proposed = propose(question, focal_point)

    assert (proposed.state, proposed.concerned) == (RepairState.PROPOSED, 2)
    rows = proposed.rows.values_list("attempt", "change", "was_score", "score", "completes")
    assert set(rows) == {
        (passed.pk, RepairChange.STANDS, 100, 50, False),
        (failed.pk, RepairChange.GAINS, 50, 100, True),
    }
    assert (Marking.objects.count(), QuestionKey.objects.count(), AuditEntry.objects.count()) == before
    repairing.drop(proposed.uuid, at=NOON)
    with pytest.raises(repairing.RepairRefused):
        repairing.confirm(proposed.uuid, actor=focal_point, at=NOON)
    assert question.latest_key(1).version == 1


def test_who_was_right_passes_now_and_is_certified(question, failed, focal_point):
    done = repair(question, focal_point)

    assert (done.state, done.done, done.right_version) == (RepairState.DONE, 1, 2)
    assert results(failed) == [(1, 50, False), (2, 100, True)]
    marking = failed.latest_marking()
    assert marking.actor == str(focal_point)
    assert marking.details["repaired"] == {"repair": str(done.uuid), "reason": "The second is right"}
    assert marking.key_versions[str(question.key)] == 2
    completion = Completion.objects.get()
    assert completion.enrolment == failed.enrolment
    assert Certificate.objects.get().completion == completion
    assert Letter.objects.get().subject == "A result of yours was marked again"
    assert AuditEntry.objects.get(verb="attempt.marked again").facts["reason"] == "The second is right"
    facts = AuditEntry.objects.get(verb="question.key_repaired").facts
    assert facts["version"] == 2
    assert not any(option["id"] in str(facts) for option in question.editions.get().body["options"])


def test_a_pass_that_was_given_stands(question, passed, focal_point):
    certificate = Certificate.objects.get()

    done = repair(question, focal_point)

    assert results(passed) == [(1, 100, True), (2, 50, True)]
    assert passed.latest_marking().details["stands"] is True
    passed.enrolment.refresh_from_db()
    assert passed.enrolment.state == EnrolmentState.COMPLETED
    assert list(Certificate.objects.all()) == [certificate]
    assert not CertificateEvent.objects.exclude(verb="issued").filter(verb="withdrawn").exists()
    assert done.rows.get().change == RepairChange.STANDS
    # Nor does it fall with anything that is marked again later.
    attempts.mark_again(passed, actor=None, at=NOON + HOUR)
    assert results(passed)[-1] == (3, 50, True)
    # Put back, it is a pass as before; and put right once more, one that stands.
    first = {"right": [question.editions.get().body["options"][0]["id"]]}
    repair(question, focal_point, first)
    assert results(passed)[-1] == (4, 100, True)
    assert "stands" not in passed.latest_marking().details


def test_for_one_person_it_may_be_decided_otherwise(question, passed, focal_point, constable):
    row = repair(question, focal_point).rows.get()

    with pytest.raises(repairing.RepairRefused):
        repairing.take_back(row.pk, reason="-", actor=constable, at=NOON + 2 * HOUR)
    taken = repairing.take_back(row.pk, reason="Spoke with her", actor=focal_point, at=NOON + 2 * HOUR)

    assert results(passed)[-1] == (3, 50, False)
    assert (taken.reason, taken.attempt) == ("Spoke with her", passed)
    withdrawn = CertificateEvent.objects.get(verb="withdrawn")
    assert (withdrawn.reason, withdrawn.actor) == ("Spoke with her", str(focal_point))
    assert CompletionWithdrawn.objects.get().completion == Completion.objects.get()
    passed.enrolment.refresh_from_db()
    assert passed.enrolment.state == EnrolmentState.UNDONE
    letters = Letter.objects.order_by("pk").values_list("subject", flat=True)
    assert list(letters) == ["A result of yours was marked again", "Please look at a result of yours"]
    assert AuditEntry.objects.get(verb="attempt.pass taken back").facts["reason"] == "Spoke with her"
    with pytest.raises(repairing.RepairRefused):
        repairing.take_back(row.pk, reason="-", actor=focal_point, at=NOON + 2 * HOUR)
    assert PassTakenBack.objects.count() == 1


def test_a_certificate_that_waits_is_not_issued_then(course, question, focal_point):
    """Of somebody who can see the keys."""
    second = make_user(email="second@example.org", role=Role.FOCAL_POINT, person=make_person())
    answer(course, second.person, first=0)
    row = repair(question, focal_point).rows.get()
    repairing.take_back(row.pk, reason="-", actor=focal_point, at=NOON + HOUR)
    confirm(Completion.objects.get(), actor=focal_point, at=NOON + HOUR)
    assert not Certificate.objects.exists()


def test_nobody_without_a_change_is_written_to(course, question, focal_point, colleague):
    other = answer(course, colleague.person, first=2)
    repair(question, focal_point)
    assert results(other) == [(1, 50, False), (2, 50, False)]
    assert not Letter.objects.exists()
    assert not RepairedAttempt.objects.exists()


def test_run_twice_or_stopped_it_marks_once(question, passed, failed, focal_point, monkeypatch):
    monkeypatch.setattr("courses.quizzes.foreseeing.BATCH", 1)
    monkeypatch.setattr("courses.quizzes.marking_anew.run", lambda *args, **kwargs: None)
    started = propose(question, focal_point)
    for _again in range(2):
        repairing.confirm(started.uuid, actor=focal_point, at=NOON + HOUR)
    assert question.latest_key(1).version == 2
    assert marking_anew.run_batch(started.pk, at=NOON + HOUR) is True
    started.refresh_from_db()
    assert (started.state, started.done) == (RepairState.RUNNING, 1)
    for _again in range(4):
        marking_anew.run_batch(started.pk, at=NOON + HOUR)
    started.refresh_from_db()
    assert (started.state, started.done) == (RepairState.DONE, 2)
    assert [len(results(attempt)) for attempt in (passed, failed)] == [2, 2]
    assert AuditEntry.objects.filter(verb="question.repair_done").count() == 1


def test_it_is_worked_out_in_turns_and_goes_on_after_a_stop(question, passed, failed, focal_point, monkeypatch):
    monkeypatch.setattr("courses.quizzes.foreseeing.BATCH", 1)
    monkeypatch.setattr("courses.quizzes.repairing.AT_ONCE", 0)
    turns, work_out = [], repair_tasks.work_out_repair.func
    monkeypatch.setattr(repair_tasks, "work_out_repair", SimpleNamespace(enqueue=turns.append))
    monkeypatch.setattr(repair_tasks, "BATCHES", 1)
    proposed = propose(question, focal_point)

    work_out(proposed.pk)
    proposed.refresh_from_db()
    assert (proposed.state, proposed.done, proposed.concerned) == (RepairState.WORKING_OUT, 1, 2)
    assert proposed.rows.count() == 1
    with pytest.raises(repairing.RepairRefused):
        repairing.confirm(proposed.uuid, actor=focal_point, at=NOON + HOUR)
    for _again in range(4):
        work_out(proposed.pk)

    proposed.refresh_from_db()
    assert (proposed.state, proposed.done, proposed.concerned) == (RepairState.PROPOSED, 0, 2)
    assert dict(proposed.rows.values_list("change", "completes")) == {"gains": True, "stands": False}
    assert turns == [proposed.pk] * 3


def test_it_is_marked_in_turns(question, passed, failed, focal_point, monkeypatch):
    monkeypatch.setattr("courses.quizzes.foreseeing.BATCH", 1)
    monkeypatch.setattr(repair_tasks, "BATCHES", 1)
    turns, run = [], repair_tasks.run_repair.func
    monkeypatch.setattr(repair_tasks, "run_repair", SimpleNamespace(enqueue=turns.append))
    started = repairing.confirm(propose(question, focal_point).uuid, actor=focal_point, at=NOON + HOUR)
    for n in range(4):
        run(started.pk)
        started.refresh_from_db()
        assert started.done == min(n + 1, 2)
    assert started.state == RepairState.DONE
    assert [len(results(attempt)) for attempt in (passed, failed)] == [2, 2]
    assert turns == [started.pk] * 3


def test_what_would_be_completed_is_foreseen_in_as_many_queries_for_three(course, question, focal_point):
    def foreseen():
        answer(course, make_person(), first=1)
        proposed = propose(question, focal_point)
        with CaptureQueriesContext(connection) as asked:
            foresee_completions(proposed)
        return len(asked), proposed.rows.filter(completes=True).count()

    (one, first), _two, (three, third) = [foreseen() for _n in range(3)]
    assert (first, third) == (1, 3)
    assert one == three


def test_about_ones_own_attempt_somebody_else_decides(course, question, focal_point):
    own = answer(course, focal_point.person, first=1)
    done = repair(question, focal_point)
    assert results(own) == [(1, 50, False)]
    row = done.rows.get()
    assert row.marking is None

    with pytest.raises(marking_anew.NotYours):
        marking_anew.mark_left(row, actor=focal_point, at=NOON + HOUR)
    second = make_user(email="second@example.org", role=Role.FOCAL_POINT, person=make_person())
    marking_anew.mark_left(row, actor=second, at=NOON + HOUR)

    assert results(own)[-1] == (2, 100, True)
    assert own.latest_marking().actor == str(second)
    with pytest.raises(marking_anew.NotYours):
        marking_anew.mark_left(row, actor=second, at=NOON + HOUR)
    # And the certificate waits for a second person as ever.
    assert Completion.objects.exists()
    assert not Certificate.objects.exists()


def test_what_is_open_is_marked_by_the_new_key(course, question, constable, focal_point):
    enrolment = study(course, constable.person)
    who = {"person": constable.person, "actor": None, "at": NOON}
    attempt = attempts.start(course.final.translation_key, enrolment=enrolment, **who)
    for n, item in enumerate(items_of(attempt)):
        chosen = {"chosen": [item.question_edition.body["options"][0 if n else 1]["id"]]}
        attempts.record_answers([event(item, chosen)], person=constable.person, at=NOON)
    repair(question, focal_point)
    assert attempts.submit(attempt.uuid, **who).score == 100


def test_a_key_that_changed_meanwhile_is_looked_at_again(question, failed, focal_point):
    one, other = propose(question, focal_point), propose(question, focal_point)
    repairing.confirm(one.uuid, actor=focal_point, at=NOON)
    with pytest.raises(repairing.RepairRefused):
        repairing.confirm(other.uuid, actor=focal_point, at=NOON)
    with pytest.raises(repairing.RepairRefused):
        propose(question, focal_point)


def test_the_page_and_its_draft_say_the_new_key(course, question, passed, focal_point):
    page = QuizPage.objects.get(pk=course.final.pk)
    page.intro = "A draft"
    page.save_revision()
    key = second_option(question)

    repair(question, focal_point)

    for shown in (
        QuizPage.objects.get(pk=page.pk),
        QuizPage.objects.get(pk=page.pk).get_latest_revision_as_object(),
    ):
        options = shown.questions.raw_data[0]["value"]["options"]
        assert [option["id"] for option in options if option["value"]["right"]] == key["right"]
    assert QuizPage.objects.get(pk=page.pk).get_latest_revision_as_object().intro == "A draft"
    publish(QuizPage.objects.get(pk=page.pk))
    assert question.latest_key(1).version == 2
    assert question.editions.count() == 1


def test_an_older_draft_does_not_bring_the_old_key_back(course, question, passed, focal_point):
    old = QuizPage.objects.get(pk=course.final.pk).save_revision()
    QuizPage.objects.get(pk=course.final.pk).save_revision()
    repair(question, focal_point)
    with pytest.raises(PublishRefused):
        old.publish()
    assert question.latest_key(1).version == 2


def asked_in_a_quiz(block, constable, bank=False):
    page = make_course_page()
    home = make_bank_question(block) if bank else None
    quiz = make_quiz(page, [from_bank(home) if bank else block])
    set_outline(page, [make_module(quiz)])
    enrolment = make_enrolment(constable.person, page.course, NOON)
    take(quiz, constable.person, enrolment, at=NOON)
    return home or quiz


def test_a_question_of_the_bank_says_the_new_key(constable, focal_point):
    home = asked_in_a_quiz(single(), constable, bank=True)
    question = Question.objects.get(key=home.key)
    repair(question, focal_point)
    publish(home := type(home).objects.get(pk=home.pk))
    assert (question.latest_key(1).version, question.latest_key(1).key) == (2, second_option(question))
    assert home.problems() == []


def test_entries_in_another_order_are_the_same_question(constable, focal_point):
    quiz = asked_in_a_quiz(ordering(entries=("One", "Two", "Three", "Four")), constable)
    question = Question.objects.get()
    entries = list(question.latest_key(1).key["right"])
    for turned in (entries[::-1], entries[1:] + entries[:1], sorted(entries)):
        new = {"right": {entry: place for place, entry in enumerate(turned, 1)}}
        if question.latest_key(1).key != new:
            repair(question, focal_point, new)
        publish(QuizPage.objects.get(pk=quiz.pk))
        assert question.latest_key(1).key == new
    assert question.editions.count() == 1


def test_pairs_that_cannot_say_it_do_not_bring_the_old_key_back(constable, focal_point):
    quiz = asked_in_a_quiz(matching(), constable)
    question = Question.objects.get()
    old = question.latest_key(1).key["right"]
    new = {"right": dict(zip(old, reversed(old.values()), strict=True))}
    repair(question, focal_point, new)
    for _again in range(2):
        publish(QuizPage.objects.get(pk=quiz.pk))
    assert question.latest_key(1).key == new
    assert question.latest_key(1).version == 2
    (note,) = QuizPage.objects.get(pk=quiz.pk).notes()
    assert "its key was put right" in note


def test_answers_that_came_late_count_where_a_pass_stands(question, passed, focal_point):
    repair(question, focal_point)
    first = items_of(passed)[0]
    chosen = {"chosen": [first.question_edition.body["options"][1]["id"]]}
    attempts.record_answers([event(first, chosen)], person=passed.person, at=NOON + 2 * HOUR)
    waiting = [one.uuid for one in late.undecided_of(passed)]
    assert len(waiting) == 1
    marking = late.decide(
        passed.uuid, waiting, accepted=True, reason="-", actor=focal_point, at=NOON + 3 * HOUR
    )
    assert (marking.score, marking.passed) == (100, True)
