"""The code on a person's own telephone: whoever runs the workshop scans it; to others it says nothing."""

import uuid as uuids
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

from django.core import signing

from courses.people.models import Person

SALT = "courses.attendance.own_code"
# Opened at home, where there is a network, and shown at the door.
LASTS = timedelta(hours=12)


def code_of(person):
    """A signed text for the address of the QR code. It holds no name, and nobody can make one up."""
    short = urlsafe_b64encode(person.counts_as.uuid.bytes).decode().rstrip("=")
    return signing.TimestampSigner(salt=SALT).sign(short)


def person_of(code):
    """The person whose code this is, or None: made up, or too old."""
    try:
        short = signing.TimestampSigner(salt=SALT).unsign(code, max_age=LASTS)
        uuid = uuids.UUID(bytes=urlsafe_b64decode(short + "=="))
    except (signing.BadSignature, ValueError):
        return None
    found = Person.objects.select_related("agency", "merged_into__agency").filter(uuid=uuid).first()
    return found and found.counts_as
