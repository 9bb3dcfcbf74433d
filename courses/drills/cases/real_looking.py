"""What in a practice case looks like something of a real person: a telephone, document or case number. Pure."""

import re

from courses.people.telltale import telltale

# Letters with figures, as passports and licences have; and the numbers of files, such as VPU/2026/041.
_DOCUMENT = re.compile(r"\b[A-Z]{1,3}[ -]?\d{5,}\b")
_FILE = re.compile(r"\b[A-Z]{2,8}[ ]?[-/][ ]?\d{2,4}[ ]?[-/][ ]?\d{2,}\b")


def looks_real(text):
    """The first such piece of the text, as it was typed, or ""."""
    found = telltale(text)
    if found:
        return found
    match = _DOCUMENT.search(text) or _FILE.search(text)
    return match[0] if match else ""
