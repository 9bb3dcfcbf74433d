"""A module in two courses: corrected once, counted in each."""

import json

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.catalogue import reading, writing
from courses.catalogue.bodies import render_body
from courses.catalogue.gate import PublishRefused
from courses.catalogue.models import CoursePage
from courses.catalogue.writing import NotPossible
from courses.choices import Purpose
from courses.enrolment.enrolling import enrol
from courses.progress.models import Completion, LessonDone
from courses.progress.recording import complete_lesson
from courses.questions.models import Question
from courses.quizzes.copying import copy_course
from courses.quizzes.models import QuizEdition
from courses.quizzes.reusing import reuse_module
from tests.answering import take
from tests.factories import (
    from_bank,
    make_bank_question,
    make_course,
    make_course_page,
    make_lesson,
    make_module,
    make_person,
    make_quiz,
    paragraph,
    publish,
    set_outline,
    single,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def source(db):
    """A module of a lesson and a check: one question of its own, one of the bank."""
    page = make_course_page(title="Signs")
    lesson = make_lesson(page, title="What to see", slug="see")
    check = make_quiz(page, [single("Waht?", change=""), from_bank(make_bank_question())], title="Check")
    page = set_outline(page, [make_module(lesson, check, title="Seeing", summary="Why", objectives=["See"])])
    page.lesson, page.check = lesson, check
    return page


@pytest.fixture
def target(db):
    course = make_course(title="At sea", needs_final=False)
    return make_course_page(course)


def reuse(source, target, focal_point, n=0):
    module_id = writing.outline_of(CoursePage.objects.get(pk=source.pk))[n]["id"]
    return reuse_module(target, from_page=source, module_id=module_id, actor=focal_point, at=timezone.now())


def refused(source, target, focal_point, n=0):
    with pytest.raises(NotPossible) as why:
        reuse(source, target, focal_point, n)
    return str(why.value)


def drafted(page):
    return writing.outline_of(CoursePage.objects.get(pk=page.pk))


def again(page):
    return type(page).objects.get(pk=page.pk)


def reworded(quiz, change=""):
    """The original quiz with its own question corrected; not yet published."""
    quiz = again(quiz)
    first, *others = quiz.questions.get_prep_value()
    quiz.questions = json.dumps(
        [{**first, "value": {**first["value"], "stem": "What?", "change": change}}, *others]
    )
    return quiz


def asked(quiz):
    """(stem, meaning, slip) of what the newest edition of this quiz asks."""
    edition = QuizEdition.objects.newest([quiz.translation_key])[quiz.translation_key]
    frozen = [
        Question.objects.get(key=item["question"]).editions.get(meaning=item["meaning"], slip=item["slip"])
        for item in edition.items
    ]
    return [(one.body["stem"], one.meaning, one.slip) for one in frozen]


# --- What is made -------------------------------------------------------------------------


def test_its_parts_stand_below_the_other_course_with_keys_of_their_own(source, target, focal_point):
    make_lesson(target, slug="see")

    lesson, check = reuse(source, target, focal_point)

    assert [lesson.alias_of_id, check.alias_of_id] == [source.lesson.pk, source.check.pk]
    assert {page.get_parent().pk for page in (lesson, check)} == {target.pk}
    assert (lesson.live, lesson.slug, lesson.has_unpublished_changes) == (True, "see-2", False)
    keys = {page.translation_key for page in (lesson, check, source.lesson, source.check)}
    assert len(keys) == 4


def test_the_module_comes_into_the_draft_with_new_ids(source, target, focal_point):
    target = set_outline(target, [make_module(code="C1", title="First")])

    parts = reuse(source, target, focal_point)

    before, (_first, module) = drafted(source)[0], drafted(target)
    value = module["value"]
    assert [part["value"] for part in value["parts"]] == [part.pk for part in parts]
    assert (value["title"], value["summary"], value["code"]) == ("Seeing", "Why", "M1")
    assert value["objectives"] == ["See"]
    assert module["id"] != before["id"]
    assert len(again(target).modules()) == 1  # live as it was


def test_a_check_is_ready_at_once_and_its_own_question_counts_apart(source, target, focal_point):
    _lesson, check = reuse(source, target, focal_point)

    here, there = [
        QuizEdition.objects.get(quiz_key=quiz.translation_key).items for quiz in (source.check, check)
    ]
    assert here[0]["question"] != there[0]["question"]
    assert here[1]["question"] == there[1]["question"]  # of the bank
    assert QuizEdition.objects.get(quiz_key=check.translation_key).course_id == target.course_id


def test_who_reused_what_is_kept(source, target, focal_point):
    parts = reuse(source, target, focal_point)

    entry = AuditEntry.objects.get(verb="module reused")
    assert (entry.actor_id, entry.object_id, entry.facts["source"]) == (
        focal_point.pk,
        str(target.pk),
        source.pk,
    )
    assert list(entry.facts["pages"].values()) == [part.pk for part in parts]


# --- What is refused ----------------------------------------------------------------------


def test_what_is_not_live_and_the_final_test_stay_behind(target, focal_point):
    page = make_course_page()
    lesson, draft = make_lesson(page, title="Live"), make_lesson(page, title="Draft")
    draft.unpublish()
    final = make_quiz(page, purpose=Purpose.FINAL, review="test")
    page = set_outline(page, [make_module(lesson, draft, final), make_module(final, title="Final")])

    assert [part.title for part in reuse(page, target, focal_point)] == ["Live"]
    assert "published yet" in refused(page, target, focal_point, 1)
    publish(draft)
    assert [part.title for part in reuse(page, target, focal_point)] == ["Draft"]


def test_the_same_course_the_same_module_and_a_module_that_is_gone_are_refused(source, target, focal_point):
    assert refused(source, source, focal_point) == "Choose a module of another course."
    reuse(source, target, focal_point)
    assert "already" in refused(source, target, focal_point)
    # Nor back to where it is from.
    assert "already" in refused(target, source, focal_point)
    with pytest.raises(NotPossible, match="no longer"):
        reuse_module(target, from_page=source, module_id="gone", actor=focal_point, at=NOW)
    assert len(drafted(target)) == 1


def test_from_a_course_that_reuses_it_the_original_is_followed(source, target, focal_point):
    reuse(source, target, focal_point)

    (lesson, _check) = reuse(target, make_course_page(), focal_point)

    assert lesson.alias_of_id == source.lesson.pk


# --- Corrected once -----------------------------------------------------------------------


def test_a_corrected_lesson_is_corrected_in_both_and_nothing_old_is_shown(source, target, focal_point):
    (lesson, _check) = reuse(source, target, focal_point)
    before = reading.stamp_of(target)
    render_body(again(lesson), sector=None)

    for words in ("First", "Second"):
        original = again(source.lesson)
        original.title, original.body = words, json.dumps([paragraph(f"<p>{words} words.</p>")])
        publish(original)
        now = again(lesson)
        assert (now.title, now.draft_title, now.slug) == (words, words, lesson.slug)
        assert f"{words} words." in render_body(now, sector=None)
    assert reading.stamp_of(target) != before


@pytest.mark.parametrize(("change", "then"), [("slip", (1, 1)), ("meaning", (2, 0))])
def test_a_corrected_question_says_in_both_what_the_change_was(source, target, focal_point, change, then):
    person = make_person()
    _lesson, check = reuse(source, target, focal_point)
    for quiz, page in ((source.check, source), (check, target)):
        take(quiz, person, enrol(person, page.course, actor=None, at=NOW), at=NOW)

    publish(reworded(source.check, change))

    assert asked(source.check)[0] == asked(check)[0] == ("What?", *then)


def test_what_people_were_asked_in_one_course_alone_is_asked_of_the_author_too(source, target, focal_point):
    person = make_person()
    _lesson, check = reuse(source, target, focal_point)
    take(check, person, enrol(person, target.course, actor=None, at=NOW), at=NOW)

    with pytest.raises(PublishRefused):
        publish(reworded(source.check))

    assert [asked(quiz)[0] for quiz in (source.check, check)] == [("Waht?", 1, 0)] * 2
    assert again(check).questions[0].value["stem"] == "Waht?"


def test_what_leaves_the_site_leaves_it_in_both_and_comes_back_on_time(source, target, focal_point):
    (lesson, _check) = reuse(source, target, focal_point)
    again(source.lesson).unpublish()
    assert again(lesson).live is False

    original = again(source.lesson)
    original.go_live_at = timezone.now() + timezone.timedelta(days=2)
    publish(original)
    assert (again(source.lesson).live, again(lesson).live) == (False, False)

    original.go_live_at = None
    publish(original)
    assert (again(source.lesson).live, again(lesson).live) == (True, True)


# --- Counted in each ----------------------------------------------------------------------


def test_a_trainee_does_it_in_each_course(source, target, focal_point, constable):
    lesson, check = reuse(source, target, focal_point)
    target = publish(CoursePage.objects.get(pk=target.pk).get_latest_revision_as_object())
    person, course = constable.person, target.course
    enrolments = [enrol(person, page.course, actor=None, at=NOW) for page in (source, target)]

    complete_lesson(enrolments[1], again(lesson), actor=constable, at=NOW)
    marking = take(check, person, enrolments[1], at=NOW)

    assert marking.attempt.quiz_key == check.translation_key
    assert LessonDone.objects.get().lesson_key == lesson.translation_key
    assert Completion.objects.get().enrolment.course == course
    assert target.modules()[0]["page_ids"] == [lesson.pk, check.pk]


def test_without_its_original_it_stays_as_a_page_of_its_own(source, target, focal_point):
    (lesson, check) = reuse(source, target, focal_point)
    before = asked(check)

    CoursePage.objects.get(pk=source.pk).delete()

    lesson, check = again(lesson), again(check)
    assert [(part.alias_of_id, part.live) for part in (lesson, check)] == [(None, True)] * 2
    assert AuditEntry.objects.filter(verb="reused part kept").count() == 2
    lesson.title = "Its own"
    assert publish(lesson).title == "Its own"
    publish(check)
    assert asked(check) == before


def test_the_copy_of_a_course_that_reuses_has_drafts_of_its_own(source, target, focal_point):
    reuse(source, target, focal_point)

    copied = copy_course(CoursePage.objects.get(pk=target.pk), "Again", actor=focal_point, at=NOW)

    parts = copied.get_children()
    assert [(part.title, part.live, part.alias_of_id) for part in parts] == [
        ("What to see", False, None),
        ("Check", False, None),
    ]
    assert [part["value"] for part in drafted(copied)[0]["value"]["parts"]] == [part.pk for part in parts]
