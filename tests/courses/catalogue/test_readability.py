import pytest

from courses.catalogue.linking import badly_formed, is_well_formed, linked_ids
from courses.catalogue.readability import Reading, paragraphs_of, read
from courses.catalogue.weighing import KB, is_too_heavy, picture_bytes, text_bytes


def test_lix_is_words_a_sentence_and_the_share_of_long_words():
    reading = read("Ask her. Listen carefully to everything.")
    # 6 words in 2 sentences, 2 of them longer than six letters: 3 + 33.
    assert (reading.words, reading.longest, reading.lix) == (6, 4, 36)


def test_the_longest_sentence_counts_and_abbreviations_of_nothing_do_no_harm():
    assert read("One. Two three four five. Six").longest == 4
    assert read("") == read(" … ") == read("123") == Reading(0, 0, 0)


def test_a_few_long_words_alone_are_not_hard():
    assert not read("Confidentiality, identification, documentation.").is_hard
    assert read("Institutional responsibilities regarding identification " * 8).is_hard


def test_rich_text_falls_into_its_paragraphs_and_list_items():
    rich = "<h2>Signs</h2><p>She &amp; he<br/>wait.</p><ul><li><b>One</b></li><li>Two</li></ul>"
    assert paragraphs_of(rich) == ["Signs", "She & he", "wait.", "One", "Two"]


@pytest.mark.parametrize(
    ("address", "works"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org:8000/", True),
        ("/support/", True),
        ("#signs", True),
        ("mailto:unit@example.org?subject=x", True),
        ("tel:+1 758 847", True),
        ("", False),
        ("#", False),
        ("htp://example.org", False),
        ("https://example", False),
        ("https:// example.org", False),
        ("https://[bad", False),
        ("www.example.org", False),
        ("//example.org", False),
        ("mailto:unit", False),
        ("javascript:alert(1)", False),
        ("/admin/pages/3/edit/", False),
    ],
)
def test_the_form_of_an_address_says_whether_it_can_work(address, works):
    assert is_well_formed(address) is works


def test_links_of_pages_and_documents_are_judged_by_what_they_lead_to():
    text = '<a linktype="page" id="3">a</a><a id="7" linktype="document">b</a><a href="x&amp;y">c</a>'
    assert (linked_ids(text, "document"), badly_formed(text)) == ({7}, ["x&y"])


def test_weights():
    assert text_bytes({"text": "é", "items": [{"title": "ab"}, 3, None]}) == 4
    assert picture_bytes([10, 30], 900, 2000) == 30
    assert picture_bytes([], 400 * KB, 1440) == 100 * KB
    assert picture_bytes([], 50, 360) == 50
    assert [is_too_heavy("film", 5 * KB * KB, minutes) for minutes in (1, 2, None)] == [True, False, True]
    assert [is_too_heavy(kind, 300 * KB, 1) for kind in ("audio", "document")] == [True, False]
