"""What a workshop consists of: its sessions, its materials, and who comes."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model_string

from courses.choices import RegistrationState, RegistrationWay
from courses.people.models import Person
from courses.people.visibility import OfPerson


class Session(models.Model):
    """One sitting: a morning, an afternoon. Attendance is counted in these."""

    workshop = ParentalKey("courses.Workshop", on_delete=models.PROTECT, related_name="sessions")
    title = models.CharField(_("name"), max_length=80, blank=True, help_text=_("Such as: morning."))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes of training"), null=True, blank=True,
        help_text=_("Empty: from beginning to end. Give fewer where there is a break."),
    )  # fmt: skip
    # Four signs on the wall, for this session alone.
    wall_code = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ["workshop_id", "starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="session_ends_after_it_begins",
                violation_error_message=_("The session ends before it begins."),
            ),
            models.UniqueConstraint(
                fields=["wall_code"], condition=~models.Q(wall_code=""), name="one_session_per_wall_code"
            ),
        ]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self):
        return self.title or f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    @property
    def credit(self):
        """Minutes of training in it."""
        if self.minutes is not None:
            return self.minutes
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    def clean(self):
        super().clean()
        if not (self.starts_at and self.ends_at and self.minutes is not None):
            return
        if self.minutes > (self.ends_at - self.starts_at).total_seconds() / 60:
            raise ValidationError({"minutes": _("The session is shorter than that.")})


class Material(models.Model):
    """What participants get: a document of ours."""

    workshop = ParentalKey("courses.Workshop", on_delete=models.CASCADE, related_name="materials")
    # No evidence: it goes with its document.
    document = models.ForeignKey(
        get_document_model_string(), models.CASCADE, related_name="+", verbose_name=_("document")
    )

    class Meta:
        ordering = ["id"]
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self):
        return str(self.document)


class RegistrationQuerySet(OfPerson):
    def coming(self):
        return self.filter(state=RegistrationState.REGISTERED)

    def live_first(self):
        """Who has a place before who waits, and cancelled ones last: of two merged records the one that
        stands is meant."""
        place = models.Case(
            models.When(state=RegistrationState.REGISTERED, then=0),
            models.When(state=RegistrationState.WAITING, then=1),
            default=2,
        )
        return self.order_by(place, "pk")

    def waiting(self):
        """The waiting list, who came first at its head."""
        return self.filter(state=RegistrationState.WAITING).order_by("at", "id")


class Registration(models.Model):
    """One person at one workshop, however they came to it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workshop = models.ForeignKey("courses.Workshop", models.PROTECT, related_name="registrations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="registrations", verbose_name=_("person"))
    state = models.CharField(
        _("state"), max_length=10, choices=RegistrationState.choices, default=RegistrationState.REGISTERED
    )
    way = models.CharField(
        _("way"), max_length=10, choices=RegistrationWay.choices, default=RegistrationWay.SELF
    )
    # On the sign-in sheet: 1, 2, 3 ..., or W1, W2 ... for who walked in. Given once, kept.
    row = models.PositiveIntegerField(null=True, blank=True)
    walk_in_row = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField(_("registered"))
    by = models.CharField(_("registered by"), max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["workshop_id", "row", "walk_in_row", "id"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "person"], name="one_registration_per_workshop"),
            models.UniqueConstraint(
                fields=["workshop", "row"], condition=models.Q(row__isnull=False), name="one_person_per_row"
            ),
            models.UniqueConstraint(
                fields=["workshop", "walk_in_row"],
                condition=models.Q(walk_in_row__isnull=False),
                name="one_walk_in_per_row",
            ),
        ]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")

    def __str__(self):
        return f"{self.person}: {self.workshop}"

    @property
    def is_coming(self):
        return self.state == RegistrationState.REGISTERED

    @property
    def is_waiting(self):
        return self.state == RegistrationState.WAITING

    def waiting_number(self):
        """The place on the waiting list, from 1. Asks the database."""
        before = models.Q(at__lt=self.at) | models.Q(at=self.at, pk__lt=self.pk)
        return Registration.objects.waiting().filter(before, workshop_id=self.workshop_id).count() + 1

    @property
    def label(self):
        """What stands in front of the name on the sheet: "14", "W2", or ""."""
        return f"W{self.walk_in_row}" if self.walk_in_row else str(self.row or "")
