"""What was kept, and what was tried: so that the desk can say when it was last good."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    GOOD = "good", _("Good")
    BAD = "bad", _("Bad")


class Backup(models.Model):
    """A file that was written to its end and read back."""

    made_at = models.DateTimeField(_("made"), db_index=True)
    name = models.CharField(_("file"), max_length=100, unique=True)
    size = models.BigIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    # The audit log at that moment: see `courses.audit.chain.Digest`.
    audit_entries = models.BigIntegerField()
    audit_last = models.BigIntegerField()
    audit_sha256 = models.CharField(max_length=64)
    # Opened with the private key and restored into a throw-away database.
    verified_at = models.DateTimeField(_("checked"), null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, blank=True)
    removed_at = models.DateTimeField(_("thrown away"), null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("backup")
        verbose_name_plural = _("backups")

    def __str__(self):
        return self.name


class Rehearsal(models.Model):
    """A whole restore for practice, into a database and a folder that were thrown away."""

    at = models.DateTimeField(_("when"), db_index=True)
    backup_name = models.CharField(_("file"), max_length=100)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    took = models.DurationField(_("took"))
    # [[what was looked at, whether it was right, what was found], …]
    checks = models.JSONField(default=list)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("rehearsed restore")
        verbose_name_plural = _("rehearsed restores")

    def __str__(self):
        return f"{self.at:%Y-%m-%d} {self.backup_name}"
