from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from courses.audit.models import AuditEntry
from courses.choices import CaseStage
from courses.drills.register import keeping
from courses.drills.register.models import PracticeCase
from courses.drills.register.moving import ways
from courses.drills.register.refusing import RegisterRefused
from courses.enrolment import grouping
from tests.courses.drills.cases.writing import edition_of, make_case
from tests.factories import make_cohort, make_person

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=ZoneInfo("America/St_Lucia"))


@given(st.sampled_from(CaseStage.values))
def test_one_on_or_one_back_and_closed_it_stays(stage):
    before, after = ways(CaseStage.values, stage)
    if stage == CaseStage.CLOSED:
        assert (before, after) == (None, None)
    else:
        assert CaseStage.values.index(after) == CaseStage.values.index(stage) + 1
        assert before is None or CaseStage.values.index(before) == CaseStage.values.index(stage) - 1


@pytest.fixture
def file(db):
    return make_case(title="A clinic")


@pytest.fixture
def cohort(file):
    return make_cohort([make_person(full_name="Ann Able")], course=edition_of(file).course)


def open_one(cohort, file):
    return keeping.open_case(cohort, file.translation_key, actor=None, at=NOW)


def test_a_case_comes_from_a_published_file_of_the_course_alone(cohort, file):
    case = open_one(cohort, file)
    assert (case.n, case.stage, str(case)) == (1, "intake", "1: A clinic")
    assert open_one(cohort, file).n == 2
    elsewhere = make_case()
    for key in (elsewhere.translation_key, "", "R., 27"):
        with pytest.raises(RegisterRefused):
            keeping.open_case(cohort, key, actor=None, at=NOW)
    file.unpublish()
    with pytest.raises(RegisterRefused):
        open_one(cohort, file)


def test_nothing_of_a_case_can_be_typed():
    texts = [
        field.name
        for field in PracticeCase._meta.concrete_fields
        if field.get_internal_type() in ("CharField", "TextField")
    ]
    assert texts == ["stage"]


def test_a_closed_class_opens_no_case(cohort, file):
    grouping.close(cohort, actor=None, at=NOW)
    with pytest.raises(RegisterRefused):
        open_one(cohort, file)


def test_it_is_given_to_somebody_of_the_class(cohort, file):
    case = open_one(cohort, file)
    (ann,) = keeping.members_of(cohort)
    assert keeping.assign(case, ann.uuid, actor=None, at=NOW).assigned_to == ann
    with pytest.raises(RegisterRefused):
        keeping.assign(case, make_person().uuid, actor=None, at=NOW)
    assert keeping.assign(case, "", actor=None, at=NOW).assigned_to is None


def test_the_whole_way_from_intake_to_closing(cohort, file):
    case = open_one(cohort, file)
    keeping.follow_up(case, date(2027, 3, 8), actor=None, at=NOW)
    for stage in CaseStage.values[1:]:
        case = keeping.move(case, stage, actor=None, at=NOW + timedelta(days=1))
    assert (case.is_closed, case.closed_at, case.follow_up_on) == (True, NOW + timedelta(days=1), None)
    verbs = AuditEntry.objects.filter(object_type="courses.practicecase").values_list("verb", flat=True)
    assert [verb for verb in verbs if verb == "practice case moved"] == ["practice case moved"] * 6
    for deed, value in [(keeping.move, "intake"), (keeping.assign, ""), (keeping.follow_up, None)]:
        with pytest.raises(RegisterRefused):
            deed(case, value, actor=None, at=NOW)


def test_no_stage_is_skipped_and_a_second_press_does_nothing(cohort, file):
    case = open_one(cohort, file)
    with pytest.raises(RegisterRefused):
        keeping.move(case, "referred", actor=None, at=NOW)
    keeping.move(case, "screened", actor=None, at=NOW)
    with pytest.raises(RegisterRefused):
        keeping.move(case, "screened", actor=None, at=NOW)
    assert keeping.move(case, "intake", actor=None, at=NOW).stage == "intake"


@pytest.mark.parametrize("day", [date(2027, 2, 28), date(2029, 1, 1)])
def test_a_follow_up_is_still_to_come(cohort, file, day):
    with pytest.raises(RegisterRefused):
        keeping.follow_up(open_one(cohort, file), day, actor=None, at=NOW)


def test_today_is_not_overdue(cohort, file):
    case = keeping.follow_up(open_one(cohort, file), date(2027, 3, 1), actor=None, at=NOW)
    assert not case.is_overdue(date(2027, 3, 1))
    assert case.is_overdue(date(2027, 3, 2))


def test_the_database_refuses_a_closed_case_without_its_day(cohort, file):
    case = open_one(cohort, file)
    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeCase.objects.filter(pk=case.pk).update(stage=CaseStage.CLOSED)


def test_more_becomes_known_as_it_goes_on(cohort, file):
    case = open_one(cohort, file)
    assert len(case.known_pages) == 1
    assert len(keeping.move(case, "screened", actor=None, at=timezone.now()).known_pages) == 2
