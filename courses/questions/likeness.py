"""Which questions read like one another, so that nobody writes the same one twice. Pure.

Alike are texts that say the same once capitals, accents, punctuation and spaces are taken away,
or nearly the same. Texts with other numbers in them are different: “at 16” is not “at 18”.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from difflib import SequenceMatcher

# Of the letters in their order, and of the words whatever their order.
SAME_LETTERS = 0.9
SAME_WORDS = 0.9
# Words in another order say little of texts shorter than this.
FEWEST_WORDS = 5
# What is not alike in this share of its trigrams is not compared any further.
SAME_TRIGRAMS = 0.6

_NOT_WORDS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")


def fold(text):
    """The text without capitals, accents, punctuation and doubled spaces."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return _NOT_WORDS.sub(" ", bare).strip()


def are_alike(one, other):
    """Whether two folded texts say the same, or nearly."""
    if one == other:
        return bool(one)
    if _NUMBER.findall(one) != _NUMBER.findall(other):
        return False
    words, others = set(one.split()), set(other.split())
    if min(len(words), len(others)) >= FEWEST_WORDS and _share(words, others) >= SAME_WORDS:
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return (
        matcher.real_quick_ratio() >= SAME_LETTERS
        and matcher.quick_ratio() >= SAME_LETTERS
        and matcher.ratio() >= SAME_LETTERS
    )


class Texts:
    """Many texts by their keys, ready to be asked which of them are like another."""

    def __init__(self, texts):
        """`texts`: {key: text}. Empty texts are like nothing."""
        self._keys = defaultdict(list)
        for key, text in texts.items():
            if folded := fold(text):
                self._keys[folded].append(key)
        trigrams = {folded: _trigrams(folded) for folded in self._keys}
        rarest_first = Counter(part for parts in trigrams.values() for part in parts)
        self._place = {part: n for n, (part, _count) in enumerate(reversed(rarest_first.most_common()))}
        # Sets of trigrams as the bits of a number: two of them are compared twenty times as fast.
        self._bits = {folded: self._as_bits(parts) for folded, parts in trigrams.items()}
        # Of each text only its rarer trigrams are filed: texts that share as many as are asked
        # for share one of these, and common ones would lead to every text there is.
        self._filed = defaultdict(list)
        for folded, parts in trigrams.items():
            for part in self._rare(parts):
                self._filed[part].append(folded)

    def like(self, text, besides=None):
        """The keys of what is like `text`, without the key `besides`."""
        folded = fold(text)
        return [key for key in self._like(folded) if key != besides] if folded else []

    def all_alike(self):
        """{key: [keys of what it is like, ...]} for every text that is like another."""
        found = {}
        for folded, keys in self._keys.items():
            alike = self._like(folded)
            for key in keys:
                others = [other for other in alike if other != key]
                if others:
                    found[key] = others
        return found

    def _like(self, folded):
        parts = _trigrams(folded)
        bits, size = self._as_bits(parts), len(parts)
        candidates = {other for part in self._rare(parts) for other in self._filed.get(part, ())}
        candidates.discard(folded)
        near = [other for other in candidates if self._is_near(bits, size, other) and are_alike(folded, other)]
        return [key for text in [folded, *sorted(near)] for key in self._keys.get(text, ())]

    def _is_near(self, bits, size, other):
        others = self._bits[other]
        together = (bits & others).bit_count()
        return together >= SAME_TRIGRAMS * (size + others.bit_count() - together)

    def _as_bits(self, parts):
        """Trigrams that no text here has are left out: they are shared with none."""
        return sum(1 << self._place[part] for part in parts if part in self._place)

    def _rare(self, parts):
        enough = len(parts) - int(SAME_TRIGRAMS * len(parts)) + 1
        return sorted(parts, key=lambda part: self._place.get(part, -1))[:enough]


def _trigrams(folded):
    padded = f"  {folded} "
    return {padded[n : n + 3] for n in range(len(padded) - 2)}


def _share(one, other):
    together = len(one & other)
    return together / (len(one) + len(other) - together)
