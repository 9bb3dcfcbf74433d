"""Groups that study a course together, and the invitations of the office."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly
from courses.catalogue.models import Course
from courses.choices import CohortWay
from courses.enrolment.codes import printed_code
from courses.mailing.models import Letter
from courses.people import roles
from courses.people.models import Agency, Person, Post, Sector
from courses.people.visibility import OfPerson


class CohortQuerySet(models.QuerySet):
    def led_by(self, user):
        """What this log-in may look into: the focal point all, a facilitator their own."""
        if roles.may_manage_people(user):
            return self
        if not roles.may_teach(user) or user.person_id is None:
            return self.none()
        mine = {user.person_id, user.person.counts_as.pk}
        return self.filter(facilitator__in=mine)

    def open(self):
        return self.filter(closed_at=None)

    def with_size(self):
        """Adds `size`, how many are in it today: two records that were merged are one of them."""
        who = Coalesce("members__person__merged_into_id", "members__person_id")
        return self.annotate(size=models.Count(who, filter=models.Q(members__left_at=None), distinct=True))


class Cohort(models.Model):
    """A named group of people who get one course with one date. Written by `grouping`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("For the office and the members. Mail and posters do not show it."),
    )
    course = models.ForeignKey(Course, models.PROTECT, related_name="cohorts", verbose_name=_("course"))
    starts_on = models.DateField(_("begins on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    due_on = models.DateField(
        _("due on"), null=True, blank=True, help_text=_("By when its members should complete the course.")
    )
    facilitator = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cohorts_led",
        verbose_name=_("facilitator"),
        help_text=_("Sees how far the members are, without scores."),
    )
    join_code = models.CharField(_("code to join"), max_length=12, unique=True, editable=False)
    joining_open = models.BooleanField(
        _("people may join by the link or the code"),
        default=True,
        help_text=_("The training team can always add people."),
    )
    note = models.CharField(_("note of the office"), max_length=400, blank=True)
    opened_at = models.DateTimeField(_("opened"), editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="cohort_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            )
        ]
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")

    def __str__(self):
        return self.name

    @property
    def is_closed(self):
        return self.closed_at is not None

    @property
    def takes_people(self):
        """Whether somebody may join by themselves now."""
        return self.joining_open and not self.is_closed

    @property
    def printed_code(self):
        return printed_code(self.join_code)

    @property
    def join_address(self):
        """Says nothing of the topic: it is printed and sent."""
        return settings.SITE_URL + reverse("join", args=[self.join_code])


class CohortMemberQuerySet(OfPerson):
    def open(self):
        return self.filter(left_at=None)


class CohortMember(models.Model):
    """Somebody was in a group from one time to another. A return is a new row."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="cohort_memberships")
    way = models.CharField(_("came"), max_length=10, choices=CohortWay.choices)
    joined_at = models.DateTimeField(_("since"))
    left_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = CohortMemberQuerySet.as_manager()

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person"],
                condition=models.Q(left_at=None),
                name="one_open_membership_per_cohort",
            )
        ]
        verbose_name = _("member of a cohort")
        verbose_name_plural = _("members of cohorts")

    def __str__(self):
        return f"{self.person}: {self.cohort}"


class CohortMessage(AppendOnly):
    """What the office wrote to the members of a group, as it was sent."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="messages")
    subject = models.CharField(_("subject"), max_length=200)
    text = models.CharField(_("message"), max_length=2000)
    author = models.CharField(_("written by"), max_length=200)
    at = models.DateTimeField(_("sent"))
    posted = models.PositiveIntegerField(_("by mail to"))
    without_address = models.PositiveIntegerField(_("without e-mail"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("message to a cohort")
        verbose_name_plural = _("messages to cohorts")

    def __str__(self):
        return f"{self.cohort}: {self.subject}"


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Neither accepted nor taken back; those that have lapsed are among them."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """A log-in offered by mail to one address. Written by `inviting` and `accepting`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Small letters: `inviting.invite` sees to it.
    address = models.EmailField(_("e-mail address"))
    full_name = models.CharField(_("full name"), max_length=160)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, blank=True, related_name="+")
    rank = models.CharField(_("job title or rank"), max_length=120, blank=True)
    cohort = models.ForeignKey(
        Cohort, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("cohort")
    )
    # Whose record it is: known before where somebody without a log-in was invited, else once accepted.
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("person")
    )
    # SHA-256 of the token in the link.
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField(_("invited by"), max_length=200)
    at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("valid until"))
    sendings = models.PositiveSmallIntegerField(_("times sent"), default=1)
    sent_at = models.DateTimeField(_("last sent"))
    # The one sent last: what became of it is said beside the invitation.
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, editable=False, related_name="+")
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    # An invitation is no use of a cohort that an author would look for.
    wagtail_reference_index_ignore = True
    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["address", "cohort"],
                condition=models.Q(accepted_at=None, withdrawn_at=None, cohort__isnull=False),
                name="one_open_invitation_per_cohort",
            ),
            models.UniqueConstraint(
                fields=["address"],
                condition=models.Q(accepted_at=None, withdrawn_at=None, cohort=None),
                name="one_open_invitation_without_cohort",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(withdrawn_at=None),
                name="invitation_accepted_or_withdrawn",
            ),
        ]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self):
        return f"{self.full_name}, {self.address}"

    def state(self, at):
        """ "accepted", "withdrawn", "expired" or "open"."""
        if self.accepted_at is not None:
            return "accepted"
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "expired" if self.expires_at <= at else "open"
