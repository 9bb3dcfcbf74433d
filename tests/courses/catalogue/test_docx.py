"""What becomes of a Word document, and of a file that only says it is one."""

import io
import socket
import zipfile

import pytest

from courses.catalogue import docx
from tests.courses.catalogue.test_raw import without_ids
from tests.documents import archive, document, para, run, table

BOLD, ITALIC = "<w:b/>", "<w:i/>"


def texts(*body, **kwargs):
    blocks = docx.read(document(*body, **kwargs)).blocks
    return [block["value"]["text"] for block in blocks if block["type"] == "paragraph"]


def left_out(*body, **kwargs):
    return {name: n for name, n in docx.read(document(*body, **kwargs)).left_out.items() if n}


def code_of(file):
    with pytest.raises(docx.NotReadable) as refused:
        docx.read(file)
    return refused.value.code


# --- What is kept -----------------------------------------------------------------------


def test_headings_begin_blocks_whatever_the_language_of_the_styles():
    found = docx.read(
        document(
            para("Before"),
            para("The signs", style="Titre1"),
            para("At work"),
            para("Papers", style="Titre2"),
            para("What next", style="Heading1"),
        )
    )

    assert [block["value"]["text"] for block in found.blocks] == [
        "<p>Before</p>",
        "<h2>The signs</h2><p>At work</p><h3>Papers</h3>",
        "<h2>What next</h2>",
    ]
    assert found.title == "The signs"
    assert len({block["id"] for block in found.blocks}) == 3


def test_bold_and_italic_stay_and_neighbours_that_look_alike_are_one():
    off = '<w:b w:val="0"/>'
    body = para(run("Ask "), run("lis", BOLD), run("ten", BOLD), run(" refer", BOLD + ITALIC), run(".", off))

    assert texts(body) == ["<p>Ask <b>listen</b><b><i> refer</i></b>.</p>"]


def test_signs_of_html_are_only_signs():
    assert texts(para(run("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"))) == [
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</p>"
    ]


def test_lists_are_bulleted_or_numbered_within_each_other():
    body = [
        para("one", number=1),
        para("inside", number=1, level=1),
        para("two", style="Puces"),
        para("first", number=2),
        para("after"),
    ]

    assert texts(*body) == [
        "<ul><li>one<ul><li>inside</li></ul></li><li>two</li></ul><ol><li>first</li></ol><p>after</p>"
    ]


def test_links_to_the_web_and_to_mail_stay_and_others_lose_their_link():
    def link(name):
        return f'<w:hyperlink r:id="{name}">{run("here")}</w:hyperlink>'

    links = {
        "a": "https://example.org/?a=1&amp;b=2",
        "b": "javascript:alert(1)",
        "c": "file:///etc/passwd",
        "d": "mailto:desk@example.org",
    }

    assert texts(para(*map(link, "abcd")), links=links) == [
        '<p><a href="https://example.org/?a=1&amp;b=2">here</a>herehere'
        '<a href="mailto:desk@example.org">here</a></p>'
    ]
    assert left_out(para(*map(link, "abcd")), links=links) == {"links": 2}


def test_a_table_becomes_a_table_with_its_first_row_as_headings():
    found = docx.read(
        document(para("Before"), table(["Sign", "Meaning"], ["No papers", "Somebody keeps them"], ["?"]))
    )

    assert [block["type"] for block in found.blocks] == ["paragraph", "table"]
    assert without_ids(found.blocks[1]["value"]["table"]) == {
        "columns": [{"type": "text", "heading": "Sign"}, {"type": "text", "heading": "Meaning"}],
        "rows": [{"values": ["No papers", "Somebody keeps them"]}, {"values": ["?", ""]}],
        "caption": "",
    }


def test_a_table_of_one_column_is_a_frame_around_text():
    assert texts(table(["Remember"], ["this"])) == ["<p>Remember</p><p>this</p>"]


# --- What is left out, and said ---------------------------------------------------------


def test_what_was_deleted_stays_deleted_and_what_was_inserted_comes_along():
    deleted = f"<w:del>{run('secret').replace('w:t', 'w:delText')}</w:del>"
    body = para(run("Ask"), deleted, f"<w:ins>{run(' first')}</w:ins>")

    assert texts(body) == ["<p>Ask first</p>"]
    assert left_out(body) == {"deletions": 1, "insertions": 1}


def test_what_a_lesson_cannot_hold_is_counted():
    body = para(
        run("Words", '<w:color w:val="FF0000"/>'),
        "<w:r><w:drawing/></w:r>",
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        '<w:r><w:commentReference w:id="0"/></w:r>',
        run("whispered", "<w:vanish/>"),
    )

    assert texts(body) == ["<p>Words</p>"]
    assert left_out(body) == {
        "colours": 1,
        "pictures": 1,
        "text boxes": 1,
        "footnotes": 1,
        "comments": 1,
        "hidden": 1,
    }


# --- What is refused --------------------------------------------------------------------


def test_what_is_no_archive():
    assert code_of(io.BytesIO(b"\xd0\xcf\x11\xe0 an old document")) == docx.NOT_A_DOCUMENT
    assert code_of(io.BytesIO(b"")) == docx.NOT_A_DOCUMENT
    assert code_of(archive({"readme.txt": "Hello"})) == docx.NOT_A_DOCUMENT


def test_another_type_under_this_name():
    macros = "application/vnd.ms-word.document.macroEnabled.main+xml"

    assert code_of(document(para("Hello"), main_type=macros)) == docx.NOT_A_DOCUMENT


def test_an_archive_that_grows_when_it_is_opened():
    grown = document("<!--" + "a" * (docx.LARGEST_PART + 1) + "-->")

    assert len(grown.getvalue()) < 100_000
    assert code_of(grown) == docx.TOO_LARGE


def test_an_archive_that_lies_about_its_size():
    file = bytearray(document("<!--" + "a" * (docx.LARGEST_PART + 1) + "-->").getvalue())
    with zipfile.ZipFile(io.BytesIO(file)) as opened:
        true_size = opened.getinfo("word/document.xml").file_size
    honest, lie = true_size.to_bytes(4, "little"), (1000).to_bytes(4, "little")

    assert code_of(io.BytesIO(bytes(file).replace(honest, lie))) in (docx.NOT_A_DOCUMENT, docx.DAMAGED)


def test_too_many_parts():
    parts = {f"word/media/{n}.png": "" for n in range(docx.MOST_PARTS + 1)}

    assert code_of(archive(parts)) == docx.TOO_LARGE


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d SYSTEM "http://example.org/evil.dtd">',
    ],
)
def test_entities_and_document_types(prolog):
    assert code_of(document(para("Hello"), prolog=prolog)) == docx.DAMAGED


def test_text_that_is_cut_off():
    assert code_of(document("<w:p><w:r>")) == docx.DAMAGED


def test_what_it_names_is_not_fetched(monkeypatch):
    asked = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: asked.append(address))
    links = {"pic": "http://example.org/pixel.png", "tpl": "http://example.org/template.dotm"}

    docx.read(document(para("<w:r><w:drawing r:link='pic'/></w:r>"), links=links))

    assert asked == []


def test_nesting_without_end_stops():
    depth = 5000
    runs = "<w:ins>" * depth + run("deep") + "</w:ins>" * depth
    boxes = "<w:sdt><w:sdtContent>" * depth + para("deep") + "</w:sdtContent></w:sdt>" * depth

    assert docx.read(document(para("kept"), para(runs), boxes)).blocks[0]["value"]["text"] == "<p>kept</p>"
