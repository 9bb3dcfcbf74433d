"""Lessons, tests and completion, by the verbs."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from courses.append_only import AppendOnlyError
from courses.catalogue.models import CoursePage, LessonPage
from courses.choices import EnrolmentState
from courses.enrolment.enrolling import enrol
from courses.enrolment.models import Enrolment
from courses.people.models import Agency
from courses.progress.models import Completion, LessonDone
from courses.progress.recording import complete_lesson, evaluate
from courses.quizzes.pages import QuizPage
from courses.signals import course_completed
from tests.answering import take
from tests.factories import make_agency, make_person, make_post, make_sector, make_small_course

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def course(db):
    return make_small_course()


@pytest.fixture
def person(db):
    agency = make_agency(name="Police", sector=make_sector("police"))
    return make_person(
        agency=agency, post=make_post(agency=agency, name="Vieux Fort"), rank="Constable", sex="female"
    )


@pytest.fixture
def enrolment(course, person):
    return enrol(person, course.course, actor=None, at=NOW)


@pytest.fixture
def heard():
    completions = []

    def hear(sender, completion, **kwargs):
        completions.append(completion)

    course_completed.connect(hear)
    yield completions
    course_completed.disconnect(hear)


def finish(course, person, enrolment, at=NOW):
    for lesson in course.lesson_pages:
        complete_lesson(enrolment, lesson, actor=None, at=at)
    take(course.check, person, enrolment, at=at)
    take(course.final, person, enrolment, at=at)
    return Completion.objects.get(enrolment=enrolment)


def test_doing_a_lesson_pins_the_revision_that_was_read(course, enrolment):
    lesson = course.lesson_pages[0]

    done = complete_lesson(enrolment, lesson, actor=None, at=NOW)

    assert (done.lesson_key, done.title) == (lesson.translation_key, "First lesson")
    assert done.page_revision == lesson.live_revision_id


def test_doing_a_lesson_twice_leaves_the_first_time(course, enrolment):
    first = complete_lesson(enrolment, course.lesson_pages[0], actor=None, at=NOW)
    again = complete_lesson(enrolment, course.lesson_pages[0], actor=None, at=NOW + timedelta(days=1))

    assert again == first
    assert LessonDone.objects.get().at == NOW


def test_the_course_is_completed_when_the_last_part_is(course, person, enrolment, heard):
    completion = finish(course, person, enrolment)

    enrolment.refresh_from_db()
    assert heard == [completion]
    assert (enrolment.state, enrolment.ended_at) == (EnrolmentState.COMPLETED, NOW)
    assert [title for _key, title in completion.evidence["lessons"]] == ["First lesson", "Second lesson"]
    assert [row[1] for row in completion.evidence["quizzes"]] == ["Module check", "Final test"]
    assert completion.minutes == 2 + 4


def test_the_completion_keeps_the_place_as_it_was(course, person, enrolment):
    completion = finish(course, person, enrolment)
    person.agency = make_agency(name="Hospital", sector=make_sector("health"))
    person.post, person.rank = None, "Nurse"
    person.save()
    Agency.objects.filter(name="Police").update(name="Renamed")

    completion = Completion.objects.get(pk=completion.pk)

    assert (
        completion.agency_name,
        completion.post_name,
        completion.rank,
        completion.sector_code,
        completion.sex,
    ) == (
        "Police",
        "Vieux Fort",
        "Constable",
        "police",
        "female",
    )


def test_evaluating_again_makes_no_second_completion(course, person, enrolment, heard):
    completion = finish(course, person, enrolment)

    assert evaluate(enrolment, actor=None, at=NOW + timedelta(days=1)) == completion
    assert heard == [completion]


def test_a_withdrawn_enrolment_is_not_completed(course, person, enrolment):
    for lesson in course.lesson_pages:
        complete_lesson(enrolment, lesson, actor=None, at=NOW)
    Enrolment.objects.update(state=EnrolmentState.WITHDRAWN, ended_at=NOW)

    assert evaluate(enrolment, actor=None, at=NOW) is None


def test_renewal_is_a_new_cycle_with_a_completion_of_its_own(course, person, enrolment):
    first = finish(course, person, enrolment)
    later = NOW + timedelta(days=700)
    again = enrol(person, course.course, actor=None, at=later)

    second = finish(course, person, again, at=later)

    assert (first.enrolment.cycle, second.enrolment.cycle) == (1, 2)


def test_deleting_every_page_leaves_the_record_whole(course, person, enrolment):
    completion = finish(course, person, enrolment)
    CoursePage.objects.get(pk=course.pk).delete()

    assert not LessonPage.objects.exists()
    assert not QuizPage.objects.exists()
    assert list(LessonDone.objects.values_list("title", flat=True)) == ["First lesson", "Second lesson"]
    assert Completion.objects.get() == completion
    assert person.attempts.count() == 2
    assert course.course.enrolments.get() == enrolment


def test_the_record_cannot_be_changed_or_deleted(course, person, enrolment):
    completion = finish(course, person, enrolment)

    with pytest.raises(AppendOnlyError):
        completion.save()
    with pytest.raises(AppendOnlyError):
        completion.delete()
    with pytest.raises(AppendOnlyError):
        LessonDone.objects.update(title="Other")
    with pytest.raises(AppendOnlyError):
        LessonDone.objects.all().delete()


def test_purging_old_revisions_spares_those_that_were_read(course, enrolment):
    lesson = course.lesson_pages[0]
    read = lesson.live_revision_id
    complete_lesson(enrolment, lesson, actor=None, at=NOW)
    for title in ("Second wording", "Third wording"):
        lesson.title = title
        lesson.save_revision().publish()
    unread = Revision.objects.for_instance(lesson).exclude(pk=read).order_by("pk").first().pk

    call_command("purge_revisions", verbosity=0)

    assert Revision.objects.filter(pk=read).exists()
    assert not Revision.objects.filter(pk=unread).exists()


def test_a_failed_attempt_completes_nothing(course, person, enrolment):
    for lesson in course.lesson_pages:
        complete_lesson(enrolment, lesson, actor=None, at=NOW)
    take(course.check, person, enrolment, at=NOW)
    take(course.final, person, enrolment, at=NOW, right=False)

    assert not Completion.objects.exists()
