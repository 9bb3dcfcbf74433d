"""A pack: the figures of a period as they were when it was made, with every row behind them."""

import io
import uuid

from django.conf import settings
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


class OrderState(models.TextChoices):
    MAKING = "making", _("Being made")
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Not made")
    FAILED = "failed", _("Failed")


class PackOrder(models.Model):
    """A pack that the worker is to make, because the record is large. What came of it stays written."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # As `scope.query()`, without its "?".
    asked = models.TextField()
    language = models.CharField(max_length=20)
    replaces = models.ForeignKey(Pack, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("when"))
    # When it was last given to the worker.
    begun_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.MAKING)
    # Why it was refused: the code of a PackRefused.
    code = models.CharField(max_length=20, blank=True)
    pack = models.OneToOneField(Pack, models.PROTECT, null=True, blank=True, related_name="order")

    class Meta:
        ordering = ["-id"]
        verbose_name = _("figures being made")
        verbose_name_plural = _("figures being made")

    def __str__(self):
        return f"{self.asked} ({self.get_state_display()})"

    @classmethod
    def standing_still(cls, before):
        """Given to the worker before then. The doctor asks it of every long work."""
        return cls.objects.filter(state=OrderState.MAKING, begun_at__lt=before)

    @property
    def is_being_made(self):
        return self.state == OrderState.MAKING


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
