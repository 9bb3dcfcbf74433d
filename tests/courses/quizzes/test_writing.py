"""Writing from a template: what is made, where it stands, and that nobody sees it yet."""

import pytest
from django.utils import timezone
from wagtail.models import Page

from courses.audit.models import AuditEntry
from courses.catalogue.models import CoursePage, LessonPage
from courses.choices import Purpose, Review
from courses.drills.scenarios.pages import ScenarioPage
from courses.questions.models import Question
from courses.quizzes.pages import QuizPage
from courses.quizzes.writing import NotPossible, Template, write_course, write_part
from tests.factories import make_index_page, make_small_course

pytestmark = pytest.mark.django_db


def drafted(page):
    return CoursePage.objects.get(pk=page.pk).get_latest_revision_as_object().modules()


def write(template, page, actor, **kwargs):
    return write_part(template, "The first hour", page, actor=actor, at=timezone.now(), **kwargs)


def module_id(page, n):
    return CoursePage.objects.get(pk=page.pk).outline.raw_data[n]["id"]


def test_a_course_comes_with_its_record_a_module_and_a_final_test(focal_point):
    make_index_page()

    made = write_course("Signs at the border", with_final=True, actor=focal_point, at=timezone.now())

    *parts, page = made
    assert [(type(part), part.title) for part in parts] == [
        (LessonPage, "First lesson"),
        (QuizPage, "Check: First lesson"),
        (QuizPage, "Final test"),
    ]
    assert (page.course.code, page.course.title) == ("signs-at-the-border", "Signs at the border")
    assert (page.course.needs_final, page.course.is_approved) == (True, False)
    assert [module["page_ids"] for module in drafted(page)] == [[parts[0].pk, parts[1].pk], [parts[2].pk]]
    assert [parts[2].purpose, parts[2].review] == [Purpose.FINAL, Review.TEST]


def test_a_course_without_final_test_does_not_ask_for_one(focal_point):
    make_index_page()

    made = write_course("Signs", with_final=False, actor=focal_point, at=timezone.now())

    assert [page.title for page in made] == ["First lesson", "Check: First lesson", "Signs"]
    assert made[-1].course.needs_final is False


def test_a_second_course_of_the_same_title_gets_a_code_and_an_address_of_its_own(focal_point):
    make_index_page()

    pages = [
        write_course("Signs", with_final=False, actor=focal_point, at=timezone.now())[-1] for _ in range(2)
    ]

    assert [page.course.code for page in pages] == ["signs", "signs-2"]
    assert [page.slug for page in pages] == ["signs", "signs-2"]


def test_without_a_catalogue_nothing_is_made(focal_point):
    with pytest.raises(NotPossible):
        write_course("Signs", with_final=False, actor=focal_point, at=timezone.now())

    assert not CoursePage.objects.exists()


@pytest.mark.parametrize(
    ("template", "kinds"),
    [
        (Template.MODULE, [LessonPage, QuizPage]),
        (Template.SHORT, [LessonPage, QuizPage]),
        (Template.LESSON, [LessonPage]),
        (Template.QUIZ, [QuizPage]),
        (Template.SCENARIO, [ScenarioPage]),
    ],
)
def test_a_part_stands_in_a_new_module_of_the_draft_outline(focal_point, template, kinds):
    page = make_small_course()

    made = write(template, page, focal_point)

    assert [type(part) for part in made] == kinds
    new = drafted(page)[-1]
    assert (new["code"], new["title"], new["page_ids"]) == ("M1", "The first hour", [part.pk for part in made])


def test_a_part_may_join_a_module_that_is_there(focal_point):
    page = make_small_course()
    before = drafted(page)

    made = write(Template.LESSON, page, focal_point, module_id=module_id(page, 0))

    after = drafted(page)
    assert after[0]["page_ids"] == [*before[0]["page_ids"], made[0].pk]
    assert after[1:] == before[1:]


def test_a_workshop_test_stands_in_no_module_and_nobody_fails_it(focal_point):
    page = make_small_course()
    before = drafted(page)

    (test,) = write(Template.WORKSHOP, page, focal_point)

    assert (test.purpose, test.review, test.pass_mark) == (Purpose.PRETEST, Review.TEST, None)
    assert drafted(page) == before


def test_the_quiz_has_five_empty_questions_whose_ids_are_nobody_elses(focal_point):
    page = make_small_course()

    first, second = [write(Template.QUIZ, page, focal_point)[0] for _ in range(2)]

    ids = [
        found
        for quiz in (first, second)
        for question in quiz.questions.raw_data
        for found in (question["id"], *(option["id"] for option in question["value"].get("options", ())))
    ]
    kinds = [question["type"] for question in first.questions.raw_data]
    assert kinds == ["single", "single", "single", "multiple", "true_false"]
    assert len(ids) == len(set(ids)) == 2 * (5 + 4 * 4)
    assert not Question.objects.filter(key__in=ids).exists()


def test_nothing_is_published_and_the_live_outline_stays(focal_point):
    page = make_small_course()
    live = page.outline.raw_data

    made = write(Template.SHORT, page, focal_point)

    page = CoursePage.objects.get(pk=page.pk)
    assert list(page.outline.raw_data) == list(live)
    assert (page.live, page.has_unpublished_changes) == (True, True)
    assert not Page.objects.filter(pk__in=[part.pk for part in made], live=True).exists()


def test_each_part_says_what_is_missing_before_it_can_be_published(focal_point):
    _lesson, quiz = write(Template.SHORT, make_small_course(), focal_point)

    assert len(quiz.problems()) >= 5


def test_who_wrote_what_is_kept(focal_point):
    page = make_small_course()

    made = write(Template.SHORT, page, focal_point)

    entry = AuditEntry.objects.get(verb="written from template")
    assert (entry.actor_id, entry.object_id) == (focal_point.pk, str(page.pk))
    assert entry.facts == {
        "template": "short",
        "pages": [part.pk for part in made],
        "titles": ["The first hour", "Check: The first hour"],
    }
    assert {part.owner_id for part in made} == {focal_point.pk}


def test_a_module_that_is_gone_leaves_nothing_behind(focal_point):
    page = make_small_course()
    before = Page.objects.count()

    with pytest.raises(NotPossible):
        write(Template.SHORT, page, focal_point, module_id="gone")

    assert Page.objects.count() == before


def test_a_locked_course_page_is_left_alone(focal_point, administrator):
    page = make_small_course()
    page.locked, page.locked_by = True, administrator
    page.save()

    with pytest.raises(NotPossible):
        write(Template.LESSON, page, focal_point)
