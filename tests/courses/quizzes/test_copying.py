"""A copy shares no evidence with its original, and the original does not notice."""

import json

import pytest
from django.utils import timezone
from wagtail.models import Page

from courses.audit.models import AuditEntry
from courses.catalogue.models import Course, CoursePage, LessonPage
from courses.questions.models import Question
from courses.quizzes.copying import copy_course, copy_part
from courses.quizzes.pages import QuizPage
from tests.courses.catalogue.test_raw import ids_in, without_ids
from tests.factories import (
    case,
    draw,
    from_bank,
    make_bank_question,
    make_lesson,
    make_module,
    make_quiz,
    make_small_course,
    paragraph,
    publish,
    quick_question,
    set_outline,
    single,
)

pytestmark = pytest.mark.django_db


def copy(page, focal_point, title="Another course"):
    return copy_course(page, title, actor=focal_point, at=timezone.now())


def raw_of(page):
    page = page.get_latest_revision_as_object()
    for name in ("outline", "body", "questions"):
        if hasattr(page, name):
            return list(getattr(page, name).raw_data)
    raise AssertionError(page)


def family(page):
    page = CoursePage.objects.get(pk=page.pk)
    return [page, *page.get_children().specific().order_by("path")]


@pytest.fixture
def original(db):
    """A course whose quiz has questions of its own, of the bank and drawn ones."""
    page = make_small_course(title="Signs")
    bank, _drawn = make_bank_question(), make_bank_question()
    lesson = make_lesson(page, blocks=[quick_question()], title="With practice")
    linking = make_lesson(
        page,
        blocks=[paragraph(f'<p><a linktype="page" id="{lesson.pk}">Back</a></p>')],
        title="With a link",
    )
    quiz = make_quiz(page, [single(), case(), from_bank(bank), draw(1)], title="Of every kind")
    page = set_outline(page, [*page.outline.raw_data, make_module(lesson, linking, quiz, code="M9")])
    page.bank = bank
    return page


def test_every_part_is_copied_as_a_draft(original, focal_point):
    copied = copy(original, focal_point)

    before, after = family(original), family(copied)
    assert [(type(page), page.title) for page in after] == [
        (CoursePage, "Another course"),
        *((type(page), page.title) for page in before[1:]),
    ]
    assert {page.live for page in after} == {False}
    assert {page.owner_id for page in after} == {focal_point.pk}


def test_no_key_of_evidence_is_shared(original, focal_point):
    before = {page.pk: page for page in family(original)}

    after = family(copy(original, focal_point))

    assert not {page.translation_key for page in after} & {page.translation_key for page in before.values()}
    old_ids = {found for page in before.values() for found in ids_in(raw_of(page))}
    new_ids = [found for page in after for found in ids_in(raw_of(page))]
    assert len(old_ids) == len(new_ids) == len(set(new_ids))
    assert not old_ids & set(new_ids)


def test_a_published_copy_asks_questions_of_its_own(original, focal_point):
    known = set(Question.objects.values_list("key", flat=True))

    copied = copy(original, focal_point)
    quiz = QuizPage.objects.child_of(copied).get(title="Of every kind")
    publish(quiz)

    new = Question.objects.exclude(key__in=known)
    assert {question.home for question in new} == {str(quiz.translation_key)}
    assert new.count() == 2
    assert {str(question.key) for question in new} == {block["id"] for block in raw_of(quiz)[:2]}


def test_the_outline_names_the_copies_in_the_same_order(original, focal_point):
    copied = copy(original, focal_point)

    def titles(page):
        modules = page.get_latest_revision_as_object().modules()
        return [
            (module["title"], [Page.objects.get(pk=pk).title for pk in module["page_ids"]])
            for module in modules
        ]

    assert titles(copied) == titles(original)
    children = set(copied.get_children().values_list("pk", flat=True))
    named = {pk for module in copied.get_latest_revision_as_object().modules() for pk in module["page_ids"]}
    assert named == children


def test_words_stay_and_questions_of_the_bank_stay_references(original, focal_point):
    copied = copy(original, focal_point)

    quizzes = [QuizPage.objects.child_of(page).get(title="Of every kind") for page in (original, copied)]
    before, after = [raw_of(quiz) for quiz in quizzes]
    assert without_ids(after) == without_ids(before)
    assert after[2]["value"] == {"question": original.bank.pk}


def test_links_inside_the_course_lead_to_the_copies(original, focal_point):
    copied = copy(original, focal_point)

    linking = LessonPage.objects.child_of(copied).get(title="With a link")
    target = LessonPage.objects.child_of(copied).get(title="With practice")
    assert f'linktype="page" id="{target.pk}"' in raw_of(linking)[0]["value"]["text"]
    assert f'linktype="page" id="{target.pk}"' in linking.body.raw_data[0]["value"]["text"]


def test_what_is_copied_is_the_newest_draft(original, focal_point):
    lesson = LessonPage.objects.child_of(original).get(title="With practice")
    lesson.title = "With more practice"
    lesson.body = json.dumps([paragraph("<p>Newer words.</p>")])
    lesson.save_revision()

    copied = copy(original, focal_point)

    newest = LessonPage.objects.child_of(copied).get(title="With more practice")
    assert raw_of(newest)[0]["value"]["text"] == "<p>Newer words.</p>"


def test_the_original_is_untouched(original, focal_point):
    def state():
        return [
            (page.pk, page.title, page.live, page.latest_revision_id, page.translation_key, raw_of(page))
            for page in family(original)
        ] + list(Course.objects.filter(pk=original.course_id).values())

    before = state()

    copy(original, focal_point)

    assert state() == before


def test_the_record_of_the_course_is_new_and_not_approved(original, focal_point):
    Course.objects.filter(pk=original.course_id).update(validity_months=24, needs_checks=False)

    copied = copy(CoursePage.objects.get(pk=original.pk), focal_point)

    course = copied.course
    assert (course.code, course.title) == ("another-course", "Another course")
    assert (course.validity_months, course.needs_checks) == (24, False)
    assert not course.is_approved
    assert course.uuid != original.course.uuid


def test_who_copied_what_is_kept(original, focal_point):
    copied = copy(original, focal_point)

    entry = AuditEntry.objects.get(verb="course copied")
    assert (entry.actor_id, entry.object_id) == (focal_point.pk, str(copied.pk))
    assert (entry.facts["source"], len(entry.facts["pages"])) == (original.pk, 7)


def test_a_quiz_alone_is_copied_beside_the_original(original, focal_point):
    quiz = QuizPage.objects.child_of(original).get(title="Of every kind")

    copied = copy_part(quiz, "Of every kind, again", actor=focal_point, at=timezone.now())

    assert (copied.live, copied.get_parent().pk) == (False, original.pk)
    assert copied.translation_key != quiz.translation_key
    assert not set(ids_in(raw_of(copied))) & set(ids_in(raw_of(quiz)))
    assert without_ids(raw_of(copied)) == without_ids(raw_of(quiz))
