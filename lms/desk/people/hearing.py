"""When somebody was last heard from: signing in, reading, finishing a lesson, at a test, or by a
device that spoke by itself."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.progress import heard
from courses.progress.heard import NEVER


def with_last_heard(people):
    """Adds `heard_at` to a queryset of people; NEVER for whom nothing is known of."""
    return people.annotate(heard_at=heard.of_person())


def never_heard(people):
    return people.filter(heard_at=NEVER)


def silent_for(people, days, *, now):
    """Heard from once, but not in the last `days` days."""
    return people.filter(heard_at__gt=NEVER, heard_at__lt=now - timedelta(days=days))


def heard_in_words(person):
    return day_in_words(person.heard_at)


def day_in_words(moment):
    return _("never") if moment == NEVER else date_format(timezone.localtime(moment), "j F Y")
