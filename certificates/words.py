"""Hours and dates in words, in the language of the certificate."""

from django.utils import dateformat, formats, translation
from django.utils.translation import ngettext

# These write "4 December 2026"; Django's English is American.
_DAY_MONTH_YEAR = ("en", "acf")


def hours_in_words(minutes, language):
    """200 as "3 hours 20 minutes"; nothing for nothing."""
    hours, rest = divmod(minutes, 60)
    with translation.override(language):
        parts = []
        if hours:
            parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
        if rest:
            parts.append(ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest})
        return " ".join(parts)


def date_in_words(day, language):
    with translation.override(language):
        if language.split("-")[0] in _DAY_MONTH_YEAR:
            return dateformat.format(day, "j F Y")
        return formats.date_format(day, "DATE_FORMAT")
