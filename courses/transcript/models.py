import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly
from courses.choices import earlier_scan_path, private_storage
from courses.people.models import Person
from courses.people.visibility import OfPersonAppendOnly


class EarlierTrainingQuerySet(OfPersonAppendOnly):
    def counted(self):
        return self.filter(struck=None)


class EarlierTraining(AppendOnly):
    """Training from before this site, or elsewhere, recorded later from a paper certificate."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="earlier_trainings")
    title = models.CharField(_("what was learnt"), max_length=200)
    provider = models.CharField(_("who gave it"), max_length=200)
    held_on = models.DateField(_("date, or the last day"))
    minutes = models.PositiveIntegerField(_("minutes"), validators=[MinValueValidator(1)])
    # The scan as evidence: for the office alone.
    scan = models.FileField(
        _("scan of the certificate"), upload_to=earlier_scan_path, storage=private_storage, blank=True
    )
    sha256 = models.CharField(max_length=64, blank=True)
    recorded_by = models.CharField(_("recorded by"), max_length=200)
    at = models.DateTimeField(_("recorded"))

    objects = EarlierTrainingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            # Typed in twice is one training.
            models.UniqueConstraint(
                fields=["person", "title", "provider", "held_on", "minutes", "sha256"],
                name="earlier_training_once",
            )
        ]
        verbose_name = _("earlier training")
        verbose_name_plural = _("earlier trainings")

    def __str__(self):
        return f"{self.title}, {self.held_on}"


class EarlierTrainingStruck(AppendOnly):
    """An earlier training that was recorded by mistake: it stays, and counts no more."""

    training = models.OneToOneField(EarlierTraining, models.PROTECT, related_name="struck")
    reason = models.CharField(_("reason"), max_length=400)
    actor = models.CharField(_("who"), max_length=200)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("earlier training struck out")
        verbose_name_plural = _("earlier trainings struck out")

    def __str__(self):
        return str(self.training)
