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


class AttemptGrant(AppendOnly):
    """One more attempt, or no waiting before the next one, for one person at one test in one cycle."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="grants")
    quiz_key = models.UUIDField()
    kind = models.CharField(_("what"), max_length=10, choices=GrantKind.choices)
    reason = models.CharField(_("reason"), max_length=400)
    actor = models.CharField(_("who"), max_length=200)
    at = models.DateTimeField(_("when"))

    objects = AttemptGrantQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment_id", "id"]
        indexes = [models.Index(fields=["enrolment", "quiz_key"], name="grant_enrolment_quiz")]

    def __str__(self):
        return f"{self.enrolment}: {self.get_kind_display()}"
