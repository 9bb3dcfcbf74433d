"""Every kind of block: what a reader gets, and that no author's text becomes markup."""

import datetime
import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from wagtail.documents.models import Document
from wagtail.images.models import Image, Rendition
from wagtail.images.tests.utils import get_test_image_file

from courses.catalogue.blocks import LessonBlocks
from courses.catalogue.bodies import render_blocks
from courses.catalogue.sizes import size_of
from courses.directory.models import ContactRole, Entry
from courses.national.blocks import lesson_body

pytestmark = pytest.mark.django_db

EVIL = '<script>alert("x")</script>'
HOSTILE = f"{EVIL} \" onmouseover='x' {{{{ request }}}} & <b>"


def render(kind, value, post=None):
    """The HTML of one block, from raw values as the database holds them."""
    stream = LessonBlocks().to_python([{"type": kind, "value": value, "id": "1"}])
    return render_blocks(stream, sector=None, post=post)


def from_file(kind, value):
    """The same, from the form of the course files."""
    stream = LessonBlocks().to_python(lesson_body([{kind: value}], "X1"))
    return render_blocks(stream, sector=None)


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def tags_and_attributes(html):
    """Every tag and attribute name a browser would find."""
    found = set()

    class Finder(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.update({f"<{tag}>", *(name for name, _value in attrs)})

    Finder().feed(html)
    return found


def document(title="The form", name="form.pdf", content=b"x" * 2048):
    return Document.objects.create(title=title, file=ContentFile(content, name))


@pytest.fixture
def picture(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return Image.objects.create(title="Bay", file=get_test_image_file(size=(800, 600)))


def test_a_paragraph_is_its_text():
    html = from_file("paragraph", "<h2>Signs</h2><p>One <b>bold</b> word.</p>")

    assert "<h2>Signs</h2>" in html
    assert "<b>bold</b>" in html


def test_a_content_note_stands_apart_and_leads_to_support():
    html = from_file("content_note", {"themes": ["violence"], "text": "It mentions threats."})

    assert words(html) == ("Before you read. It mentions threats. You can stop at any time. Support for you")
    assert "<aside" in html
    assert 'href="/support/"' in html


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("remember", "Remember"),
        ("example", "Example"),
        ("task", "Try it at work"),
        ("sop", "National procedure"),
    ],
)
def test_a_key_point_says_of_which_kind_it_is(kind, label):
    html = from_file("key_point", {"kind": kind, "title": "Andre", "text": "<p>Ask.</p>", "minutes": 3})

    assert words(html) == f"{label}: Andre About 3 minutes Ask."


def test_a_key_point_whose_title_is_its_kind_says_it_once():
    assert words(from_file("key_point", {"title": "Remember", "text": "Ask."})) == "Remember Ask."


def test_do_and_dont_are_told_apart_by_words_not_colour():
    html = from_file("do_dont", {"title": "First contact", "do": ["Listen"], "dont": ["Promise"]})

    assert words(html) == "First contact Do Listen Do not Promise"
    assert 'aria-label="Do not"' in html


@pytest.mark.parametrize(
    ("layout", "tag", "css"),
    [
        ("list", "ul", "signs"),
        ("grid", "ul", "cards"),
        ("steps", "ol", "flow"),
        ("parts", "ul", "cards3"),
        ("cycle", "ol", "flow round"),
        ("lanes", "ul", "lanes"),
    ],
)
def test_a_diagram_is_a_list_of_words(layout, tag, css):
    items = [{"title": "Notice", "text": "First."}, {"title": "Refer"}]
    html = from_file("indicators", {"title": "T", "layout": layout, "intro": "I", "items": items, "note": "N"})

    assert f'<{tag} role="list" class="plain {css}">' in html
    again = " Then it begins again at step 1." if layout == "cycle" else ""
    assert words(html) == f"T I Notice First. Refer{again} N"


def test_a_picture_says_what_it_shows_and_comes_in_sizes(picture):
    html = render("picture", {"image": picture.pk, "alt_text": "Two peaks", "caption": "Morning"})

    assert html.count("<source") == 2
    assert {"image/avif", "image/webp"} == set(re.findall(r'type="(image/\w+)"', html))
    assert 'alt="Two peaks"' in html
    assert {'width="720"', 'height="540"'} <= set(re.findall(r'(?:width|height)="\d+"', html))
    assert "<figcaption>Morning</figcaption>" in html


def test_a_decorative_picture_is_silent(picture):
    html = render("picture", {"image": picture.pk, "alt_text": "Two peaks", "decorative": True})

    assert 'alt=""' in html
    assert "Two peaks" not in html


