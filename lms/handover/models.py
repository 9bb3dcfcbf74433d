"""A hand-over: who goes, who comes, what was settled, and the record as it was printed."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly
from courses.choices import Role
from courses.enrolment.cohorts import Invitation
from courses.people import roles
from courses.people.models import Person, User
from courses.people.visibility import same_as


class HandoverQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None, given_up_at=None)

    def due(self, day):
        """Finished, and the last day on which both had access is over."""
        return self.open().filter(finished_at__isnull=False, both_until__lt=day)

    def visible_to(self, user):
        """Administrators see all, others of the desk those in which they go or come."""
        if roles.is_administrator(user):
            return self
        if not roles.may_hand_over(user) or user.person_id is None:
            return self.none()
        me = same_as(user.person)
        comes = models.Q(comes__in=me) | models.Q(comes=None, invitation__person__in=me)
        return self.filter(models.Q(goes__in=me) | comes)

    def with_people(self):
        return self.select_related("goes__user", "comes__user", "invitation__person__user")


class Handover(models.Model):
    """One hand-over. It can be left and taken up again: each step is written when it is done."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goes = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("who goes"))
    # Empty as long as an invitation is not accepted.
    comes = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who comes")
    )
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, blank=True, related_name="+")
    # What the one who goes held when it was begun.
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    both_until = models.DateField(_("last day on which both have access"))
    stays_trainee = models.BooleanField(_("the old log-in stays, as a trainee’s"), default=False)
    begun_at = models.DateTimeField(_("begun"))
    begun_by = models.CharField(_("by"), max_length=200)
    rights_at = models.DateTimeField(_("rights given"), null=True, blank=True)
    rights_by = models.CharField(_("by"), max_length=200, blank=True)
    key_holder = models.CharField(_("who holds the key of the backups"), max_length=200, blank=True)
    outside = models.CharField(_("what lies outside the site"), max_length=400, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.CharField(_("by"), max_length=200, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    finished_by = models.CharField(_("by"), max_length=200, blank=True)
    closed_at = models.DateTimeField(_("old access closed"), null=True, blank=True)
    # Why the timer could not close it: the code of a HandoverRefused.
    stuck = models.CharField(max_length=20, blank=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)
    given_up_by = models.CharField(_("by"), max_length=200, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["goes"],
                condition=models.Q(closed_at=None, given_up_at=None),
                name="one_open_handover_per_person",
            ),
            models.CheckConstraint(
                condition=models.Q(comes=None) | ~models.Q(comes=models.F("goes")),
                name="nobody_hands_over_to_oneself",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(finished_at__isnull=False),
                name="handover_finished_before_closed",
            ),
        ]
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")

    def __str__(self):
        return f"{self.goes} → {self.next_name}"

    @classmethod
    def standing_still(cls, before):
        """The old access should be closed since the day before. The doctor asks it of every long work."""
        return cls.objects.due(timezone.localdate(before))

    @property
    def next_person(self):
        """Who comes, as soon as there is a log-in, else None."""
        person = self.comes
        if person is None and self.invitation is not None and self.invitation.accepted_at:
            person = self.invitation.person
        person = person and person.counts_as
        return person if person is not None and hasattr(person, "user") else None

    @property
    def next_name(self):
        person = self.next_person
        return str(person or (self.invitation and self.invitation.full_name) or "?")

    @property
    def next_role(self):
        """The role that is given: nobody loses the wider rights they have."""
        held = self.next_person and self.next_person.user.role
        return Role.ADMINISTRATOR if held == Role.ADMINISTRATOR else Role(self.role)

    @property
    def role_label(self):
        return Role(self.role).label

    @property
    def is_open(self):
        return self.closed_at is None and self.given_up_at is None

    @property
    def waits_for_the_day(self):
        return self.is_open and self.finished_at is not None

    @property
    def state_label(self):
        if self.given_up_at:
            return _("Given up")
        if self.closed_at:
            return _("Done")
        if self.stuck:
            return _("Stuck")
        return _("Waits for the day") if self.finished_at else _("Begun")

    def closes_at_once(self, at):
        return self.both_until < timezone.localdate(at)

    def login_of_who_goes(self):
        """The log-in that is closed. Asks the database."""
        return User.objects.select_related("person").get(person=self.goes)


class HandoverTaken(AppendOnly):
    """One kind of open matter was taken over by name, as it stood then. The newest of a kind counts."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="taken")
    kind = models.CharField(max_length=30)
    count = models.PositiveIntegerField(_("how many"))
    # The first of them, in words.
    items = models.JSONField(default=list)
    # How many carried the name of who goes, and now carry that of who comes.
    renamed = models.PositiveIntegerField(_("put under the new name"), default=0)
    # Who ticked it: the one who comes, or somebody beside them.
    by = models.CharField(_("noted by"), max_length=200)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("matter taken over")
        verbose_name_plural = _("matters taken over")

    def __str__(self):
        return f"{self.handover}: {self.kind}"


class HandoverRecord(AppendOnly):
    """The printed record: printed again, it is the same to the byte."""

    handover = models.OneToOneField(Handover, models.PROTECT, related_name="record")
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(_("by"), max_length=200)
    facts = models.JSONField()
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("record of a hand-over")
        verbose_name_plural = _("records of hand-overs")

    def __str__(self):
        return str(self.handover)
