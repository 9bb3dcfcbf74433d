from hypothesis import given
from hypothesis import strategies as st

from courses.procedures.wording_of import HEADING, STEP, TEXT, clauses_of, lines_of_html, lines_of_text

PASTED = """Foreword
4.1 Notice
Look for signs.

Check danger.
- Look
• Call the line
Responsible: Anyone
Time limit: minutes
4.2. Ask consent
Explain first.
"""


def test_pasted_text_becomes_clauses():
    found = clauses_of(lines_of_text(PASTED))
    first, second = found.clauses
    assert first == {
        "number": "4.1",
        "title": "Notice",
        "text": "Look for signs.\n\nCheck danger.",
        "steps": "Look\nCall the line",
        "role": "Anyone",
        "time_limit": "minutes",
    }
    assert (second["number"], second["title"], second["text"]) == ("4.2", "Ask consent", "Explain first.")
    assert (found.before, found.unnumbered, found.shortened) == (1, 0, 0)


def test_rich_text_becomes_lines():
    html = "<h2>4.2 Ask &amp; listen</h2><p>Explain<br/><b>first</b>.</p>"
    html += "<ul><li>One<ul><li>Two</li></ul></li></ul>"
    assert lines_of_html(html) == [
        (HEADING, "4.2 Ask & listen"),
        (TEXT, "Explain first."),
        (STEP, "One"),
        (STEP, "Two"),
    ]


def test_heading_without_a_number_gets_that_of_its_place_and_it_is_told():
    found = clauses_of([(HEADING, "1 Notice"), (HEADING, "Refer")])
    assert [clause["number"] for clause in found.clauses] == ["1", "2"]
    assert found.unnumbered == 1


def test_what_is_too_long_is_cut_and_told():
    found = clauses_of([(HEADING, "1 " + "x" * 200), (TEXT, "Time limit: " + "y" * 100)])
    (clause,) = found.clauses
    assert (len(clause["title"]), len(clause["time_limit"]), found.shortened) == (160, 80, 2)


@given(st.text())
def test_whatever_is_pasted_no_line_is_lost_silently(text):
    lines = lines_of_text(text)
    found = clauses_of(lines)
    kept = sum(
        1 + len(one["text"].split("\n\n") if one["text"] else []) + len(one["steps"].splitlines())
        for one in found.clauses
    )
    assert kept + found.before <= len(lines)
    assert all(clause["number"] and clause["title"] for clause in found.clauses)
