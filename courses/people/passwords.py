import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What people here would guess first. Compared without spaces, digits, signs and accents.
LOCAL_WORDS = (
    "saintlucia",
    "stlucia",
    "castries",
    "soufriere",
    "vieuxfort",
    "grosislet",
    "helenofthewest",
    "trafficking",
    "humantrafficking",
    "police",
    "rslpf",
    "immigration",
    "customs",
    "government",
    "focalpoint",
    "learning",
    "welcome",
    "password",
)


def _letters(text):
    # Marks leave before compatibility folding, and digits people put for letters come back.
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(str.maketrans("013457@$", "oieastas"))
    return "".join(character for character in plain if character.isalpha())


class LocalWordsValidator:
    """Refuse passwords that are little more than a word everybody here would try."""

    spare = 6

    def validate(self, password, user=None):
        letters = _letters(password)
        rest = letters
        for word in sorted(LOCAL_WORDS, key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < len(letters) and len(rest) < self.spare:
            raise ValidationError(
                _("This password is built on a word that is easy to guess here."), code="password_local_word"
            )

    def get_help_text(self):
        return _("Your password can’t be built on a place, service or topic that is easy to guess here.")
