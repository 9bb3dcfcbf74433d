"""What is pasted from Word into a lesson: the editor sends it, the server keeps what a lesson may hold."""

import json

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from courses.blocks import RICH
from courses.catalogue.blocks import LessonBlocks, ParagraphBlock

WORD = """<h2 class="MsoHeading" style="color:red">Signs</h2>
<p class="MsoNormal" style="margin-left:36pt"><span style="font-family:Calibri;color:#c00"><b>Ask</b> and
<i style="mso-bidi-font-style:normal">listen</i></span><script>alert(1)</script></p>
<ol type="a"><li style="color:blue">first</li></ol><ul><li>point</li></ul>
<p><a href="https://example.org" onclick="steal()" target="_blank">link</a></p>
<p><a href="javascript:alert(1)">trap</a></p><table><tr><td>cell</td></tr></table>
<h4>Small</h4><p><img src="file:///c:/word.png" onerror="x()" /></p>"""


def saved(state):
    """What the paragraph block stores when the editor sends this."""
    field = ParagraphBlock().child_blocks["text"]
    return field.value_from_datadict({"text": json.dumps(state)}, {}, "text").source


def sent(*blocks, entities=None):
    blocks = [
        {"key": f"k{n}", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": [], **block}
        for n, block in enumerate(blocks)
    ]
    return {"blocks": blocks, "entityMap": entities or {}}


def test_the_paragraph_holds_headings_lists_emphasis_and_links_and_no_more():
    assert RICH == ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
    assert ParagraphBlock().child_blocks["text"].features == RICH


@pytest.fixture
def pasted(db):
    converter = ContentstateConverter(RICH)
    return converter.to_database_format(converter.from_database_format(WORD))


def test_styles_of_word_are_lost_and_its_structure_stays(pasted):
    for kept in ("Signs</h2>", "<b>Ask</b>", "<i>listen</i>", "first</li></ol>", "point</li></ul>"):
        assert kept in pasted
    assert '<a href="https://example.org">link</a>' in pasted


@pytest.mark.parametrize(
    "lost",
    ["style=", "class=", "span", "Mso", "script", "onclick", "onerror", "javascript", "<table", "<img", "<h4"],
)
def test_nothing_else_comes_through(pasted, lost):
    assert lost not in pasted


@pytest.mark.django_db
def test_whatever_a_browser_sends_is_saved_without_styles_and_unknown_kinds():
    trap = {"url": "javascript:alert(1)", "onclick": "x"}
    state = sent(
        {"text": "Red", "inlineStyleRanges": [{"offset": 0, "length": 3, "style": "color:red"}]},
        {"text": "Small", "type": "header-four"},
        {"text": "trap", "entityRanges": [{"offset": 0, "length": 4, "key": 0}]},
        entities={"0": {"type": "LINK", "mutability": "MUTABLE", "data": trap}},
    )

    found = saved(state)

    for lost in ("style=", "color", "<h4", "javascript", "onclick"):
        assert lost not in found
    assert "Red" in found
    assert "trap" in found


def test_a_lesson_has_tables_as_blocks_of_their_own():
    assert "table" in LessonBlocks().child_blocks
