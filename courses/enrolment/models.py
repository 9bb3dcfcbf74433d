import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly
from courses.catalogue.models import Course, CourseEdition
from courses.choices import EnrolmentState
from courses.people.models import Merge, Person
from courses.people.visibility import OfPerson
from courses.prepared import Blank, Prepared

# States in which the person has, or had, the course open.
STUDYING = [EnrolmentState.ACTIVE, EnrolmentState.COMPLETED]


class EnrolmentQuerySet(OfPerson):
    def open(self):
        return self.filter(ended_at=None)

    def latest_first(self):
        """What is open before what has ended, then what began last. Of one record: its newest cycle.

        Cycles count for each record by itself; a record and those merged into it have begun in turns.
        """
        is_open = models.ExpressionWrapper(models.Q(ended_at=None), models.BooleanField())
        return self.exclude(state=EnrolmentState.SET_ASIDE).order_by(
            is_open.desc(), "-started_at", "-cycle", "-pk"
        )

    def latest_of(self, person, course):
        return LATEST.first(person=person.pk, course=course.pk)


class Enrolment(models.Model):
    """One person's way through one course, once. A renewal is a new cycle."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments", verbose_name=_("person"))
    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments", verbose_name=_("course"))
    edition = models.ForeignKey(CourseEdition, models.PROTECT, related_name="enrolments")
    cycle = models.PositiveSmallIntegerField(_("cycle"), default=1)
    # The path studied, as it was at the start: a sector code, or "" for the trunk alone.
    sector = models.CharField(_("sector"), max_length=30, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=EnrolmentState.choices, default=EnrolmentState.ACTIVE
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    last_seen_at = models.DateTimeField(_("last seen"), null=True, blank=True)
    # Where the person was last: a lesson or quiz key and the id of a block in it.
    last_key = models.UUIDField(null=True, blank=True)
    last_block = models.CharField(max_length=40, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "course", "cycle"], name="one_enrolment_per_cycle"),
            models.UniqueConstraint(
                fields=["person", "course"],
                condition=models.Q(ended_at=None),
                name="one_open_enrolment_per_course",
            ),
        ]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")

    def __str__(self):
        return f"{self.person}: {self.course} ({self.cycle})"

    @property
    def is_active(self):
        return self.state == EnrolmentState.ACTIVE

    @property
    def closed_at(self):
        """When it, or its completion, was withdrawn. After it was completed, or set aside, its tests can still
        be taken."""
        is_closed = self.state in (EnrolmentState.WITHDRAWN, EnrolmentState.UNDONE)
        return self.ended_at if is_closed else None

    @property
    def completion_that_counts(self):
        """The Completion, None where there is none or it was withdrawn."""
        return getattr(self, "completion", None) if self.state == EnrolmentState.COMPLETED else None

    @property
    def may_study(self):
        return self.state in STUDYING


LATEST = Prepared(
    lambda: Enrolment.objects.of(Blank("person")).filter(course=Blank("course")).latest_first()[:1]
)


class SetAside(AppendOnly):
    """An enrolment that was open in two records when they were merged, and is gone on with in the other.

    Undoing the merge opens it again as it was.
    """

    merge = models.ForeignKey(Merge, models.PROTECT, related_name="set_aside")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="set_aside")
    was = models.CharField(max_length=10, choices=EnrolmentState.choices)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["merge", "enrolment"], name="set_aside_once_per_merge")]

    def __str__(self):
        return f"{self.enrolment}"
