"""Points of a scenario, or the key of a practice case, put right: what was proposed, and what it changed."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.choices import DrillKind, RepairChange, RepairState
from courses.drills.cases.models import CaseRun
from courses.drills.scenarios.models import Run


class DrillRepair(models.Model):
    """A newer edition by which the runs of older ones are to be marked. Nothing is marked before it is
    confirmed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=DrillKind.choices)
    # Of the drill that was played, whatever it counts for.
    key = models.UUIDField(db_index=True)
    title = models.CharField(max_length=255)
    # {locale: id of the edition that is right}
    editions = models.JSONField()
    reason = models.CharField(_("reason"), max_length=300)
    state = models.CharField(
        _("state"), max_length=12, choices=RepairState.choices, default=RepairState.WORKING_OUT
    )
    author = models.CharField(_("by"), max_length=200)
    confirmed_by = models.CharField(_("confirmed by"), max_length=200, blank=True)
    confirmed_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    # How many runs it looked at, how many of these stay as they were because they do not fit the right edition,
    # and the last of them.
    done = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("drill marked again")
        verbose_name_plural = _("drills marked again")

    def __str__(self):
        return f"{self.title}: {self.get_state_display()}"

    @classmethod
    def standing_still(cls, before):
        """Worked out or marked again since before then. The doctor asks it of every long work."""
        working_out = models.Q(state=RepairState.WORKING_OUT, created_at__lt=before)
        return cls.objects.filter(working_out | models.Q(state=RepairState.RUNNING, confirmed_at__lt=before))

    @property
    def is_busy(self):
        return self.state in (RepairState.WORKING_OUT, RepairState.RUNNING)

    @property
    def is_proposed(self):
        return self.state == RepairState.PROPOSED

    @property
    def is_done(self):
        return self.state == RepairState.DONE


class RepairedRun(models.Model):
    """One run whose result the right edition changes: foreseen, and since the repair as it was marked."""

    repair = models.ForeignKey(DrillRepair, models.PROTECT, related_name="rows")
    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="repairs")
    case_run = models.ForeignKey(CaseRun, models.PROTECT, null=True, related_name="repairs")
    change = models.CharField(_("change"), max_length=8, choices=RepairChange.choices)
    was_score = models.PositiveSmallIntegerField()
    was_passed = models.BooleanField()
    score = models.PositiveSmallIntegerField()
    # By the right edition alone, whatever stands.
    would_pass = models.BooleanField()
    # False: foreseen only, or it waits for another person.
    is_marked = models.BooleanField(default=False)

    class Meta:
        ordering = ["repair_id", "change", "id"]
        constraints = [
            models.UniqueConstraint(fields=["repair", "run"], name="one_row_per_repair_and_run"),
            models.UniqueConstraint(fields=["repair", "case_run"], name="one_row_per_repair_and_case_run"),
            models.CheckConstraint(
                condition=models.Q(run=None, case_run__isnull=False)
                | models.Q(run__isnull=False, case_run=None),
                name="a_repaired_run_of_one_kind",
            ),
        ]
        verbose_name = _("run marked again")
        verbose_name_plural = _("runs marked again")

    def __str__(self):
        return f"{self.run_id or self.case_run_id}: {self.change}"

    @property
    def played(self):
        """The Run or CaseRun."""
        return self.run or self.case_run
