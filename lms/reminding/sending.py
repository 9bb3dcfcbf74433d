"""The day's reminders: at most one letter a person and run, with everything that is to be told."""

from datetime import datetime, time

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from courses.mailing.posting import post
from courses.people.models import Person
from lms.reminding import candidates
from lms.reminding.models import Reminder
from lms.reminding.muting import KEYS, stop_address
from lms.reminding.rules import RENEWAL

# Nobody's telephone sounds at night.
FROM_HOUR = time(8)


def send_reminders(*, at):
    """Write the letters of the day. Returns (letters, reminders in them). A second run writes nothing."""
    letters = reminders = 0
    for chunk in candidates.chunks(timezone.localdate(at)):
        known = _known(item for items in chunk.values() for item in items)
        for person, items in chunk.items():
            if any(item.key not in known for item in items):
                told = remind(person, items, at=at)
                letters += bool(told)
                reminders += told
    return letters, reminders


@transaction.atomic
def remind(person, items, *, at):
    """One letter about those of the items that were not told yet. Returns how many these are."""
    # The person's row is the lock: two runs at once write one letter.
    Person.objects.select_for_update().get(pk=person.pk)
    known = _known(items)
    fresh = [item for item in items if item.key not in known]
    if not fresh:
        return 0
    morning = timezone.make_aware(datetime.combine(timezone.localdate(at), FROM_HOUR))
    letter = post(
        f"{KEYS}{fresh[0].key}",
        "lms/reminding/mail/reminder",
        at=at,
        not_before=morning,
        person=person,
        unsubscribe_url=stop_address(person),
        items=[(item, _address(item)) for item in fresh],
        stop_address=stop_address(person),
    )
    if letter is None:
        return 0
    Reminder.objects.bulk_create(Reminder(key=item.key, person=person, letter=letter, at=at) for item in fresh)
    return len(fresh)


def _known(items):
    return set(Reminder.objects.filter(key__in=[item.key for item in items]).values_list("key", flat=True))


def _address(item):
    """After signing in: the button that starts the renewal, or the place where the person stopped."""
    path = reverse("renewals") if item.kind == RENEWAL else reverse("my_course", args=[item.course])
    return settings.SITE_URL + path
