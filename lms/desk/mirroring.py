"""What is changed in the desk's forms stands in the audit log too.

Wagtail's own log of them can be changed and is in no digest. Of settings the entry tells what they are now;
of everything else only that it was changed, since the forms hold names.
"""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.contrib.settings.registry import registry
from wagtail.models import ModelLogEntry

from courses.audit.log import record


@receiver(post_save, sender=ModelLogEntry)
def mirror(sender, instance, created, raw, **kwargs):
    """In the transaction of the form, where it has one."""
    if not created or raw:
        return
    thing = instance.content_type.model_class()
    if thing is None:
        return
    values = _values(thing, instance.object_id) if thing in registry else {}
    # What was deleted is named by its key alone.
    record(instance.action, thing(pk=instance.object_id), actor=instance.user, at=instance.timestamp, **values)


def _values(setting, pk):
    row = setting.objects.filter(pk=pk).values().first() or {}
    return {name: value for name, value in row.items() if name not in ("id", "site_id")}
