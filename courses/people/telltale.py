"""What in a free text may lead to a person: telephone numbers, other long numbers, addresses. Pure.

Where it cannot be known it is stopped: who wrote it can let it pass, and a number that passes stays.
"""

import re

# Seven digits, as a local telephone number has, with what people set between them.
_LONG_NUMBER = re.compile(r"\+?\(?\d(?:[ \u00a0().,:\-\u2010-\u2014/]{0,3}\d){6,}")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

_DAY, _MONTH, _YEAR = "(?:0?[1-9]|[12]\\d|3[01])", "(?:0?[1-9]|1[0-2])", "(?:19|20)\\d\\d"
_BETWEEN = "[-/.]"
_DATE = (
    f"(?:{_YEAR}{_BETWEEN}{_MONTH}{_BETWEEN}{_DAY}"
    f"|(?:{_DAY}{_BETWEEN}{_MONTH}|{_MONTH}{_BETWEEN}{_DAY}|{_MONTH}){_BETWEEN}{_YEAR})"
)
_TIME = "(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?"
_AMOUNT = "\\d{1,3}(?:,\\d{3})+(?:\\.\\d\\d)?"
_UNTIL = r"\s*[-\u2013\u2014/]\s*"
# Digits that lead to nobody: days, months, years and times, from and until; amounts of money; lists of
# small numbers; and the numbers of certificates. Next to other digits they may be part of a longer number.
_HARMLESS = re.compile(
    rf"""
    (?<! [\d/.,:\-\u2010-\u2014] ) (?<! \d[ \u00a0] ) (?:
        {_YEAR} (?: (?: {_UNTIL} | ,[ ] ) {_YEAR} )+
        | (?<! \d[,.:\-\u2010-\u2014][ ] ) (?<! \d[ ][,.:\-\u2010-\u2014][ ] ) {_YEAR} (?= ,[ ] )
        | {_DATE} (?: {_UNTIL}{_DATE} )? (?: ,?[ ]{_TIME} (?: {_UNTIL}{_TIME} )? )?
        | {_DAY}{_BETWEEN}{_MONTH}{_BETWEEN}\d\d (?: ,?[ ]{_TIME} (?: {_UNTIL}{_TIME} )? )?
        | {_TIME} (?: {_UNTIL}{_TIME} )?
        | {_AMOUNT} (?: {_UNTIL}{_AMOUNT} )?
        | [1-9]\d? (?: ,[ ]?[1-9]\d? ){{2,}} (?! ,[ ]\d )
    ) (?! \d | [/.,:\-\u2010-\u2014 \u00a0]\d )
    | \b [A-Z]{{1,8}} - \d{{4}} - \d{{5,}} - [0-9A-Z] \b
    """,
    re.VERBOSE,
)


def telltale(text):
    """The first such piece of the text, as it was typed, or ""."""
    rest = _HARMLESS.sub("|", text)
    found = _ADDRESS.search(rest) or _LONG_NUMBER.search(rest)
    return found[0] if found else ""
