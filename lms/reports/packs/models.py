"""A pack: the figures of a period as they were when it was made, with every row behind them."""

import io
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly
from lms.reports.packs import canonical


class Version(models.TextChoices):
    INSIDE = "inside", _("For the office and auditors")
    OUTSIDE = "outside", _("For sending out")


class Pack(AppendOnly):
    """Never changed. A correction is a pack of its own, which names in what it differs.

    `content` has "schema", "period", "scope", "tables" (inside), "outside" (the same tables for sending
    out), "sentences", "differences" and "reason": see `making`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(_("made by"), max_length=200)
    content = models.JSONField()
    # See `canonical.write_rows`.
    rows = models.BinaryField()
    rows_count = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("figures for a period")
        verbose_name_plural = _("figures for periods")

    def __str__(self):
        return f"{self.first} – {self.last}"

    @property
    def short(self):
        """For file names: neutral."""
        return str(self.uuid)[:8]

    def compressed(self):
        """The rows as a binary file."""
        return io.BytesIO(self.rows)

    def evidence(self):
        """The frozen rows, one at a time."""
        return canonical.read_rows(self.compressed())

    def tables(self, version):
        """The tables of a version, as `content` has them."""
        return self.content["tables" if version == Version.INSIDE else "outside"]


class PackWording(AppendOnly):
    """A sentence of a pack in other words. The newest counts; numbers are those of the pack."""

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="wordings")
    version = models.CharField(_("version"), max_length=10, choices=Version.choices)
    # That of the sentence in `content`.
    key = models.CharField(max_length=60)
    text = models.TextField(_("sentence"))
    author = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("sentence of a report")
        verbose_name_plural = _("sentences of a report")

    def __str__(self):
        return f"{self.pack}: {self.key}"
