"""A wrong key put right: what was proposed, what it changed, and what was decided about passes that stand."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly
from courses.choices import RepairChange, RepairState
from courses.questions.models import Question
from courses.quizzes.models import Attempt, Marking


class KeyRepair(models.Model):
    """Another key for what a question was asked with. Nothing is marked before it is confirmed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, models.PROTECT, related_name="repairs")
    meaning = models.PositiveIntegerField()
    # The version of the key that is wrong; of that which took its place, 0 before.
    wrong_version = models.PositiveIntegerField()
    right_version = models.PositiveIntegerField(default=0)
    key = models.JSONField()
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
    # How many attempts were asked it, how many are done, and the last of these.
    concerned = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"{self.question}: {self.get_state_display()}"

    @classmethod
    def standing_still(cls, before):
        """Worked out or marked again since before then. The doctor asks it of every long work."""
        working_out = models.Q(state=RepairState.WORKING_OUT, created_at__lt=before)
        return cls.objects.filter(working_out | models.Q(state=RepairState.RUNNING, confirmed_at__lt=before))

    @property
    def is_busy(self):
        return self.state in (RepairState.WORKING_OUT, RepairState.RUNNING)

    @property
    def is_done(self):
        return self.state == RepairState.DONE

    @property
    def is_proposed(self):
        return self.state == RepairState.PROPOSED


class RepairedAttempt(models.Model):
    """One attempt whose result the right key changes: foreseen, and since the repair as it was marked."""

    repair = models.ForeignKey(KeyRepair, models.PROTECT, related_name="rows")
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="repairs")
    change = models.CharField(_("change"), max_length=8, choices=RepairChange.choices)
    was_score = models.PositiveSmallIntegerField()
    was_passed = models.BooleanField()
    score = models.PositiveSmallIntegerField()
    # By the right key alone, whatever stands.
    would_pass = models.BooleanField()
    # The course is completed by it, as far as is foreseen.
    completes = models.BooleanField(default=False)
    # Nothing until it is marked again.
    marking = models.OneToOneField(Marking, models.PROTECT, null=True, related_name="repaired")

    class Meta:
        ordering = ["repair_id", "change", "id"]
        constraints = [
            models.UniqueConstraint(fields=["repair", "attempt"], name="one_row_per_repair_and_attempt")
        ]

    def __str__(self):
        return f"{self.attempt_id}: {self.change}"


class PassTakenBack(AppendOnly):
    """A pass that stood after a repair, and was taken back by a person. Once, for good."""

    row = models.OneToOneField(RepairedAttempt, models.PROTECT, related_name="taken_back")
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="passes_taken_back")
    reason = models.CharField(_("reason"), max_length=300)
    actor = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self):
        return str(self.row_id)
