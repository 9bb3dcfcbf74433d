"""What in a free text may lead to a person: telephone numbers, other long numbers, addresses. Pure."""

import re

# Seven digits, as a local telephone number has, with what people set between them.
_LONG_NUMBER = re.compile(r"\+?\(?\d(?:[ \u00a0().\-\u2010-\u2013/]{0,3}\d){6,}")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Digits that lead to nobody: days, spans of years, and the numbers of certificates.
_HARMLESS = re.compile(
    r"""
    (?<![\d/.-]) (?:
        (?:19|20)\d\d [-/.] \d{1,2} [-/.] \d{1,2}
        | \d{1,2} [-/.] \d{1,2} [-/.] (?:19|20)?\d\d
        | (?:19|20)\d\d \s* [-\u2013/] \s* (?:19|20)\d\d
    ) (?! [\d/-] | [.]\d )
    | \b [A-Z]{1,8} - \d{4} - \d{5,} - [0-9A-Z] \b
    """,
    re.VERBOSE,
)


def telltale(text):
    """The first such piece of the text, as it was typed, or ""."""
    rest = _HARMLESS.sub("|", text)
    found = _ADDRESS.search(rest) or _LONG_NUMBER.search(rest)
    return found[0] if found else ""
