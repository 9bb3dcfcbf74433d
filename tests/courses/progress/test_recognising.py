"""Earlier learning counts as done, honestly."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import EnrolmentState
from courses.progress.models import Completion, RecognisedPart, Recognition
from courses.progress.recognising import RecognitionRefused, recognise
from courses.progress.recording import complete_lesson
from courses.progress.standing import Standing
from courses.quizzes.models import Attempt
from tests.answering import take
from tests.factories import make_course, make_course_page, make_enrolment, make_lesson, make_module, set_outline
from tests.factories import make_small_course as make_whole_course

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = datetime.date(2025, 3, 1)


@pytest.fixture
def course(db):
    return make_whole_course()


@pytest.fixture
def enrolment(course, constable):
    return make_enrolment(constable.person, course.course)


def grant(enrolment, *pages, actor=None):
    return recognise(
        enrolment,
        [page.translation_key for page in pages],
        source="Regional Security System, Barbados",
        learnt_on=DAY,
        hours=6,
        reason="Certificate seen",
        actor=actor,
        at=NOW,
    )


def standing_of(course, enrolment):
    return Standing(course, enrolment.person, enrolment=enrolment)


def test_a_lesson_and_a_check_count_as_done(course, enrolment, focal_point):
    first, second = course.lesson_pages
    grant(enrolment, first, course.check, actor=focal_point)

    standing = standing_of(course, enrolment)
    states = [state for _module, parts in standing.rows() for _part, state in parts]
    assert (states, standing.percent) == (["done", "todo", "done", "locked"], 50)
    assert Attempt.objects.count() == 0
    entry = AuditEntry.objects.get(verb="earlier learning recognised")
    assert (entry.actor_id, entry.facts["reason"]) == (focal_point.pk, "Certificate seen")


def test_the_completion_says_what_was_recognised_and_counts_no_minutes_for_it(course, enrolment):
    first, second = course.lesson_pages
    grant(enrolment, first, course.check)
    done = complete_lesson(enrolment, second, actor=None, at=NOW)
    take(course.final, enrolment.person, enrolment, at=NOW)

    completion = Completion.objects.get()
    evidence = completion.evidence
    final = next(part for part in standing_of(course, enrolment).outline.quizzes if part.purpose == "final")
    said = "recognised: Regional Security System, Barbados, 2025-03-01"
    assert evidence["recognised"] == [
        [str(first.translation_key), "First lesson", said],
        [str(course.check.translation_key), "Module check", said],
    ]
    assert [title for _key, title in evidence["lessons"]] == ["Second lesson"]
    assert [row[1] for row in evidence["quizzes"]] == ["Final test"]
    assert completion.minutes == done.minutes + final.minutes


def test_without_earlier_learning_the_evidence_does_not_mention_it(course, enrolment):
    for lesson in course.lesson_pages:
        complete_lesson(enrolment, lesson, actor=None, at=NOW)
    for quiz in (course.check, course.final):
        take(quiz, enrolment.person, enrolment, at=NOW)

    assert "recognised" not in Completion.objects.get().evidence


def test_the_final_test_is_never_recognised(course, enrolment):
    with pytest.raises(RecognitionRefused):
        grant(enrolment, course.lesson_pages[0], course.final)
    assert not Recognition.objects.exists()

    # Not even by a row that should not be there.
    recognition = grant(enrolment, *course.lesson_pages, course.check)
    RecognisedPart.objects.create(
        recognition=recognition,
        enrolment=enrolment,
        part_key=course.final.translation_key,
        title="Final test",
        at=NOW,
    )
    assert course.final.translation_key not in standing_of(course, enrolment).passed


def test_what_is_done_or_elsewhere_is_refused(course, enrolment):
    complete_lesson(enrolment, course.lesson_pages[0], actor=None, at=NOW)
    stranger = make_lesson()

    for pages in ([course.lesson_pages[0]], [stranger], []):
        with pytest.raises(RecognitionRefused):
            grant(enrolment, *pages)


def test_a_part_is_recognised_once(course, enrolment):
    recognition = grant(enrolment, course.check)

    with pytest.raises(RecognitionRefused):
        grant(enrolment, course.check)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecognisedPart.objects.create(
            recognition=recognition,
            enrolment=enrolment,
            part_key=course.check.translation_key,
            title="Twin",
            at=NOW,
        )


def test_nobody_recognises_their_own_learning(course, focal_point):
    own = make_enrolment(focal_point.person, course.course)

    with pytest.raises(RecognitionRefused):
        grant(own, course.check, actor=focal_point)


def test_a_course_is_not_completed_elsewhere_alone(constable):
    page = make_course_page(make_course(needs_final=False, needs_checks=False))
    lessons = [make_lesson(page), make_lesson(page)]
    page = set_outline(page, [make_module(*lessons)])
    enrolment = make_enrolment(constable.person, page.course)

    with pytest.raises(RecognitionRefused):
        grant(enrolment, *lessons)
    assert (Completion.objects.count(), Recognition.objects.count()) == (0, 0)

    complete_lesson(enrolment, lessons[0], actor=None, at=NOW)
    grant(enrolment, lessons[1])
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.COMPLETED


def test_where_somebody_stands_still_asks_once(course, enrolment, django_assert_num_queries):
    grant(enrolment, course.check)
    standing = standing_of(course, enrolment)

    with django_assert_num_queries(1):
        assert set(standing.done) == {course.check.translation_key}
