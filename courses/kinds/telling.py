"""A right answer that gives itself away. Pure."""

MUCH_LONGER = 1.5
# One word more tells nobody anything.
LETTERS = 15


def tells_by_length(options):
    """Whether the longest right answer is much longer than every wrong one.

    `options` are [{"text": str, "right": bool}, ...]. Who knows nothing picks the longest.
    """
    right = max((len(option.get("text") or "") for option in options if option.get("right")), default=0)
    wrong = max((len(option.get("text") or "") for option in options if not option.get("right")), default=0)
    return wrong > 0 and right > MUCH_LONGER * wrong and right - wrong >= LETTERS
