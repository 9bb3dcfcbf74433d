import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly, AppendOnlyQuerySet
from courses.choices import AttemptState, RoomTestWhen
from courses.quizzes.models import Attempt, QuizEdition
from courses.workshops.models import Registration, Workshop


class PaperForm(AppendOnly):
    """Form A or B of a test in the room: the questions and their order, frozen before it is printed."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="paper_forms")
    when = models.CharField(_("which test"), max_length=6, choices=RoomTestWhen.choices)
    letter = models.CharField(_("form"), max_length=1)
    quiz_edition = models.ForeignKey(QuizEdition, models.PROTECT, related_name="+")
    # [{"question_edition": id, "option_order": [...]}], in the order printed.
    items = models.JSONField()
    at = models.DateTimeField(_("frozen"))

    class Meta:
        ordering = ["workshop_id", "when", "letter"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "when", "letter"], name="one_paper_form_per_letter")
        ]
        verbose_name = _("paper form")
        verbose_name_plural = _("paper forms")

    def __str__(self):
        return f"{self.workshop}: {self.when} {self.letter}"


class RoomAttemptQuerySet(AppendOnlyQuerySet):
    def in_force(self):
        """The one of each registration and test that counts; what was corrected is void."""
        return self.exclude(attempt__state=AttemptState.VOID)


class RoomAttempt(AppendOnly):
    """Which attempt is somebody's pre-test or post-test at a workshop."""

    attempt = models.OneToOneField(Attempt, models.PROTECT, related_name="room_attempt")
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="room_attempts")
    when = models.CharField(_("which test"), max_length=6, choices=RoomTestWhen.choices)
    # None: on a phone.
    form = models.ForeignKey(PaperForm, models.PROTECT, null=True, blank=True, related_name="attempts")
    # The one before, which is void; both stay on record.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    at = models.DateTimeField()

    objects = RoomAttemptQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            # Each later one replaces another, and none is replaced twice: so one is in force.
            models.UniqueConstraint(
                fields=["registration", "when"],
                condition=models.Q(replaces=None),
                name="one_room_test_per_registration",
            )
        ]
        verbose_name = _("test in the room")
        verbose_name_plural = _("tests in the room")

    def __str__(self):
        return f"{self.registration}: {self.when}"


class SurveyReply(models.Model):
    """What somebody thought of a workshop. Nothing leads back to a person.

    No person, no time, no running number; and `surveying.reply` writes all replies of a workshop anew in
    random order whenever one is added, so that not even their order in the file tells who came when.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="replies")
    # Typed in from a sheet: whoever typed it knows what it says.
    on_paper = models.BooleanField(default=False)
    # {statement: 1 to 5}; see `survey.STATEMENTS`. What was left empty is absent.
    marks = models.JSONField(default=dict)
    helped = models.CharField(max_length=600, blank=True)
    better = models.CharField(max_length=600, blank=True)
    # Among the totals: true in one go for several replies.
    is_shown = models.BooleanField(default=False)

    class Meta:
        ordering = ["workshop_id", "uuid"]
        verbose_name = _("reply to the survey")
        verbose_name_plural = _("replies to the survey")

    def __str__(self):
        return f"{self.workshop}"


class SurveyReceipt(models.Model):
    """That somebody has replied, so that nobody replies twice. Not what, and not when."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.OneToOneField(Registration, models.PROTECT, related_name="survey_receipt")

    class Meta:
        ordering = ["uuid"]
        verbose_name = _("receipt of the survey")
        verbose_name_plural = _("receipts of the survey")

    def __str__(self):
        return f"{self.registration}"
