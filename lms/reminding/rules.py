"""Who is reminded of what on a day. Knows neither Django nor Wagtail: values in, values out.

Each reminder has a key that is never used twice. Of several steps that somebody missed, because the
timer did not run, the nearest is told and no other.
"""

from dataclasses import dataclass
from datetime import date, timedelta

DUE, OVERDUE, SILENT, RENEWAL = "due", "overdue", "silent", "renewal"

BEFORE_DUE = (3, 14)
AFTER_DUE = (1, 14)
BEFORE_RENEWAL = (7, 30, 90)
SILENT_DAYS = 21
# What is older was over long before anybody thought of reminders.
STALE_DAYS = 30


@dataclass(frozen=True)
class Item:
    """One line of a mail."""

    kind: str
    key: str
    # What it is about: an enrolment or a completion, and its course by its uuid and its neutral name.
    subject: str
    course: str
    name: str
    # The day it is due, or the last day it counts; none for a silence.
    day: date | None = None


def step_before(left, steps):
    """The nearest step that so many days before still tell, such as 14 when 9 are left; None if none does."""
    return next((step for step in steps if 0 <= left <= step), None)


def step_after(over, steps):
    """The last step passed after so many days; None if none, or when it is stale."""
    passed = [step for step in steps if step <= over <= max(steps) + STALE_DAYS]
    return passed[-1] if passed else None


def about_due_date(subject, due_on, today, *, course, name):
    """The Item about an open enrolment's date, or None."""
    left = (due_on - today).days
    kind, step = (DUE, step_before(left, BEFORE_DUE)) if left >= 0 else (OVERDUE, step_after(-left, AFTER_DUE))
    # The date is in the key: one that was moved is told again.
    return step and Item(kind, f"{kind}:{subject}:{due_on}:{step}", subject, course, name, due_on)


def about_silence(subject, last_on, today, *, course, name):
    """The Item about an enrolment in which nothing happened since a day, or None. Once for each silence."""
    if not SILENT_DAYS <= (today - last_on).days <= SILENT_DAYS + STALE_DAYS:
        return None
    return Item(SILENT, f"{SILENT}:{subject}:{last_on}", subject, course, name)


def about_renewal(subject, valid_until, today, *, course, name):
    """The Item about training that counts until a day, or None."""
    step = step_before((valid_until - today).days, BEFORE_RENEWAL)
    return step and Item(RENEWAL, f"{RENEWAL}:{subject}:{step}", subject, course, name, valid_until)


def about_invitation(subject, valid_until, today, *, course, name):
    """The Item by which the office asks somebody to renew: once for each completion and day."""
    key = f"{RENEWAL}:{subject}:asked:{today}"
    return Item(RENEWAL, key, subject, course, name, valid_until)


def told(items):
    """The items of one person, without a silence about something whose date they are told anyway."""
    dated = {item.subject for item in items if item.kind in (DUE, OVERDUE)}
    return [item for item in items if item.kind != SILENT or item.subject not in dated]


def due_range(today):
    """(first, last) due date that anything can be told about."""
    return today - timedelta(days=max(AFTER_DUE) + STALE_DAYS), today + timedelta(days=max(BEFORE_DUE))


def silence_range(today):
    """(first, last) day of the last sign of life."""
    return today - timedelta(days=SILENT_DAYS + STALE_DAYS), today - timedelta(days=SILENT_DAYS)


def renewal_range(today):
    """(first, last) last day of what counts."""
    return today, today + timedelta(days=max(BEFORE_RENEWAL))
