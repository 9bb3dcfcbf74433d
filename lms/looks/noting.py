"""Writing down that somebody looked, and forgetting it after some years."""

from datetime import timedelta

from django.utils import timezone

from courses.people.roles import is_oneself
from lms.looks.models import Look

KEPT_FOR = timedelta(days=3 * 365)


def looked(user, place, *, person=None, at):
    """`user` was shown personal data of `person`, or of many in a list. Of one's own nothing is written.

    One statement: the second look of a day at the same page is none.
    """
    if person is not None and is_oneself(user, person):
        return
    look = Look(
        day=timezone.localdate(at),
        at=at,
        actor_id=user.pk,
        actor_name=str(user),
        person=person and person.counts_as,
        place=place,
    )
    Look.objects.bulk_create([look], ignore_conflicts=True)


def over(at):
    """Looks of which the time of keeping is over."""
    return Look.objects.filter(at__lt=at - KEPT_FOR)


def forget_looks(*, at):
    """Returns how many."""
    return over(at)._erase()
