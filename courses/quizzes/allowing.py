"""What somebody was allowed beyond the rule of a test: rows that are only added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly, AppendOnlyQuerySet
from courses.choices import GrantKind
from courses.enrolment.models import Enrolment


class AttemptGrantQuerySet(AppendOnlyQuerySet):
    def for_test(self, enrolment_id, quiz_key):
        """[(kind, when)], as `limits` reads them."""
        return list(self.filter(enrolment=enrolment_id, quiz_key=quiz_key).values_list("kind", "at"))

    def extra_time(self, enrolment_id, quiz_key):
        """[(per cent, minutes)], as `limits` reads them."""
        mine = self.filter(enrolment=enrolment_id, quiz_key=quiz_key, kind=GrantKind.MORE_TIME)
        return list(mine.values_list("per_cent", "minutes"))


class AttemptGrant(AppendOnly):
    """One more attempt, no waiting before the next one, or extra time in all of them: for one person at
    one test in one cycle."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="grants")
    quiz_key = models.UUIDField()
    kind = models.CharField(_("what"), max_length=10, choices=GrantKind.choices)
    # Of extra time, in one measure: so much in all, not so much more than before.
    per_cent = models.PositiveSmallIntegerField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(_("reason"), max_length=400)
    actor = models.CharField(_("who"), max_length=200)
    at = models.DateTimeField(_("when"))

    objects = AttemptGrantQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment_id", "id"]
        constraints = [
            models.CheckConstraint(
                # A comparison with nothing is neither true nor false, and would let the row in.
                condition=models.Q(
                    kind=GrantKind.MORE_TIME, per_cent__isnull=False, per_cent__gt=0, minutes=None
                )
                | models.Q(kind=GrantKind.MORE_TIME, per_cent=None, minutes__isnull=False, minutes__gt=0)
                | (~models.Q(kind=GrantKind.MORE_TIME) & models.Q(per_cent=None, minutes=None)),
                name="extra_time_has_one_measure",
            )
        ]
        indexes = [models.Index(fields=["enrolment", "quiz_key"], name="grant_enrolment_quiz")]

    def __str__(self):
        return f"{self.enrolment}: {self.get_kind_display()}"
