"""An archive that was ordered at the desk: the row stays, the file goes after a while."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.choices import private_storage


def archive_path(instance, filename):
    return f"archives/{secrets.token_hex(16)}.zip.age"


class ArchiveState(models.TextChoices):
    MAKING = "making", _("Being made")
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Not made: no key is set")
    FAILED = "failed", _("Failed")
    THROWN_AWAY = "thrown away", _("Thrown away")


# Whoever takes the task up makes these.
UNMADE = [ArchiveState.MAKING, ArchiveState.FAILED]


class ArchiveOrder(models.Model):
    """An archive that the worker makes, closed for the keys of the backups."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Whether it names the people; else lessons, questions, figures and the directory alone.
    people = models.BooleanField(_("with the people"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("when"))
    # When it was last given to the worker.
    begun_at = models.DateTimeField()
    state = models.CharField(
        _("state"), max_length=12, choices=ArchiveState.choices, default=ArchiveState.MAKING
    )
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    file = models.FileField(upload_to=archive_path, storage=private_storage, blank=True, max_length=200)
    size = models.BigIntegerField(_("bytes"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="making"), name="one_archive_being_made"
            )
        ]
        verbose_name = _("archive being made")
        verbose_name_plural = _("archives being made")

    def __str__(self):
        return f"{self.at:%Y-%m-%d}"

    @classmethod
    def standing_still(cls, before):
        """Given to the worker before then. The doctor asks it of every long work."""
        return cls.objects.filter(state=ArchiveState.MAKING, begun_at__lt=before)

    @property
    def is_being_made(self):
        return self.state == ArchiveState.MAKING

    @property
    def is_ready(self):
        return self.state == ArchiveState.READY

    @property
    def file_name(self):
        """Neutral, as on everything that lies about."""
        return f"learning-{self.at:%Y-%m-%d}.zip.age"
