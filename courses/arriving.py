"""Values as devices and forms send them: read, or refused. Pure."""

import uuid
from datetime import datetime

MAX_BATCH = 50
# Of one question.
MAX_FIELDS = 100
MAX_OFFSET = 10 * 365 * 24 * 3600 * 1000


class Malformed(ValueError):
    """What no form and no device of ours sends."""


def is_whole(value):
    return isinstance(value, int) and not isinstance(value, bool)


def is_slug(value):
    """Whether it could be part of an address. Wagtail's may have letters of every language."""
    return isinstance(value, str) and 0 < len(value) <= 255 and f"x{value.replace('-', 'x')}".isidentifier()


def as_uuid(value):
    """A UUID, or Malformed."""
    if isinstance(value, uuid.UUID):
        return value
    if not isinstance(value, str) or len(value) > 45:
        raise Malformed("uuid")
    try:
        return uuid.UUID(value)
    except ValueError:
        raise Malformed("uuid") from None


def uuid_of_form(posted):
    """The name a form gave to what it posts; a new one where it gave none. `posted`: its fields."""
    try:
        return as_uuid(posted.get("uuid", ""))
    except Malformed:
        return uuid.uuid4()


def as_moment(value):
    """A moment of a known time zone, None for None, or Malformed."""
    if value is None:
        return None
    if isinstance(value, str) and len(value) <= 40:
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise Malformed("moment") from None
    if not isinstance(value, datetime) or value.tzinfo is None or not 2000 < value.year < 2200:
        raise Malformed("moment")
    return value


def as_offset(value):
    """Milliseconds by which a device's clock is wrong, None for None, or Malformed."""
    if value is not None and not (is_whole(value) and abs(value) <= MAX_OFFSET):
        raise Malformed("offset")
    return value
