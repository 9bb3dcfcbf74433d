class Refused(Exception):
    """Nothing was done, or what was begun was taken back; the words are for the operator."""


class Damaged(Refused):
    """The backup itself is not what was written."""
