"""What an import refuses, and why. Pure."""


class Unreadable(ValueError):
    """The file cannot be read; `imports.wording.FILES` has the words of `code`."""

    def __init__(self, code):
        self.code = code
        super().__init__(code)


class NothingKnown(ValueError):
    """No heading of the file is known: what is missing, and the headings found."""

    def __init__(self, missing, headings):
        self.missing, self.headings = missing, headings
        super().__init__(missing)


class ColumnsMissing(ValueError):
    """What cannot be done without was not chosen."""

    def __init__(self, missing):
        self.missing = missing
        super().__init__(missing)


class NotNow(Exception):
    """The import is at another step by now."""
