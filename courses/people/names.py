"""What a name may look like. Pure: used by sign-up, by the desk and by name corrections."""

import unicodedata

LONGEST = 160
# Beside letters, their marks, digits and dashes: what names in use here carry.
ALSO_ALLOWED = set("'’‘ʼ`´.,()·/&\"“”")
# Words that belong to the surname after them, and those that belong to the one before.
PARTICLES = set("st ste saint de du des la le van von der den da dos del jn mac".split())  # noqa: SIM905
SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
# Three marks on one letter are more than any orthography needs; more overprints other lines.
MOST_MARKS = 3


class NameRefused(ValueError):
    """The text is not a name. `reason` is "empty", "long", "letters" or "characters"."""

    def __init__(self, reason):
        self.reason = reason
        super().__init__(reason)


def clean_text(text):
    """One line, NFC, single spaces; refuse control, direction-changing and invisible characters."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    # Category C: controls, bidi marks, zero-width characters, private use, unassigned.
    if any(unicodedata.category(character).startswith("C") for character in text):
        raise NameRefused("characters")
    return text


def same_name(one, other):
    """Whether two texts are the same name or address, capitals aside. Accents count.

    Not left to the database: SQLite knows the capitals of ASCII alone.
    """
    return _key(one) == _key(other)


def _key(text):
    return unicodedata.normalize("NFC", " ".join(unicodedata.normalize("NFC", text).split()).casefold())


def clean_name(text):
    """The name as it will be printed, diacritics kept, or NameRefused."""
    name = clean_text(text)
    if not name:
        raise NameRefused("empty")
    if len(name) > LONGEST:
        raise NameRefused("long")
    if sum(character.isalpha() for character in name) < 2:
        raise NameRefused("letters")
    if not (name[0].isalpha() or name[0] in "'’‘ʼ"):
        raise NameRefused("letters")
    marks = 0
    for character in name:
        category = unicodedata.category(character)
        marks = marks + 1 if category.startswith("M") else 0
        known = category[0] in "LMN" or category in ("Zs", "Pd") or character in ALSO_ALLOWED
        if marks > MOST_MARKS or not known:
            raise NameRefused("characters")
    return name


def surname_first(text):
    """The name as lists have it: "St. Prix, Nadège". One word, or a name written so already, stays."""
    words = text.split()
    end = len(words)
    while end > 1 and words[end - 1].strip(".,").casefold() in SUFFIXES:
        end -= 1
    start = end - 1
    while start > 1 and words[start - 1].strip(".").casefold() in PARTICLES:
        start -= 1
    if "," in " ".join(words[:end]) or start < 1:
        return " ".join(words)
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}"


def plain_key(text):
    """The text without accents and capitals, for putting names in order: É stands with E."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if not unicodedata.combining(character))


def loose_key(text):
    """What two spellings of one name have in common: letters without accents, in any order of the names.

    For finding people who may be the same; a person decides.
    """
    letters = "".join(
        character if character.isalpha() else " " for character in plain_key(text) if character not in "'’‘ʼ`´."
    )
    return " ".join(sorted(letters.split()))
