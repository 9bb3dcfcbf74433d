import pytest

from courses.catalogue.gate import PublishRefused
from courses.catalogue.models import LessonPage
from tests.factories import (
    block,
    make_course_page,
    make_index_page,
    make_lesson,
    make_module,
    paragraph,
    quick_question,
    set_outline,
)

pytestmark = pytest.mark.django_db


def problems_of(*blocks):
    with pytest.raises(PublishRefused) as refused:
        make_lesson(blocks=list(blocks))
    return [str(problem) for problem in refused.value.problems]


def test_a_sound_lesson_goes_live():
    assert make_lesson(blocks=[paragraph(), quick_question()]).live


def test_an_empty_lesson_is_refused():
    assert problems_of() == ["The lesson is empty."]


def test_a_picture_needs_words_for_those_who_cannot_see_it(picture):
    bare = block("picture", image=picture.pk, alt_text=" ", decorative=False, caption="")
    described = block("picture", image=picture.pk, alt_text="A ferry terminal", decorative=False, caption="")
    decorative = block("picture", image=picture.pk, alt_text="", decorative=True, caption="")

    assert problems_of(paragraph(), bare) == [
        "Part 2 (Picture): say what the picture shows, or tick “only decorative”."
    ]
    assert make_lesson(blocks=[described, decorative]).live


def test_a_film_needs_captions_and_a_transcript(film_file):
    film = block("film", title="Film", film=film_file.pk, captions=None, transcript="<p> </p>", minutes=2)

    assert problems_of(film) == [
        "Part 1 (Film): the film needs a transcript.",
        "Part 1 (Film): the film needs captions.",
    ]


def test_a_sound_needs_a_transcript(film_file):
    audio = block("audio", title="Sound", audio=film_file.pk, transcript="", minutes=2)

    assert problems_of(audio) == ["Part 1 (Sound): the sound needs a transcript."]


def test_a_quick_question_needs_exactly_one_right_answer():
    none_right = quick_question()
    for answer in none_right["value"]["answers"]:
        answer["value"]["right"] = False

    assert problems_of(none_right) == ["Part 1 (Quick question): tick exactly one right answer."]


def test_a_link_to_a_page_that_is_not_live_is_broken():
    draft = make_lesson()
    draft.unpublish()
    link = paragraph(f'<p><a linktype="page" id="{draft.pk}">Read on</a></p>')

    assert problems_of(link) == ["Part 1 (Text): a link leads to a page that is not there or not published."]


def test_a_link_to_a_live_page_is_sound():
    live = make_lesson()

    assert make_lesson(blocks=[paragraph(f'<p><a linktype="page" id="{live.pk}">Read on</a></p>')]).live


def test_an_address_that_a_route_needs_is_refused():
    with pytest.raises(PublishRefused, match="enrol"):
        make_lesson(slug="enrol")


def test_a_course_with_a_deleted_part_is_refused():
    page = make_course_page()
    kept, deleted = make_lesson(page), make_lesson(page)
    modules = [make_module(kept, deleted, title="The signs")]
    LessonPage.objects.get(pk=deleted.pk).delete()

    with pytest.raises(PublishRefused, match="Module “The signs”: part 2 was deleted"):
        set_outline(page, modules)


def test_refusing_leaves_the_live_page_as_it_was():
    lesson = make_lesson(blocks=[paragraph("<p>As it was.</p>")])
    lesson.body = []

    with pytest.raises(PublishRefused):
        lesson.save_revision().publish()

    assert "As it was." in str(LessonPage.objects.get(pk=lesson.pk).body)


def test_the_catalogue_page_has_no_gate():
    assert make_index_page().live
