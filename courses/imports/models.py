import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.choices import (
    ImportDecision,
    ImportKind,
    ImportOutcome,
    ImportResult,
    ImportState,
    import_path,
    private_storage,
)
from courses.people.models import Agency, Person


class ImportJob(models.Model):
    """One uploaded table on its way into the record: columns chosen, checked, looked at, run."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("what"), max_length=20, choices=ImportKind.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED
    )
    # Empty once purged.
    file = models.FileField(upload_to=import_path, storage=private_storage, blank=True)
    file_name = models.CharField(_("file"), max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    # {field of the kind: number of the column}
    columns = models.JSONField(default=dict)
    # For rows that name none.
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    # Why the file could not be read: `imports.wording.FILES`.
    problem = models.CharField(max_length=20, blank=True)
    # How many rows there are, and how far the check came: the number of the last row in the sheet.
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    checked_up_to = models.PositiveIntegerField(default=1)
    author = models.CharField(_("by"), max_length=200)
    author_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(_("uploaded"))
    checked_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(_("imported on"), null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self):
        return self.file_name

    @classmethod
    def standing_still(cls, before):
        """Being checked or imported since before then. The doctor asks it of every long work."""
        checking = models.Q(state=ImportState.CHECKING, created_at__lt=before)
        return cls.objects.filter(checking | models.Q(state=ImportState.RUNNING, confirmed_at__lt=before))

    @property
    def is_busy(self):
        return self.state in (ImportState.CHECKING, ImportState.RUNNING)

    @property
    def was_confirmed(self):
        """From here on it is part of the record."""
        return self.confirmed_at is not None


class ImportRow(models.Model):
    """One row of the table: what it comes to, what somebody decided, and what was done."""

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="rows")
    # As the spreadsheet numbers it; the headings are 1.
    n = models.PositiveIntegerField(_("row"))
    # {field: text}; empty once purged.
    values = models.JSONField(default=dict)
    outcome = models.CharField(_("what happens"), max_length=10, choices=ImportOutcome.choices)
    # [[code, {what the words name}], ...]: `imports.wording.ROWS`.
    notes = models.JSONField(default=list)
    # [[field, before, after], ...], as shown before it was confirmed.
    changes = models.JSONField(default=list)
    # Who it may be, for a person to decide: keys of people.
    offered = models.JSONField(default=list)
    # Who it is. Once the row is done, who it became.
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="import_rows")
    # The earlier row of the same file with the same person.
    same_as = models.PositiveIntegerField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=ImportDecision.choices, blank=True)
    result = models.CharField(_("what was done"), max_length=10, choices=ImportResult.choices, blank=True)
    # By which a later row of this file, or the same row of another, is known again.
    email_key = models.CharField(max_length=254, blank=True)
    number_key = models.CharField(max_length=80, blank=True)
    phone_key = models.CharField(max_length=20, blank=True)
    name_key = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, db_index=True)

    class Meta:
        ordering = ["job_id", "n"]
        constraints = [models.UniqueConstraint(fields=["job", "n"], name="import_row_once")]
        indexes = [
            models.Index(fields=["job", "outcome"], name="import_row_outcome"),
            models.Index(fields=["job", "result"], name="import_row_result"),
        ]
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")

    def __str__(self):
        return f"{self.job}: {self.n}"

    @property
    def is_undecided(self):
        return self.outcome == ImportOutcome.DECIDE and not self.decision
