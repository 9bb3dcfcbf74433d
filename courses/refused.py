"""A refusal that says why, in words: the base of what verbs raise."""


class Refused(Exception):
    """Nothing changed. `code`: a key of `REASONS`, which each area gives."""

    REASONS = {}

    def __init__(self, code):
        self.code = code
        super().__init__(code)

    @property
    def words(self):
        return self.REASONS[self.code]
