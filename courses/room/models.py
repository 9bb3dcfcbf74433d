from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly
from courses.choices import RoomTestWhen
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


class RoomAttempt(AppendOnly):
    """Which attempt is somebody's pre-test or post-test at a workshop."""

    attempt = models.OneToOneField(Attempt, models.PROTECT, related_name="room_attempt")
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="room_attempts")
    when = models.CharField(_("which test"), max_length=6, choices=RoomTestWhen.choices)
    # None: on a phone.
    form = models.ForeignKey(PaperForm, models.PROTECT, null=True, blank=True, related_name="attempts")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "when"], name="one_room_test_per_registration")
        ]
        verbose_name = _("test in the room")
        verbose_name_plural = _("tests in the room")

    def __str__(self):
        return f"{self.registration}: {self.when}"
