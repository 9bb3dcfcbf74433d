"""From a document, pasted or read, to the clauses of a procedure. Pure.

A heading begins a clause; its number is what it begins with. A list is its steps, all else its text, but for
lines that say who is responsible and the time limit.
"""

import re
from collections import namedtuple
from html.parser import HTMLParser

HEADING, STEP, TEXT = "heading", "step", "text"
LONGEST_NUMBER, LONGEST_TITLE = 12, 160
# `clauses`: [{"number", "title", "text", "steps", "role", "time_limit"}, ...]. `unnumbered`: how many were
# given the number of their place. `before`: how many lines stood before the first clause, and belong to none.
# `shortened`: how many titles and short fields were cut to what there is room for.
Found = namedtuple("Found", "clauses unnumbered before shortened")
_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)[.):]?\s+(\S.*)")
_STEP = re.compile(r"[-–•*]\s+(\S.*)")
_SAID = re.compile(r"(responsible|time limit)\s*:\s*(\S.*)", re.IGNORECASE)
_FIELD = {"responsible": ("role", 160), "time limit": ("time_limit", 80)}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def lines_of_text(text):
    """[(kind, words), ...] of pasted text: a number begins a clause, a dash a step."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        step = _STEP.fullmatch(line)
        if step:
            found.append((STEP, step[1]))
        else:
            found.append((HEADING if _NUMBERED.fullmatch(line) else TEXT, line))
    return found


def lines_of_html(html):
    """The same of the text of a document, as rich text."""
    reader = _Lines()
    reader.feed(html)
    reader.close()
    return reader.lines


def clauses_of(lines):
    """Found in [(kind, words), ...]."""
    clauses, unnumbered, before, shortened = [], 0, 0, 0
    for kind, words in lines:
        if kind == HEADING:
            numbered = _NUMBERED.fullmatch(words)
            number, title = numbered.groups() if numbered else (str(len(clauses) + 1), words)
            unnumbered += numbered is None
            shortened += len(title) > LONGEST_TITLE or len(number) > LONGEST_NUMBER
            clauses.append(_clause(number[:LONGEST_NUMBER], title[:LONGEST_TITLE]))
        elif not clauses:
            before += 1
        else:
            shortened += _add(clauses[-1], kind, words)
    for clause in clauses:
        clause["text"], clause["steps"] = "\n\n".join(clause["text"]), "\n".join(clause["steps"])
    return Found(clauses, unnumbered, before, shortened)


def _clause(number, title):
    return {"number": number, "title": title, "text": [], "steps": [], "role": "", "time_limit": ""}


def _add(clause, kind, words):
    """Whether something of it was cut."""
    said = _SAID.fullmatch(words)
    if said:
        name, longest = _FIELD[said[1].lower()]
        clause[name] = said[2][:longest]
        return len(said[2]) > longest
    clause["steps" if kind == STEP else "text"].append(words)
    return False


class _Lines(HTMLParser):
    """Its headings, paragraphs and entries of lists as plain lines."""

    def __init__(self):
        super().__init__()
        self.lines, self.kind, self.words = [], TEXT, []

    def handle_starttag(self, tag, attrs):
        if tag in _HEADINGS or tag in ("p", "li"):
            self._end()
            self.kind = HEADING if tag in _HEADINGS else STEP if tag == "li" else TEXT
        elif tag == "br":
            self.words.append(" ")

    def handle_endtag(self, tag):
        if tag in _HEADINGS or tag in ("p", "li"):
            self._end()

    def handle_data(self, data):
        self.words.append(data)

    def close(self):
        super().close()
        self._end()

    def _end(self):
        words = " ".join("".join(self.words).split())
        if words:
            self.lines.append((self.kind, words))
        self.kind, self.words = TEXT, []
