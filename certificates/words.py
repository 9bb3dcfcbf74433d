"""Hours and dates in words, in the language of the certificate."""

from django.utils import dateformat, formats, translation
from django.utils.translation import gettext, ngettext

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


def dates_in_words(days, language):
    """7 and 8 December 2026; 7, 8 and 21 December 2026; 30 November 2026 and 1 December 2026."""
    months = {(day.year, day.month) for day in days}
    if len(months) == 1 and language.split("-")[0] in _DAY_MONTH_YEAR:
        words = [str(day.day) for day in days[:-1]] + [date_in_words(day, language) for day in days[-1:]]
    else:
        words = [date_in_words(day, language) for day in days]
    if len(words) < 2:
        return "".join(words)
    with translation.override(language):
        # Translators: the last of several dates, such as "7 and 8 December 2026".
        return gettext("%(dates)s and %(last)s") % {"dates": ", ".join(words[:-1]), "last": words[-1]}


def date_in_words(day, language):
    with translation.override(language):
        if language.split("-")[0] in _DAY_MONTH_YEAR:
            return dateformat.format(day, "j F Y")
        return formats.date_format(day, "DATE_FORMAT")
