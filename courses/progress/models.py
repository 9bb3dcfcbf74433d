import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly
from courses.enrolment.models import Enrolment
from courses.people.models import PlaceAsWas
from courses.people.visibility import OfPersonAppendOnly


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


class Recognition(AppendOnly):
    """Somebody learnt parts of the course elsewhere, before: from whom, when, and how long it took."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="recognitions")
    source = models.CharField(_("where it was learnt"), max_length=200)
    learnt_on = models.DateField(_("completed there on"))
    hours = models.DecimalField(_("hours there"), max_digits=5, decimal_places=1)
    reason = models.CharField(_("reason"), max_length=400)
    actor = models.CharField(_("who"), max_length=200)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["enrolment_id", "id"]

    def __str__(self):
        return f"{self.source}, {self.learnt_on}"


class RecognisedPart(AppendOnly):
    """A lesson or a module check that counts as done by a recognition. Never a final test."""

    recognition = models.ForeignKey(Recognition, models.PROTECT, related_name="parts")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="recognised_parts")
    # The translation key of the lesson or the check, and its title then.
    part_key = models.UUIDField()
    title = models.CharField(max_length=255)
    at = models.DateTimeField()

    class Meta:
        ordering = ["enrolment_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "part_key"], name="one_recognition_per_part")
        ]

    def __str__(self):
        return self.title


class MaterialEdit(AppendOnly):
    """An author called an edit of a course or of a part of it material: see `reopening`."""

    # The translation key of the page and its title, and the revision that went live with the edit.
    part_key = models.UUIDField(db_index=True)
    title = models.CharField(max_length=255)
    page_revision = models.BigIntegerField()
    what = models.CharField(_("what changed"), max_length=300)
    # How many were asked to do the part again.
    on_their_way = models.PositiveIntegerField()
    completed = models.PositiveIntegerField()
    actor = models.CharField(_("who"), max_length=200)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["part_key", "page_revision"], name="one_mark_per_edit"),
            models.CheckConstraint(condition=~models.Q(what=""), name="material_edit_says_what"),
        ]

    def __str__(self):
        return f"{self.title}, {self.at:%Y-%m-%d}"


class ReopenedQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at=None)


class Reopened(models.Model):
    """Somebody who did a part before a material edit of it has it to do again, and may have done so."""

    edit = models.ForeignKey(MaterialEdit, models.PROTECT, related_name="reopened")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="reopened")
    # Where the part is used by several courses each has its own key.
    part_key = models.UUIDField()
    done_at = models.DateTimeField(null=True)

    objects = ReopenedQuerySet.as_manager()

    class Meta:
        ordering = ["edit_id", "id"]
        constraints = [models.UniqueConstraint(fields=["enrolment", "edit"], name="reopened_once_per_edit")]

    def __str__(self):
        return f"{self.enrolment_id}: {self.edit}"


class CompletionQuerySet(OfPersonAppendOnly):
    owner = "enrolment__person"

    def that_count(self):
        """Without those that were withdrawn."""
        return self.filter(withdrawn=None)


class Completion(PlaceAsWas, AppendOnly):
    """A course was completed. One per enrolment cycle; place and person as they were then.

    Whether it still counts is said by `withdrawn`, a row beside it: see `withdrawing`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="completion")
    rule = models.JSONField()
    # {"lessons": [[key, title], ...], "quizzes": [[key, title, attempt uuid, score], ...], "minutes": n}
    # and, where earlier learning counts: "recognised": [[key, title, "recognised: <source>, <date>"], ...]
    evidence = models.JSONField()
    minutes = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(db_index=True)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("completion")
        verbose_name_plural = _("completions")

    def __str__(self):
        return f"{self.enrolment}: {self.at:%Y-%m-%d}"


class CompletionWithdrawn(AppendOnly):
    """A completion counts no more. Once, for good; the completion itself stays on record as it was."""

    completion = models.OneToOneField(Completion, models.PROTECT, related_name="withdrawn")
    reason = models.CharField(_("reason"), max_length=400)
    actor = models.CharField(_("who"), max_length=200)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(actor=""), name="completion_withdrawn_says_why"
            )
        ]

    def __str__(self):
        return f"{self.completion_id}, {self.at:%Y-%m-%d}"