def test_a_picture_seen_at_once_is_loaded_at_once_and_the_others_when_they_come_near(picture):
    shown = {"type": "picture", "value": {"image": picture.pk, "alt_text": "Bay"}}
    text = {"type": "paragraph", "value": {"text": "<p>One</p>"}}
    order = [text, shown, shown]
    rows = [{**block, "id": str(n)} for n, block in enumerate(order)]

    html = render_blocks(LessonBlocks().to_python(rows))
    later = render_blocks(LessonBlocks().to_python([{**text, "id": "t"}, *rows]))

    assert [html.count("<img"), html.count('loading="lazy"')] == [2, 1]
    assert html.index('loading="lazy"') > html.index('id="b-2"')
    assert later.count('loading="lazy"') == 2


def test_with_less_data_a_picture_is_a_link_that_says_what_it_shows_and_its_size(picture):
    block = {"type": "picture", "id": "1", "value": {"image": picture.pk, "alt_text": "Two peaks"}}
    stream = LessonBlocks().to_python([block])

    html = render_blocks(stream, less=True)

    [address] = re.findall(r'<a href="([^"]+)" data-picture="Two peaks" data-width="720"', html)
    size = Rendition.objects.get(image=picture).file.size
    assert words(html) == words(f"Show the picture: Two peaks, {filesizeformat(size)}")
    assert address.endswith(".webp")
    assert "<img" not in html
    assert "<source" not in html


def test_a_size_once_known_asks_no_disk_again(picture):
    rendition = picture.get_rendition("format-webp|width-720")
    size = size_of(rendition)
    rendition.file.storage.delete(rendition.file.name)

    assert size > 0
    assert size_of(Rendition.objects.get(pk=rendition.pk)) == size


def test_a_file_linked_in_a_text_says_its_size():
    linked = document()

    html = from_file("paragraph", f'<p><a linktype="document" id="{linked.pk}">The form</a></p>')

    assert f'<a href="{linked.url}" data-size="PDF, 2.0\xa0KB">The form</a>' in html


def test_captions_load_with_the_page_unless_less_data_is_wanted():
    value = {"title": "A quiet word", "film": document(name="f.mp4").pk, "minutes": 2}
    value["captions"] = document(name="c.vtt").pk
    stream = LessonBlocks().to_python([{"type": "film", "value": value, "id": "1"}])

    shown, spared = (re.search(r"<track[^>]*>", render_blocks(stream, less=less))[0] for less in (False, True))

    assert (" default" in shown, " default" in spared) == (True, False)


def test_a_film_says_its_length_and_weight_and_loads_nothing_by_itself():
    value = {
        "title": "A quiet word",
        "film": document(name="f.mp4").pk,
        "captions": document(name="c.vtt").pk,
        "transcript": "<p>Good morning.</p>",
        "minutes": 3,
    }
    html = render("film", value)

    assert words(html).replace("\xa0", " ").startswith("A quiet word Film, 3 minutes, 2.0 KB. Best on Wi-Fi.")
    assert 'preload="none"' in html
    assert '<track kind="captions"' in html
    assert "Good morning." in html
    assert "autoplay" not in html


def test_a_sound_file_has_its_transcript():
    value = {"title": "Listen", "audio": document(name="a.mp3").pk, "transcript": "<p>Hello.</p>", "minutes": 1}
    html = render("audio", value)

    assert "Sound, 1 minute, 2.0" in html
    assert 'preload="none"' in html
    assert "Hello." in html


def test_a_table_has_a_caption_and_heads_for_rows_and_columns():
    value = {"caption": "Means", "columns": ["Means", "In life"], "rows": [["Force", "A threat"]], "note": "N"}
    html = from_file("table", value)

    assert "<caption>Means</caption>" in html
    assert html.count('<th scope="col">') == 2
    assert '<th scope="row">Force</th><td>A threat</td>' in html
    assert '<div class="table-scroll" role="region" tabindex="0" aria-label="Means">' in html
    assert words(html).endswith("N")


def test_a_document_says_its_kind_and_size():
    html = render("document", {"document": document().pk, "description": "With examples"})

    assert words(html).replace("\xa0", " ") == "The form PDF, 2.0 KB With examples"


