import uuid

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.documents import get_document_model_string

from courses.catalogue.models import Course
from courses.choices import District, RegistrationState, RegistrationWay, WorkshopKind, WorkshopState
from courses.people import roles
from courses.people.models import Agency, Person
from courses.people.visibility import OfPerson, same_as

PERCENT = [MinValueValidator(1), MaxValueValidator(100)]
# What training there was in the past counts, even if nobody registered for it.
HELD = [WorkshopState.OPEN, WorkshopState.CLOSED]


class WorkshopTopic(models.Model):
    """What a workshop can be about. Retire, do not delete."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    retired = models.BooleanField(_("no longer used"), default=False)

    # Which workshops are about it, their list tells; Wagtail's list of uses would ask for each of them.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["name"]
        verbose_name = _("workshop topic")
        verbose_name_plural = _("workshop topics")

    def __str__(self):
        return self.name


def _count(state):
    rows = Registration.objects.filter(workshop_id=models.OuterRef("pk"), state=state).order_by()
    counted = rows.values("workshop_id").annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(counted, output_field=models.IntegerField()), 0)


class WorkshopQuerySet(models.QuerySet):
    def taught_by(self, user):
        """What this log-in may run: the focal point all, a facilitator their own."""
        if roles.may_run_every_workshop(user):
            return self
        if not roles.may_teach(user) or user.person_id is None:
            return self.none()
        return self.filter(
            pk__in=Workshop.facilitators.through.objects.filter(person__in=same_as(user.person)).values(
                "workshop_id"
            )
        )

    def public(self):
        """Those that trainees may see: planned ones and drafts of the office are not among them."""
        return self.filter(kind=WorkshopKind.WORKSHOP, state__in=HELD)

    def for_person(self, person):
        """Public ones that invite everybody or the person's agency, and all in which they have a place.

        Who waits for approval sees the latter alone.
        """
        invited = Workshop.agencies.through.objects.filter(workshop_id=models.OuterRef("pk"))
        mine = Registration.objects.of(person).exclude(state=RegistrationState.CANCELLED)
        is_invited = ~models.Exists(invited) | models.Exists(invited.filter(agency_id=person.agency_id))
        is_public = models.Q(kind=WorkshopKind.WORKSHOP, state__in=HELD)
        own = models.Q(pk__in=mine.values("workshop_id"))
        return self.filter((is_public & is_invited) | own if person.is_approved else own)

    def with_days(self):
        """Adds `starts_at` and `ends_at`, of the first and the last session."""
        sessions = Session.objects.filter(workshop_id=models.OuterRef("pk"))
        return self.annotate(
            starts_at=models.Subquery(sessions.order_by("starts_at").values("starts_at")[:1]),
            ends_at=models.Subquery(sessions.order_by("-ends_at").values("ends_at")[:1]),
        )

    def with_counts(self):
        """Adds `coming` and `waiting`: how many have a place, and how many wait for one."""
        return self.annotate(
            coming=_count(RegistrationState.REGISTERED), waiting=_count(RegistrationState.WAITING)
        )


class Workshop(ClusterableModel):
    """Training face to face: planned, held and closed here, or recorded later."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        _("kind"), max_length=10, choices=WorkshopKind.choices, default=WorkshopKind.WORKSHOP
    )
    state = models.CharField(
        _("state"), max_length=10, choices=WorkshopState.choices, default=WorkshopState.PLANNED
    )
    title = models.CharField(_("title"), max_length=160)
    topic = models.ForeignKey(WorkshopTopic, models.PROTECT, related_name="workshops", verbose_name=_("topic"))
    course = models.ForeignKey(
        Course,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="workshops",
        verbose_name=_("course taught"),
        help_text=_("Where the workshop teaches a course that is also on line."),
    )
    same_event = models.BooleanField(
        _("hours count once with that course"),
        default=True,
        help_text=_("Whoever did both has learnt the same thing twice: only the longer of the two counts."),
    )
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    district = models.CharField(_("district"), max_length=20, choices=District.choices, blank=True)
    facilitators = ParentalManyToManyField(
        Person, blank=True, related_name="workshops_taught", verbose_name=_("facilitators")
    )
    guests = models.CharField(
        _("other facilitators"),
        max_length=300,
        blank=True,
        help_text=_("Who teaches and has no record here."),
    )
    funder = models.CharField(_("paid for by"), max_length=160, blank=True)
    partner = models.CharField(_("partner organisation"), max_length=160, blank=True)
    agencies = ParentalManyToManyField(
        Agency, blank=True, related_name="workshops", verbose_name=_("agencies invited")
    )
    capacity = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1)],
        help_text=_("Empty: as many as come. Beyond it there is a waiting list."),
    )  # fmt: skip
    self_registration = models.BooleanField(_("people may register themselves"), default=True)
    grace_minutes = models.PositiveSmallIntegerField(
        _("late after so many minutes"), default=15, validators=[MaxValueValidator(240)]
    )
    required_share = models.PositiveSmallIntegerField(
        _("sessions needed for a certificate, in per cent"), default=80, validators=PERCENT
    )
    required_mark = models.PositiveSmallIntegerField(
        _("post-test needed for a certificate, in per cent"), null=True, blank=True, validators=PERCENT,
        help_text=_("Empty: the certificate asks for attendance alone."),
    )  # fmt: skip
    # Translation keys of quizzes asked in the room: evidence outlives pages.
    pretest_key = models.UUIDField(_("pre-test"), null=True, blank=True)
    posttest_key = models.UUIDField(_("post-test"), null=True, blank=True)
    # An awareness event is counted by heads alone; nobody is named.
    headcount = models.PositiveIntegerField(_("people reached"), null=True, blank=True)
    headcount_women = models.PositiveIntegerField(_("of them women"), null=True, blank=True)
    note = models.CharField(_("note of the office"), max_length=400, blank=True)
    # Rows of the sign-in sheet that are given so far: a number stays with its person.
    rows_given = models.PositiveIntegerField(default=0)
    walk_ins_given = models.PositiveIntegerField(default=0)
    # How often its times or its place changed after people knew of them: calendars ask.
    changes = models.PositiveIntegerField(default=0)
    cancelled_because = models.CharField(_("why it was cancelled"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(headcount_women=None) | models.Q(headcount_women__lte=models.F("headcount")),
                name="women_are_among_the_heads",
                violation_error_message=_("More women than people reached."),
            ),
            models.CheckConstraint(
                condition=models.Q(required_mark=None) | models.Q(posttest_key__isnull=False),
                name="mark_needs_a_post_test",
                violation_error_message=_("Choose the post-test whose mark is needed."),
            ),
        ]
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")

    def __str__(self):
        return self.title

    @property
    def is_open(self):
        return self.state == WorkshopState.OPEN

    @property
    def is_closed(self):
        return self.state == WorkshopState.CLOSED

    @property
    def is_cancelled(self):
        return self.state == WorkshopState.CANCELLED

    @property
    def place(self):
        """Venue and district on one line."""
        return ", ".join(filter(None, [self.venue, str(self.get_district_display() or "")]))

    @property
    def facilitator_names(self):
        """Who teaches, with and without a record here. Asks the database unless it is prefetched."""
        return ", ".join(filter(None, [*(str(person) for person in self.facilitators.all()), self.guests]))

    def invites(self, agency_id):
        """Whether people of this agency may come. Asks the database."""
        invited = set(self.agencies.values_list("pk", flat=True))
        return not invited or agency_id in invited

    def free_places(self):
        """How many places nobody has, or None where there is no limit. Asks the database."""
        if self.capacity is None:
            return None
        return max(self.capacity - self.registrations.coming().count(), 0)

    def may_be_run_by(self, user):
        """The focal point, or one of its facilitators. Asks the database for a facilitator."""
        return Workshop.objects.taught_by(user).filter(pk=self.pk).exists()


class Session(models.Model):
    """One sitting: a morning, an afternoon. Attendance is counted in these."""

    workshop = ParentalKey(Workshop, on_delete=models.PROTECT, related_name="sessions")
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

    workshop = ParentalKey(Workshop, on_delete=models.CASCADE, related_name="materials")
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
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="registrations")
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
