from courses.catalogue.references import DOCUMENT, IMAGE, PAGE, QUESTION, references
from tests.factories import block, make_module, paragraph, quick_question


class Numbered:
    def __init__(self, pk):
        self.pk = pk


def test_every_kind_of_reference_is_found_with_its_place():
    stream = [
        paragraph('<p><a linktype="page" id="3">a</a> <a id="4" linktype="document">b</a></p>'),
        block("picture", image=5, alt_text="", decorative=True, caption=""),
        block("film", title="", film=6, captions=7, transcript='<a linktype="page" id="8">c</a>', minutes=1),
        {"type": "bank", "id": "x", "value": {"question": 9}},
        block("document", document=10, description=""),
        block("audio", title="", audio=11, transcript="", minutes=2),
    ]

    assert references(stream) == [
        (1, PAGE, 3),
        (1, DOCUMENT, 4),
        (2, IMAGE, 5),
        (3, DOCUMENT, 6),
        (3, DOCUMENT, 7),
        (3, PAGE, 8),
        (4, QUESTION, 9),
        (5, DOCUMENT, 10),
        (6, DOCUMENT, 11),
    ]


def test_parts_of_modules_are_found_stored_bare_or_with_an_id():
    outline = [make_module(Numbered(1), Numbered(2)), make_module()]
    outline[1]["value"]["parts"] = [3]

    assert references(outline) == [(1, PAGE, 1), (1, PAGE, 2), (2, PAGE, 3)]


def test_what_is_empty_refers_to_nothing():
    assert references([quick_question(), block("picture", image=None, alt_text=""), paragraph("")]) == []
