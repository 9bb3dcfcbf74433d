"""What the checker says about a lesson and a course: plain sentences, none of which stops publishing."""

import json
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from courses.catalogue import weighing
from courses.catalogue.models import LessonPage
from courses.catalogue.noticing import lesson_notes, question_notes
from tests.factories import (
    block,
    make_course_page,
    make_lesson,
    make_module,
    paragraph,
    quick_question,
    set_outline,
)

pytestmark = pytest.mark.django_db
LONG = "The officer " + "and the officer " * 9 + "listen."


def notes_of(*blocks):
    page = LessonPage(title="L", body=json.dumps(list(blocks)))
    return [str(note) for note in lesson_notes(page)]


def test_a_plain_lesson_has_no_notes():
    assert notes_of(paragraph("<p>Ask. Listen. Refer.</p>"), quick_question()) == []


def test_hard_paragraphs_are_named_with_their_beginning():
    hard = paragraph(f"<p>Short.</p><p>{LONG}</p>")
    assert notes_of(paragraph(), hard) == [
        "Part 2 (Text) is hard to read: a sentence of 30 words. It begins “The officer and the officer and…”."
    ]


def test_a_right_answer_much_longer_than_the_others_is_named():
    told = quick_question(right="Listen calmly, ask open questions and call the unit", wrong=("Run", "Shout"))
    assert notes_of(told)[0].startswith("Part 1 (Quick question): the right answer is much longer")


def test_links_that_cannot_work_are_named():
    text = '<p><a href="htp://example.org">a</a><a href="https://example.org/x">b</a></p>'
    gone = '<p><a linktype="document" id="99999">c</a><a>d</a></p>'
    assert notes_of(paragraph(text), paragraph(gone)) == [
        "Part 1 (Text): the link “htp://example.org” is broken. Write it as https://…",
        "Part 2 (Text): a link leads to a file that is not there any more.",
        "Part 2 (Text): a link has no address, or one that cannot work.",
    ]


def test_a_story_without_a_note_before_it_is_named_once():
    calm = block("key_point", kind="example", title="", text="<p>A cook asks for her papers.</p>")
    example = block("key_point", kind="example", title="", text="<p>A cook is beaten.</p>")
    note = block("content_note", themes=[], text="It is about work.")
    assert notes_of(calm, note, example, example) == []
    assert [note.split(" tells")[0] for note in notes_of(example, note, example)] == ["Part 1 (Key point)"]


def test_pictures_are_weighed_alone_and_together(picture):
    picture.__class__.objects.filter(pk=picture.pk).update(file_size=60 * 1024, width=720)
    shown = block("picture", image=picture.pk, alt_text="IMG_2041", decorative=False, caption="")
    assert [note.replace("\xa0", " ") for note in notes_of(shown, shown)] == [
        "The lesson is 120.0 KB, over its data budget of 100.0 KB. Use fewer or smaller pictures.",
        "Part 1 (Picture): “IMG_2041” is a file name. Say what the picture shows.",
        "Part 1 (Picture) is 60.0 KB on a telephone; try to stay under 40.0 KB.",
        "Part 2 (Picture): “IMG_2041” is a file name. Say what the picture shows.",
        "Part 2 (Picture) is 60.0 KB on a telephone; try to stay under 40.0 KB.",
    ]


def test_a_size_made_for_telephones_counts_once_there_is_one(picture):
    picture.__class__.objects.filter(pk=picture.pk).update(file_size=600 * 1024, width=720)
    picture.refresh_from_db()
    picture.get_rendition("width-720")
    shown = block("picture", image=picture.pk, alt_text="A quay", decorative=False, caption="")
    assert notes_of(shown) == []


def test_a_film_too_heavy_for_its_minutes_is_named(film_file):
    model = get_document_model()
    model.objects.filter(pk=film_file.pk).update(file_size=9 * weighing.MB)
    film = block("film", title="F", film=film_file.pk, captions=None, transcript="<p>T</p>", minutes=2)
    assert "Part 1 (Film) is 9.0 MB for 2 min. Save it smaller, for telephones." in [
        note.replace("\xa0", " ") for note in notes_of(film)
    ]


def test_looking_costs_the_same_for_one_picture_and_ten(picture, django_assert_num_queries):
    shown = block("picture", image=picture.pk, alt_text="A quay", decorative=False, caption="")
    link = paragraph('<p><a linktype="document" id="99999">c</a></p>')
    for many in (1, 10):
        page = LessonPage(title="L", body=json.dumps([shown, link] * many))
        with django_assert_num_queries(3):  # the pictures, their sizes, the documents
            lesson_notes(page)


def test_notes_stop_nothing():
    assert make_lesson(blocks=[paragraph(f"<p>{LONG}</p>")]).live


def test_a_course_names_parts_that_nobody_sees_yet():
    page = make_course_page()
    seen, unseen = make_lesson(page), make_lesson(page, title="Draft")
    page = set_outline(page, [make_module(seen, unseen, title="The signs")])
    unseen.unpublish()
    assert page.notes() == ["Module “The signs”: “Draft” is not published, so trainees do not see it."]


def test_a_question_is_looked_at_wherever_it_is_written():
    options = [{"text": "No", "right": False}, {"text": "Listen calmly and call the unit", "right": True}]
    found = question_notes("single", {"stem": LONG, "options": options}, "Question 3")
    assert [note.split(":")[0] for note in found] == ["Question 3 is hard to read", "Question 3"]
    assert question_notes("short", SimpleNamespace(get=lambda name: None), "Question 3") == []


def test_a_new_document_weighs_what_it_says(db):
    file = get_document_model().objects.create(title="F", file=ContentFile(b"x" * 10, name="f.pdf"))
    assert notes_of(block("document", document=file.pk, description="")) == []


def test_the_parts_of_a_case_are_looked_at_each_by_its_place():
    options = [{"text": "No", "right": False}, {"text": "Listen calmly and call the unit", "right": True}]
    parts = [
        {"text": "Who?", "several": False, "options": []},
        {"text": LONG, "several": True, "options": options},
    ]
    found = question_notes("case", {"stem": "A cook.", "parts": parts}, "Question 3")
    assert [note.split(":")[0] for note in found] == [
        "Question 3, part 2 is hard to read",
        "Question 3, part 2",
    ]
