"""When somebody was last heard from. Nothing is guessed: a device spoke, or it did not."""

from datetime import timedelta

from django.db import models, transaction

from courses.people.models import Device

# Written at most once in this time for one device.
A_WHILE = timedelta(minutes=5)
# Of one person; the ones not heard from for longest are forgotten first.
MOST_DEVICES = 20
KEPT_FOR = timedelta(days=365)


@transaction.atomic
def hear(person, name, *, at):
    """This device has spoken for this person."""
    device, is_new = Device.objects.get_or_create(
        person=person, name=name, defaults={"first_heard_at": at, "last_heard_at": at}
    )
    if is_new:
        mine = Device.objects.filter(person=person).order_by("-last_heard_at", "-pk")
        for forgotten in mine[MOST_DEVICES:]:
            forgotten.delete()
    elif at - device.last_heard_at > A_WHILE:
        Device.objects.filter(pk=device.pk).update(last_heard_at=at)


def devices_of(person):
    """[{"name", "first", "last"}, ...] of the person's devices, that heard from last first."""
    named = Device.objects.of(person).order_by().values("name")
    # One that spoke for two records that are one person is one device.
    heard = named.annotate(first=models.Min("first_heard_at"), last=models.Max("last_heard_at"))
    return list(heard.order_by("-last", "name"))


def forget_silent(*, at):
    """Delete the devices that have not spoken for a year. Returns how many."""
    deleted, _each = Device.objects.filter(last_heard_at__lt=at - KEPT_FOR).delete()
    return deleted
