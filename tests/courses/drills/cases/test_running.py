import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.drills.cases import judging, results, running
from courses.drills.cases.models import CaseAnswer, CaseJudgement, CaseMarking, CaseRun
from courses.drills.cases.refusing import CaseRefused
from courses.enrolment.models import Enrolment
from courses.signals import drill_ended
from tests.courses.drills.cases.writing import (
    all_right,
    edition_of,
    hand_in,
    handed_in,
    make_case,
    make_run,
    save,
)
from tests.factories import make_enrolment, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_person()


def field_called(run, label):
    return next(one for one in run.edition.fields if one["label"] == label)


def option_called(run, label, text):
    return next(one["id"] for one in field_called(run, label)["options"] if one["text"] == text)


def passed_keys(enrolment):
    """The keys of the practice cases that were passed in this enrolment."""
    keys = enrolment.case_runs.values_list("case_key", flat=True)
    return {key for key, one in results.standings(enrolment, keys).items() if one.passing}


def test_two_starts_are_one_run(person):
    run = make_run(person)
    again = running.start(run.case_key, person=person, enrolment=run.enrolment, actor=None, at=timezone.now())
    assert again == run
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseRun.objects.create(
            person=person,
            enrolment=run.enrolment,
            edition=run.edition,
            case_key=run.case_key,
            started_at=timezone.now(),
        )


def test_nobody_starts_without_the_course(person):
    case = make_case()
    other = make_enrolment(person)
    with pytest.raises(CaseRefused):
        running.start(case.translation_key, person=person, enrolment=other, actor=None, at=timezone.now())
    mine = make_enrolment(person, edition_of(case).course, state="withdrawn", ended_at=timezone.now())
    with pytest.raises(CaseRefused):
        running.start(case.translation_key, person=person, enrolment=mine, actor=None, at=timezone.now())


def test_nobody_starts_somebody_elses(person):
    case = make_case()
    theirs = make_enrolment(make_person(), edition_of(case).course)
    with pytest.raises(Enrolment.DoesNotExist):
        running.start(case.translation_key, person=person, enrolment=theirs, actor=None, at=timezone.now())


def test_a_case_off_the_site_is_not_open(person):
    case = make_case()
    case.unpublish()
    with pytest.raises(CaseRefused):
        running.open_edition(case.translation_key)


def test_the_last_answer_to_each_field_counts_and_the_first_is_kept(person):
    run = make_run(person)
    name = field_called(run, "Safe contact")["id"]
    save(run, {name: "her phone"})
    save(run, {name: "the shelter"})
    assert run.answers() == {name: "the shelter"}
    assert [one.payload for one in run.saved.all()] == [{name: "her phone"}, {name: "the shelter"}]


def test_the_same_answer_sent_twice_is_one(person):
    run, name = make_run(person), uuid.uuid4()
    first = save(run, all_right(run.edition), name=name)
    assert save(run, {}, name=name) == first
    hand_in(run)
    # It was kept in time, and is told so again.
    assert save(run, {}, name=name) == first
    assert CaseAnswer.objects.count() == 1


def test_an_answers_name_is_of_one_run(person):
    name = uuid.uuid4()
    save(make_run(person), {}, name=name)
    with pytest.raises(CaseRun.DoesNotExist):
        save(make_run(make_person()), {}, name=name)


def test_nothing_is_saved_after_handing_in(person):
    run = handed_in(person)
    with pytest.raises(CaseRefused):
        save(run, {})


def test_somebody_elses_run_is_not_there(person):
    run = make_run(person)
    with pytest.raises(CaseRun.DoesNotExist):
        running.hand_in(run.uuid, person=make_person(), actor=None, at=timezone.now())


def test_all_right_passes_and_is_marked_once(person):
    run = make_run(person)
    save(run, all_right(run.edition))
    told = []
    drill_ended.connect(lambda **news: told.append(news["enrolment"]), weak=False, dispatch_uid="test")
    try:
        marking = hand_in(run)
        assert hand_in(run) == marking
    finally:
        drill_ended.disconnect(dispatch_uid="test")
    assert told == [run.enrolment]
    assert (marking.score, marking.passed) == (100, True)
    assert marking.details["steps"] == {
        "recognise": [2, 2],
        "safety": [2, 2],
        "refer": [1, 1],
        "notify": [1, 1],
    }
    assert CaseMarking.objects.count() == 1
    assert passed_keys(run.enrolment) == {run.case_key}
    verbs = (
        AuditEntry.objects.filter(object_type="courses.caserun").order_by("pk").values_list("verb", flat=True)
    )
    assert list(verbs) == ["case.started", "case.handed in"]


def test_a_critical_error_fails_whatever_else_is_right(person):
    run = make_run(person)
    wrong = option_called(run, "Risk", "Green")
    save(run, all_right(run.edition) | {field_called(run, "Risk")["id"]: wrong})
    marking = hand_in(run)
    assert not marking.passed
    assert marking.details["critical"] == [[field_called(run, "Risk")["id"], wrong, "leaves_in_danger"]]
    assert passed_keys(run.enrolment) == set()


def test_the_score_can_be_reckoned_again_from_what_was_saved(person):
    run = handed_in(person)
    again = running.scored(CaseRun.objects.get(pk=run.pk))
    assert (again.per_cent, {step: list(sums) for step, sums in again.steps.items()}) == (
        run.marking().score,
        run.marking().details["steps"],
    )


def test_it_may_be_tried_again_and_a_pass_stays(person):
    case = make_case()
    passed = handed_in(person, case)
    failed = handed_in(person, case, answers={})
    assert passed != failed
    assert not failed.marking().passed
    assert passed_keys(passed.enrolment) == {case.translation_key}
    other = make_run(person, make_case(case.get_parent().specific))
    keys = [case.translation_key, other.case_key, uuid.uuid4()]
    first, second, third = results.standings(passed.enrolment, keys).values()
    assert (first.tries, first.best_score, first.passing["uuid"]) == (2, 100, passed.uuid)
    assert (second.open_uuid, second.tries, third.tries) == (other.uuid, 0, 0)
    assert results.standings(None, keys[:1])[keys[0]].passing is None


def judge(run, met, *, is_own=True, name=None):
    field = field_called(run, "In her words")["id"]
    return judging.judge(
        run, field, met, uuid=name or uuid.uuid4(), is_own=is_own, actor="R. Reader", at=timezone.now()
    )


def test_a_text_is_judged_by_whoever_wrote_it_and_confirmed_beside_it(person):
    run = handed_in(person)
    field = field_called(run, "In her words")["id"]
    first, second = [line["id"] for line in run.edition.key[field]["rubric"]]
    judge(run, [first])
    judge(run, [first, second, "not there"])
    judge(run, [second], is_own=False)
    counting = judging.judgements_of(run)
    assert counting[field, True].met == [first, second]
    assert counting[field, False].met == [second]
    assert CaseJudgement.objects.count() == 3
    assert run.marking().score == 100


def test_a_judgement_sent_twice_is_one_and_waits_for_handing_in(person):
    run, name = make_run(person), uuid.uuid4()
    with pytest.raises(CaseRefused):
        judge(run, [])
    save(run, {})
    hand_in(run)
    assert judge(run, [], name=name) == judge(run, [], name=name)
