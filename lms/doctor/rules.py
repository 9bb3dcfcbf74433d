"""From when on something deserves a look, and from when on it is broken: our own limits, with reasons."""

from datetime import timedelta

from lms.doctor.finding import Verdict

GIB = 1024**3

# A database that cannot write stops the site: a tenth free leaves weeks, a fiftieth leaves days.
DISK_LOOK = (0.10, 2 * GIB)
DISK_BROKEN = (0.02, GIB // 2)
# Certificates are renewed by themselves 30 days before: with 14 left that has failed for two weeks.
TLS_LOOK = timedelta(days=14)
TLS_BROKEN = timedelta(days=3)
# A code of the second step lives for 30 seconds, and one before and after it are taken.
CLOCK_LOOK = timedelta(seconds=10)
CLOCK_BROKEN = timedelta(seconds=60)
# From when on backups deserve a look says `lms.backups.standing`, for the desk as well.
BACKUP_BROKEN = timedelta(days=7)
# A mandate is renewed by letter, which takes weeks.
MANDATE_LOOK = timedelta(days=60)
KEY_LENGTH = 50
KEY_CHARACTERS = 5


def disk(free, total):
    """Verdict on `free` of `total` bytes. A large disk may be fuller than a small one: both limits must be
    passed, the share and the bytes."""
    for verdict, (share, most) in ((Verdict.BROKEN, DISK_BROKEN), (Verdict.LOOK, DISK_LOOK)):
        if free < most and free < share * total:
            return verdict
    return Verdict.OK


def remaining(left, look, broken):
    """Verdict on the time that is left."""
    if left <= broken:
        return Verdict.BROKEN
    return Verdict.LOOK if left <= look else Verdict.OK


def elapsed(age, look, broken):
    """Verdict on the time that has passed, or on how far a clock is off in either direction."""
    age = abs(age)
    if age > broken:
        return Verdict.BROKEN
    return Verdict.LOOK if age > look else Verdict.OK


def weak_key(key):
    """Whether signatures made with it could be guessed. As Django's own check (security.W009), and ours for
    development."""
    told = key.startswith(("django-insecure-", "development-only", "tests-only"))
    return told or len(key) < KEY_LENGTH or len(set(key)) < KEY_CHARACTERS
