import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.choices import CaseStage
from courses.drills.cases.models import CaseEdition
from courses.enrolment.cohorts import Cohort
from courses.people.models import Person
from courses.people.visibility import OfPerson


class PracticeCaseQuerySet(OfPerson):
    owner = "assigned_to"


class PracticeCase(models.Model):
    """A case of a class, practised from intake to closing. It comes from a case file that was written for the
    course: there is no field into which anybody could type a person."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="practice_cases")
    # Its number in the register of the class.
    n = models.PositiveSmallIntegerField()
    edition = models.ForeignKey(CaseEdition, models.PROTECT, related_name="practice_cases")
    stage = models.CharField(_("stage"), max_length=12, choices=CaseStage.choices, default=CaseStage.INTAKE)
    assigned_to = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        related_name="practice_cases",
        verbose_name=_("assigned to"),
    )
    follow_up_on = models.DateField(_("follow-up on"), null=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = PracticeCaseQuerySet.as_manager()

    class Meta:
        ordering = ["cohort_id", "n"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "n"], name="one_practice_case_per_n"),
            models.CheckConstraint(
                condition=models.Q(stage=CaseStage.CLOSED, closed_at__isnull=False, follow_up_on=None)
                | (~models.Q(stage=CaseStage.CLOSED) & models.Q(closed_at=None)),
                name="closed_practice_case_has_time",
            ),
        ]
        verbose_name = _("practice case of a class")
        verbose_name_plural = _("practice cases of classes")

    def __str__(self):
        return f"{self.n}: {self.edition.title}"

    @property
    def is_closed(self):
        return self.stage == CaseStage.CLOSED

    def is_overdue(self, today):
        return self.follow_up_on is not None and self.follow_up_on < today

    @property
    def known_pages(self):
        """What is known of it by now: one more page of its file at each stage."""
        return self.edition.pages[: CaseStage.values.index(self.stage) + 1]
