from collections import defaultdict

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly, AppendOnlyQuerySet


class AuditEntryQuerySet(AppendOnlyQuerySet):
    def about(self, objects):
        """The entries on these objects: (object type, object key as text), each as an entry names it."""
        return self.filter(is_about(objects))


def is_about(objects):
    """The same as a condition."""
    keys = defaultdict(list)
    for kind, key in objects:
        keys[kind].append(key)
    wanted = models.Q(pk=None)
    for kind, of_kind in keys.items():
        wanted |= models.Q(object_type=kind, object_id__in=of_kind)
    return wanted


class AuditEntry(AppendOnly):
    """One act on the record: who, what, on which object. Written by `audit.log.record`."""

    at = models.DateTimeField(_("when"), db_index=True)
    # The name stays when the log-in is gone; no foreign key to a log-in (rule 1).
    actor_id = models.BigIntegerField(null=True, blank=True)
    actor_name = models.CharField(_("who"), max_length=200)
    verb = models.CharField(_("what"), max_length=60, db_index=True)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_object")]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.verb} {self.object_type} {self.object_id}"
