"""How hard a text is to read, from the length of its sentences and words. Pure.

LIX (C. H. Björnsson, "Läsbarhet", 1968): words per sentence, plus the share of words longer than six
letters in per cent. It counts letters, not syllables, so it holds for English, French and Spanish alike.
By its author's scale up to 40 is easy, 50 a newspaper, and 60 an official or scientific text. Nine in ten
paragraphs of the national course stay below 40.
"""

import html
import re
from dataclasses import dataclass

HARD = 50
LONG_SENTENCE = 25
LONG_WORD = 6
# Fewer words say nothing about a text.
ENOUGH_WORDS = 25

_BREAK = re.compile(r"</(?:p|li|h\d|div|td|tr)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_SENTENCE_END = re.compile(r"(?<=[.!?…:;])[”\"')]*\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@dataclass(frozen=True)
class Reading:
    words: int
    # The longest sentence, in words.
    longest: int
    lix: int

    @property
    def has_long_sentences(self):
        return self.longest > LONG_SENTENCE

    @property
    def is_hard(self):
        return self.words >= ENOUGH_WORDS and self.lix >= HARD


def paragraphs_of(text):
    """The paragraphs and list items of rich text, or of plain text with line breaks, as plain text."""
    lines = _BREAK.sub("\n", text).split("\n")
    plain = (" ".join(html.unescape(_TAG.sub(" ", line)).split()) for line in lines)
    return [line for line in plain if line]


def read(text):
    """The Reading of one plain paragraph."""
    sentences = [_WORD.findall(sentence) for sentence in _SENTENCE_END.split(text)]
    sentences = [words for words in sentences if words]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return Reading(0, 0, 0)
    long = sum(len(word) > LONG_WORD for word in words)
    lix = len(words) / len(sentences) + 100 * long / len(words)
    return Reading(len(words), max(map(len, sentences)), round(lix))
