"""A material edit asks exactly those who did the part before; a minor one asks nobody."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import EnrolmentState
from courses.drills.scenarios import runs
from courses.progress import reopening
from courses.progress.models import Completion, LessonDone, MaterialEdit, Reopened
from courses.progress.recording import complete_lesson
from courses.progress.reopening import Concerned, EditRefused, concerned_by
from courses.quizzes import attempts
from courses.quizzes.pages import QuizPage
from tests.factories import (
    make_course,
    make_course_page,
    make_enrolment,
    make_lesson,
    make_module,
    make_quiz,
    make_scenario,
    set_outline,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def course(db):
    """Two lessons and a check, of which only the lessons are asked."""
    page = make_course_page(course=make_course(needs_final=False, needs_checks=False))
    page.first, page.second, page.check = make_lesson(page), make_lesson(page), make_quiz(page)
    set_outline(page, [make_module(page.first, page.second, page.check)])
    return page


@pytest.fixture
def read(course, now):
    """A new enrolment that has read these."""

    def begin(*lessons):
        enrolment = make_enrolment(course=course.course, at=now - 2 * DAY)
        for lesson in lessons:
            complete_lesson(enrolment, lesson, actor=None, at=now - DAY)
        enrolment.refresh_from_db()
        return enrolment

    return begin


@pytest.fixture
def take(course):
    """Hand in the check."""

    def hand_in(enrolment, at):
        by = {"person": enrolment.person, "actor": None, "at": at}
        attempt = attempts.start(course.check.translation_key, enrolment=enrolment, **by)
        attempts.submit(attempt.uuid, **by)

    return hand_in


def mark(page, now, *, shown=None, what="The call comes first."):
    page = type(page).objects.get(pk=page.pk)
    shown = concerned_by(page).counts if shown is None else shown
    return reopening.mark_material(page, what=what, shown=shown, actor=None, at=now)


def publish_again(page):
    page = type(page).objects.get(pk=page.pk)
    page.save_revision().publish()
    return page


def evidence():
    return list(LessonDone.objects.values()), list(Completion.objects.values())


def asked():
    return {one.enrolment for one in Reopened.objects.all()}


def test_a_material_edit_asks_those_who_read_it_and_nobody_else(course, read, now):
    on_the_way, completed = read(course.first), read(course.first, course.second)
    read(course.second), read()
    assert (on_the_way.state, completed.state) == (EnrolmentState.ACTIVE, EnrolmentState.COMPLETED)

    edit = mark(course.first, now)

    assert asked() == {on_the_way, completed}
    assert (edit.on_their_way, edit.completed) == (1, 1)
    entry = AuditEntry.objects.get(verb="edit marked material")
    assert entry.facts == {"title": course.first.title, "on_their_way": 1, "completed": 1}


def test_a_minor_edit_asks_nobody_and_is_on_record(course, read, now):
    enrolment = read(course.first, course.second)
    before = evidence()

    page = publish_again(course.first)
    reopening.mark_minor(page, actor=None, at=now)

    assert reopening.to_do_again(enrolment) == []
    assert not MaterialEdit.objects.exists()
    assert evidence() == before
    assert AuditEntry.objects.get(verb="edit marked minor").facts == {"title": page.title}


def test_evidence_stays_and_the_certificate_asks_for_nothing_more(course, read, now):
    completed, on_the_way = read(course.first, course.second), read(course.first)
    before = evidence()

    mark(course.first, now)

    assert evidence() == before
    completed.refresh_from_db()
    assert completed.state == EnrolmentState.COMPLETED
    # Who has the changed lesson to read again finishes by what they began with all the same.
    complete_lesson(on_the_way, course.second, actor=None, at=now)
    assert Completion.objects.filter(enrolment=on_the_way).exists()
    on_the_way.refresh_from_db()
    assert [one.edit.title for one in reopening.to_do_again(on_the_way)] == [course.first.title]


def test_reading_it_again_settles_it_and_another_lesson_does_not(course, read, now):
    enrolment = read(course.first, course.second)
    mark(course.first, now)

    complete_lesson(enrolment, course.second, actor=None, at=now + DAY)
    assert len(reopening.to_do_again(enrolment)) == 1
    complete_lesson(enrolment, course.first, actor=None, at=now + DAY)

    assert reopening.to_do_again(enrolment) == []
    assert Reopened.objects.get().done_at == now + DAY
    assert LessonDone.objects.filter(lesson_key=course.first.translation_key).count() == 1


def test_what_a_device_read_before_the_edit_settles_nothing(course, read, now):
    enrolment = read(course.first)
    mark(course.first, now)

    complete_lesson(enrolment, course.first, actor=None, at=now - DAY / 2)

    assert len(reopening.to_do_again(enrolment)) == 1


def test_a_check_is_asked_again_and_settled_by_handing_it_in(course, read, take, now):
    enrolment, other = read(), read()
    take(enrolment, now - DAY)

    mark(course.check, now)
    before = len(reopening.to_do_again(enrolment)), len(reopening.to_do_again(other))
    take(enrolment, now + DAY)

    assert before == (1, 0)
    assert reopening.to_do_again(enrolment) == []


def test_a_scenario_is_asked_again_and_settled_by_playing_it_to_an_end(course, now):
    scenario = make_scenario(course)
    set_outline(course, [make_module(course.first, scenario)])
    enrolment, other = make_enrolment(course=course.course), make_enrolment(course=course.course)

    def play(at):
        run = runs.start(scenario.translation_key, enrolment=enrolment, actor=None, at=at)
        for situation in ("door", "room"):
            told = next(one for one in run.edition.story["situations"] if one["id"] == situation)
            choice = runs.Choice(uuid.uuid4(), situation, told["choices"][0]["id"])
            runs.choose(run, [choice], actor=None, at=at)

    play(now - DAY)
    mark(scenario, now)
    before = len(reopening.to_do_again(enrolment)), len(reopening.to_do_again(other))
    play(now + DAY)

    assert before == (1, 0)
    assert reopening.to_do_again(enrolment) == []


@pytest.mark.parametrize("rules", [{"purpose": "final"}, {"purpose": "pretest"}, {"attempts_allowed": 2}])
def test_a_test_that_could_not_be_taken_again_asks_nobody(course, read, take, now, rules):
    take(read(), now - DAY)
    quiz = QuizPage.objects.filter(pk=course.check.pk)
    assert concerned_by(quiz.get()).counts == (1, 0)

    quiz.update(**rules)

    assert concerned_by(quiz.get()) == Concerned()


def test_an_edit_of_the_outline_asks_everybody_in_the_course(course, read, now):
    begun, completed = read(), read(course.first, course.second)
    make_enrolment()

    mark(course, now)

    assert asked() == {begun, completed}
    reopening.done_again(begun, course.translation_key, at=now)
    assert reopening.to_do_again(begun) == []
    assert len(reopening.to_do_again(completed)) == 1


def test_of_one_person_only_the_newest_cycle_is_asked(course, read, now):
    first = read(course.first, course.second)
    again = make_enrolment(first.person, course.course, at=now - DAY / 2)
    assert again != first
    assert concerned_by(course.first) == Concerned()

    complete_lesson(again, course.first, actor=None, at=now - DAY / 4)

    assert list(concerned_by(course.first).on_their_way) == [again.pk]


def test_an_earlier_cycle_asks_for_nothing_any_more(course, read, now):
    first = read(course.first, course.second)
    mark(course.first, now)
    before = reopening.all_to_do_again(first.person)

    make_enrolment(first.person, course.course, at=now)

    assert [one.enrolment for one in before] == [first]
    assert reopening.all_to_do_again(first.person) == []


def test_who_left_is_not_asked(course, read, now):
    left = read(course.first)
    left.state, left.ended_at = EnrolmentState.WITHDRAWN, now
    left.save()

    with pytest.raises(EditRefused, match="nobody"):
        mark(course.first, now)


def test_nobody_is_asked_when_the_number_shown_is_no_longer_true(course, read, now):
    read(course.first)
    shown = concerned_by(course.first).counts
    read(course.first)

    with pytest.raises(EditRefused, match="moved"):
        mark(course.first, now, shown=shown)

    assert not Reopened.objects.exists()
    mark(course.first, now)
    assert Reopened.objects.count() == 2


def test_an_edit_is_marked_once_and_the_next_one_again(course, read, now):
    enrolment = read(course.first)
    mark(course.first, now)
    with pytest.raises(EditRefused, match="marked"):
        mark(course.first, now)

    publish_again(course.first)
    mark(course.first, now + DAY, what="And then wait.")

    told = [one.edit.what for one in reopening.to_do_again(enrolment)]
    assert told == ["The call comes first.", "And then wait."]


def test_who_is_asked_is_found_in_as_many_queries_for_one_as_for_many(course, read, django_assert_num_queries):
    for people in (1, 3):
        while LessonDone.objects.count() < people:
            read(course.first)
        with django_assert_num_queries(3):
            assert concerned_by(course.first).counts == (people, 0)


# --- What people began with ---------------------------------------------------------------


def test_a_lesson_added_later_is_not_asked_of_those_on_their_way(course, read, now):
    on_the_way = read(course.first)
    added = make_lesson(course)
    set_outline(course, [make_module(course.first, course.second, course.check, added)])
    newcomer = read(course.first)

    for enrolment in (on_the_way, newcomer):
        complete_lesson(enrolment, course.second, actor=None, at=now)

    done = [Completion.objects.filter(enrolment=one).exists() for one in (on_the_way, newcomer)]
    assert done == [True, False]
    complete_lesson(newcomer, added, actor=None, at=now)
    assert Completion.objects.filter(enrolment=newcomer).exists()


def test_moving_a_lesson_makes_no_new_requirements(course, read):
    before = read()
    set_outline(course, [make_module(course.check, course.second, course.first)])

    assert read().edition == before.edition


def test_who_began_before_the_outline_was_there_is_asked_for_all_of_it(now):
    page = make_course_page(course=make_course(needs_final=False))
    enrolment = make_enrolment(course=page.course, at=now - DAY)
    lesson, other = make_lesson(page), make_lesson(page)
    set_outline(page, [make_module(lesson, other)])

    complete_lesson(enrolment, lesson, actor=None, at=now)
    assert not Completion.objects.exists()
    complete_lesson(enrolment, other, actor=None, at=now)

    assert Completion.objects.exists()
