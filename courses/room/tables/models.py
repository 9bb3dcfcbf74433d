import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly, AppendOnlyQuerySet
from courses.drills.tabletop.models import TableTopEdition
from courses.workshops.models import Workshop

MOST_TABLES = 30


class TableTopHeld(models.Model):
    """A table-top exercise at a workshop: what is printed for it, and what its tables came to."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="table_tops")
    edition = models.ForeignKey(TableTopEdition, models.PROTECT, related_name="held")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["workshop_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "edition"], name="one_table_top_of_an_edition")
        ]
        verbose_name = _("table-top exercise held")
        verbose_name_plural = _("table-top exercises held")

    def __str__(self):
        return f"{self.workshop}: {self.edition.title}"


class TableResultQuerySet(AppendOnlyQuerySet):
    def in_force(self):
        """The last one of each table."""
        later = TableResult.objects.filter(
            held=models.OuterRef("held"), table=models.OuterRef("table"), n__gt=models.OuterRef("n")
        )
        return self.filter(~models.Exists(later))


class TableResult(AppendOnly):
    """What one table wrote down, as it was entered. Of agencies, never of the people who played them. A
    correction adds a row, and the last one counts."""

    held = models.ForeignKey(TableTopHeld, models.PROTECT, related_name="results")
    table = models.PositiveSmallIntegerField(_("table"))
    n = models.PositiveSmallIntegerField()
    at = models.DateTimeField(_("entered"))
    # [[situation, choice], ...]: the joint decisions.
    way = models.JSONField()
    # Names of agencies that nobody played.
    absent = models.JSONField(default=list)
    # {id of a duty that the table came to: "done", "prompted" or "missed"}
    marks = models.JSONField()
    # As of a RunMarking; "ending" is "" where time was up before one.
    details = models.JSONField()

    objects = TableResultQuerySet.as_manager()

    class Meta:
        ordering = ["held_id", "table", "n"]
        constraints = [models.UniqueConstraint(fields=["held", "table", "n"], name="one_table_result_per_n")]
        verbose_name = _("result of a table")
        verbose_name_plural = _("results of tables")

    def __str__(self):
        return f"{self.held_id}: {self.table}"