def test_a_quick_question_answers_without_script_or_form():
    answers = [
        {"text": "Listen", "right": True, "why": "Safety first."},
        {"text": "Promise", "right": False, "why": "You may not keep it."},
    ]
    html = from_file("quick_question", {"stem": "What first?", "answers": answers})

    assert words(html) == (
        "Quick question: choose an answer to see what we think. Nothing is recorded. What first? "
        "Listen Right. Safety first. Promise Not the best answer. You may not keep it."
    )
    assert html.count("<details") == html.count("<summary>") == 2
    assert not re.search("<form|<input|<script|<button", html)


def test_two_quick_questions_do_not_close_each_other():
    names = set()
    for stem in ("What first?", "What next?"):
        answers = [{"text": "A", "right": True}, {"text": "B", "right": False}]
        names |= set(
            re.findall(r'name="([^"]+)"', from_file("quick_question", {"stem": stem, "answers": answers}))
        )

    assert len(names) == 2


def contact(role, **kwargs):
    return Entry.objects.create(role=role, **kwargs)


def test_contacts_come_from_the_directory_with_the_date_they_were_checked():
    contact(ContactRole.HOTLINE, name="The line", phone="(758) 847", checked_on=datetime.date(2026, 5, 3))
    contact(ContactRole.EMERGENCY, name="Emergency line", phone="911", free_all_hours=True)
    contact(ContactRole.LABOUR, name="Labour")
    html = from_file("contacts", {"title": "Whom", "roles": ["hotline", "emergency", "labour", "prosecutor"]})

    assert words(html) == (
        "Whom Hotline The line (758) 847 (Hotline) Checked on 3 May 2026. "
        "Emergency line 911 (Emergency line) Free, 24 hours. Not checked yet. "
        "Labour Department Labour No number is listed yet. Not checked yet."
    )
    assert 'href="tel:758847"' in html


def test_free_at_all_hours_is_said_only_when_the_directory_says_so():
    contact(ContactRole.HOTLINE, name="The line", phone="847")

    assert "Free" not in from_file("contacts", {"title": "", "roles": ["hotline"]})


def test_contacts_without_any_entry_say_so():
    html = from_file("contacts", {"title": "", "roles": ["hotline"]})

    assert words(html).startswith("Whom to call The directory has no entry for this yet.")


def test_abroad_the_reader_is_warned():
    contact(ContactRole.HOTLINE, name="The line", phone="847")
    value = {"title": "", "roles": ["hotline"]}

    assert "may not work" not in render("contacts", value, post=SimpleNamespace(pk=1, abroad=False))
    assert "may not work" in render("contacts", value, post=SimpleNamespace(pk=1, abroad=True))


def hostile_values():
    item = [{"title": HOSTILE, "text": HOSTILE}]
    return {
        "paragraph": HOSTILE,
        "content_note": {"text": HOSTILE},
        "key_point": {"title": HOSTILE, "text": "x"},
        "do_dont": {"title": HOSTILE, "do": [HOSTILE], "dont": [HOSTILE]},
        "indicators": {"title": HOSTILE, "intro": HOSTILE, "items": item, "note": HOSTILE},
        "table": {"caption": HOSTILE, "columns": [HOSTILE, "b"], "rows": [[HOSTILE, HOSTILE]], "note": HOSTILE},
        "quick_question": {
            "stem": HOSTILE,
            "answers": [{"text": HOSTILE, "right": True, "why": HOSTILE}, {"text": "b", "why": HOSTILE}],
        },
        "contacts": {"title": HOSTILE, "roles": ["hotline"]},
    }


@pytest.mark.parametrize("kind", [kind for kind in hostile_values() if kind != "paragraph"])
def test_text_of_authors_stays_text(kind):
    contact(ContactRole.HOTLINE, name=HOSTILE, phone=HOSTILE[:40], note=HOSTILE)
    html = from_file(kind, hostile_values()[kind])

    assert "&lt;script&gt;" in html
    assert not tags_and_attributes(html) & {"<script>", "<img>", "onmouseover"}


def test_file_titles_and_captions_stay_text(picture):
    hostile = document(title=HOSTILE)
    for html in (
        render("film", {"title": HOSTILE, "film": hostile.pk, "minutes": 1}),
        render("audio", {"title": HOSTILE, "audio": hostile.pk, "minutes": 1}),
        render("document", {"document": hostile.pk, "description": HOSTILE}),
        render("picture", {"image": picture.pk, "alt_text": HOSTILE, "caption": HOSTILE}),
    ):
        assert "&lt;script&gt;" in html
        assert not tags_and_attributes(html) & {"<script>", "onmouseover"}


def test_every_kind_is_tried_here():
    tried = {*hostile_values(), "film", "audio", "document", "picture"}

    assert tried == set(LessonBlocks().child_blocks)
