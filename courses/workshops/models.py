import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel

from courses.catalogue.models import Course
from courses.choices import District, RegistrationState, WorkshopKind, WorkshopState
from courses.people import roles
from courses.people.models import Agency, Person
from courses.people.visibility import same_as
from courses.workshops.rows import Material, Registration, Session

__all__ = [
    "Material",
    "Registration",
    "Session",
    "Workshop",
    "WorkshopTopic",
]

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
