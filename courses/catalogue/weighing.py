"""What a lesson costs somebody who pays for data. Pure.

Text and pictures load by themselves; film, sound and files only when they are tapped.
"""

KB, MB = 1024, 1024 * 1024
LESSON = 100 * KB
PICTURE = 40 * KB
FILM_A_MINUTE = 3 * MB
SOUND_A_MINUTE = 250 * KB
FILE = 2 * MB
# The widest size that a telephone is given; see templates/courses/blocks/picture.html.
WIDTH = 720


def text_bytes(value):
    """The bytes of every text in a block's raw value."""
    if isinstance(value, str):
        return len(value.encode())
    if isinstance(value, dict):
        return sum(text_bytes(part) for part in value.values())
    return sum(text_bytes(part) for part in value) if isinstance(value, list) else 0


def picture_bytes(stored, original, width):
    """The largest of the `stored` sizes made for telephones; where none was made yet, an estimate
    from the bytes and the width of the original."""
    if stored:
        return max(stored)
    return int(original * min(1, WIDTH / width) ** 2) if width else original


def is_too_heavy(kind, size, minutes):
    """Whether a film, a sound or a file is more than its length allows."""
    if kind == "film":
        return size > FILM_A_MINUTE * max(1, minutes or 0)
    if kind == "audio":
        return size > SOUND_A_MINUTE * max(1, minutes or 0)
    return size > FILE
