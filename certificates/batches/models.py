import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.rows import Certificate
from courses.append_only import AppendOnly
from courses.choices import PrintRunState, print_path, private_storage
from courses.workshops.models import Workshop


class PrintRun(models.Model):
    """Certificates printed together. Its rows tell what was printed; the files are removed after a while."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("what"), max_length=200)
    workshop = models.ForeignKey(
        Workshop, models.PROTECT, null=True, blank=True, related_name="print_runs", verbose_name=_("workshop")
    )
    # How many pages there will be.
    count = models.PositiveIntegerField(_("certificates"))
    duplicate = models.BooleanField(_("marked as duplicates"), default=False)
    separate = models.BooleanField(_("separate files too"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=PrintRunState.choices, default=PrintRunState.DRAWING
    )
    by = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("when"))
    # When the worker last got on with it.
    moved_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    pdf = models.FileField(upload_to=print_path, storage=private_storage, blank=True, max_length=200)
    archive = models.FileField(upload_to=print_path, storage=private_storage, blank=True, max_length=200)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("print run")
        verbose_name_plural = _("print runs")

    def __str__(self):
        return self.title

    @classmethod
    def standing_still(cls, before):
        """The worker last got on with these before then. The doctor asks it of every long work."""
        return cls.objects.filter(state=PrintRunState.DRAWING, moved_at__lt=before)

    @property
    def is_ready(self):
        return self.state == PrintRunState.READY

    @property
    def is_purged(self):
        return self.state == PrintRunState.PURGED


class PrintRunItem(AppendOnly):
    """One certificate of a print run: its page."""

    run = models.ForeignKey(PrintRun, models.PROTECT, related_name="items")
    n = models.PositiveIntegerField()
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="printed")

    class Meta:
        ordering = ["run_id", "n"]
        constraints = [
            models.UniqueConstraint(fields=["run", "n"], name="one_certificate_per_page"),
            models.UniqueConstraint(fields=["run", "certificate"], name="one_page_per_certificate"),
        ]

    def __str__(self):
        return f"{self.run}: {self.n}"


class PrintPart(models.Model):
    """Some pages of a print run, drawn together; without a file they are still to be drawn."""

    run = models.ForeignKey(PrintRun, models.CASCADE, related_name="parts")
    n = models.PositiveIntegerField()
    # Pages first to last, both included.
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    file = models.FileField(upload_to=print_path, storage=private_storage, blank=True, max_length=200)

    class Meta:
        ordering = ["run_id", "n"]
        constraints = [models.UniqueConstraint(fields=["run", "n"], name="one_part_per_n")]

    def __str__(self):
        return f"{self.run}: {self.first}-{self.last}"
