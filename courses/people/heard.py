"""When somebody was last heard from. Nothing is guessed: a device spoke, or it did not."""

from datetime import timedelta

from django.db import models, transaction

from courses.people.models import Device
from courses.prepared import Blank, Prepared

# Written at most once in this time for one device.
A_WHILE = timedelta(minutes=5)
# Of one person; the ones not heard from for longest are forgotten first.
MOST_DEVICES = 20
KEPT_FOR = timedelta(days=365)


HEARD = Prepared(
    lambda: Device.objects.filter(person=Blank("person"), name=Blank("name", models.CharField())).order_by()
)
TOO_MANY = Prepared(
    lambda: Device.objects.filter(person=Blank("person")).order_by("-last_heard_at", "-pk")[MOST_DEVICES:]
)


def hear(person, name, *, at):
    """This device has spoken for this person."""
    device = HEARD.first(person=person.pk, name=name)
    if device is None:
        _remember(person, name, at)
    elif at - device.last_heard_at > A_WHILE:
        Device.objects.filter(pk=device.pk).update(last_heard_at=at)


@transaction.atomic
def _remember(person, name, at):
    # Two tabs may speak at once for the first time.
    new = Device(person=person, name=name, first_heard_at=at, last_heard_at=at)
    Device.objects.bulk_create([new], ignore_conflicts=True)
    for forgotten in TOO_MANY(person=person.pk):
        forgotten.delete()


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
