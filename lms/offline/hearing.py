"""When a device was last heard from. Nothing is guessed: it spoke, or it did not."""

from datetime import timedelta

from lms.offline.models import Device

# Written at most once in this time for one device.
A_WHILE = timedelta(minutes=5)


def hear(person, name, *, at):
    """This device has spoken for this person."""
    device, is_new = Device.objects.get_or_create(
        person=person, name=name, defaults={"first_heard_at": at, "last_heard_at": at}
    )
    if not is_new and at - device.last_heard_at > A_WHILE:
        Device.objects.filter(pk=device.pk).update(last_heard_at=at)
