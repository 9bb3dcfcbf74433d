"""An erasure: who asked for it, who confirmed it, and what went. It holds nothing of what was erased."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from courses.choices import ErasureWhy
from courses.people.models import Person


class ErasureQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at=None, withdrawn_at=None)

    def done(self):
        return self.exclude(done_at=None)


class Erasure(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="erasures", verbose_name=_("person"))
    why = models.CharField(_("why"), max_length=10, choices=ErasureWhy.choices)
    # Of the request on paper or by mail, as the office files it.
    filed_as = models.CharField(_("where the request is filed"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("asked for"))
    asked_by = models.CharField(_("asked for by"), max_length=200)
    # Of the log-in; no foreign key to a log-in.
    asked_by_id = models.BigIntegerField()
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    confirmed_by = models.CharField(_("confirmed by"), max_length=200, blank=True)
    confirmed_by_id = models.BigIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.CharField(_("withdrawn by"), max_length=200, blank=True)
    # Whether there was a training to prove, for which the name stays.
    keeps_name = models.BooleanField(default=True)
    # {model: how many of its rows were removed or blanked}
    gone = models.JSONField(default=dict)
    # An older backup was restored, and it was done again.
    done_again_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(done_at=None, withdrawn_at=None),
                name="one_open_erasure_per_person",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None)
                | (
                    models.Q(confirmed_by_id__isnull=False) & ~models.Q(confirmed_by_id=models.F("asked_by_id"))
                ),
                name="erased_by_two",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(withdrawn_at=None), name="erased_or_withdrawn"
            ),
        ]
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self):
        return str(self.person)

    @property
    def is_open(self):
        return self.done_at is None and self.withdrawn_at is None

    @property
    def is_done(self):
        return self.done_at is not None

    @property
    def state_label(self):
        if self.is_open:
            return _("Waits for a second person")
        return _("Done") if self.is_done else _("Withdrawn")


@register_setting(icon="time")
class KeepingTimes(BaseSiteSetting):
    """For how long the personal data of those who are gone are kept. Nothing of it goes by itself."""

    years_after_leaving = models.PositiveSmallIntegerField(
        _("years after somebody has left"),
        default=7,
        help_text=_("Then the person is listed for erasing. The law on records may ask for more, or less."),
    )
    months_after_refusal = models.PositiveSmallIntegerField(
        _("months after a sign-up that was refused, or never approved"), default=12
    )

    panels = [
        HelpPanel(
            content=_(
                "Nobody is erased by the clock alone: people whose time is over are listed, and two people of"
                " the office decide."
            )
        ),
        FieldPanel("years_after_leaving"),
        FieldPanel("months_after_refusal"),
    ]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(years_after_leaving__gte=1, years_after_leaving__lte=99),
                name="kept_for_years",
            ),
            models.CheckConstraint(
                condition=models.Q(months_after_refusal__gte=1, months_after_refusal__lte=999),
                name="kept_for_months",
            ),
        ]
        verbose_name = _("keeping times")
