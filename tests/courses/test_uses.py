import json

import pytest
from wagtail.models import ReferenceIndex

from courses.catalogue.models import LessonPage
from courses.catalogue.references import DOCUMENT, IMAGE, PAGE, QUESTION
from courses.quizzes.pages import QuizPage
from courses.uses import uses_of
from lms.home.models import InfoPage
from tests.factories import (
    block,
    from_bank,
    make_bank_question,
    make_lesson,
    make_quiz,
    make_site,
    make_small_course,
    paragraph,
    single,
)

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


def said(kind, *rows):
    return [str(use) for use in uses_of(kind, [row.pk for row in rows])]


def change(page, name, blocks):
    setattr(page, name, json.dumps(blocks))
    page.save_revision()


def test_a_lesson_is_used_by_the_module_and_by_what_links_to_it():
    page = make_small_course(title="Signs")
    lesson = page.lesson_pages[0]
    make_lesson(page, [paragraph(), paragraph(f'<a linktype="page" id="{lesson.pk}">x</a>')], title="Linking")

    assert said(PAGE, lesson) == ["Signs, module “The signs”", "Linking, part 2"]


def test_a_draft_counts_and_says_so():
    page = make_small_course(title="Signs")
    lesson, other = page.lesson_pages[0], make_lesson(page, title="Draft")
    change(other, "body", [paragraph(f'<a linktype="page" id="{lesson.pk}">x</a>')])

    assert said(PAGE, lesson) == ["Signs, module “The signs”", "Draft, part 1 (draft)"]


def test_the_sites_own_pages_count(picture):
    lesson, home = make_lesson(make_small_course()), make_site()
    info = InfoPage(title="Help", body=json.dumps([paragraph(f'<a id="{lesson.pk}" linktype="page">x</a>')]))
    home.add_child(instance=info)
    change(home, "body", [block("picture", image=picture.pk, alt_text="", decorative=True, caption="")])

    assert said(PAGE, lesson) == ["Help, part 1"]
    assert said(IMAGE, picture) == [f"{home.title}, part 1 (draft)"]


def test_what_was_never_published_is_a_draft(focal_point):
    question = make_bank_question()
    quiz = make_quiz(title="Quiz", questions=[from_bank(question)])
    quiz.unpublish()

    assert said(QUESTION, question) == ["Quiz, question 1 (draft)"]


def test_pictures_and_files_are_found(picture, film_file):
    lesson = make_lesson(
        title="Lesson",
        blocks=[
            block("picture", image=picture.pk, alt_text="Dots", decorative=False, caption=""),
            block("document", document=film_file.pk, description=""),
        ],
    )

    assert said(IMAGE, picture) == ["Lesson, part 1"]
    assert said(DOCUMENT, film_file) == ["Lesson, part 2"]
    # Wagtail's own count, which its pages show before a picture or a file is deleted.
    for row in (picture, film_file):
        (reference,) = ReferenceIndex.get_references_to(row)
        assert reference.object_id == str(lesson.pk)


def test_wagtails_own_index_sees_the_outline_and_the_bank():
    page = make_small_course()
    question = make_bank_question()
    quiz = make_quiz(page, [from_bank(question)])

    assert [row.object_id for row in ReferenceIndex.get_references_to(page.lesson_pages[0])] == [str(page.pk)]
    assert [row.object_id for row in ReferenceIndex.get_references_to(question)] == [str(quiz.pk)]


def test_what_nobody_uses_has_no_uses():
    make_small_course()

    assert said(QUESTION, make_bank_question()) == []


def test_it_asks_the_same_however_much_there_is(django_assert_num_queries):
    question = make_bank_question()
    for n in range(2):
        page = make_small_course()
        make_quiz(page, [single(), from_bank(question)])
        with django_assert_num_queries(7):
            assert len(uses_of(QUESTION, [question.pk])) == n + 1
    assert (LessonPage.objects.count(), QuizPage.objects.count()) == (4, 6)
