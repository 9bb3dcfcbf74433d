import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly
from courses.enrolment.models import Enrolment
from courses.people.models import PlaceAsWas


class LessonDone(AppendOnly):
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="lessons_done")
    # The translation key of the LessonPage, its title and the revision read.
    lesson_key = models.UUIDField()
    page_revision = models.BigIntegerField(null=True)
    title = models.CharField(max_length=255)
    minutes = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        ordering = ["enrolment_id", "at"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson_key"], name="one_lesson_done_per_enrolment")
        ]
        indexes = [models.Index(fields=["page_revision"], name="lesson_done_revision")]

    def __str__(self):
        return self.title


class Completion(PlaceAsWas, AppendOnly):
    """A course was completed. One per enrolment cycle; place and person as they were then."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="completion")
    rule = models.JSONField()
    # {"lessons": [[key, title], ...], "quizzes": [[key, title, attempt uuid, score], ...], "minutes": n}
    evidence = models.JSONField()
    minutes = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("completion")
        verbose_name_plural = _("completions")

    def __str__(self):
        return f"{self.enrolment}: {self.at:%Y-%m-%d}"
