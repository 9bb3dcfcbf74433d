"""Every workshop of a period, one line each. Attendance, time and certificates are those of the figures."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.attendance.models import ATTENDED, Attendance
from courses.choices import RegistrationState, WorkshopKind, WorkshopState
from courses.workshops.models import Registration, Workshop
from lms.reports.figures.scope import NONE
from lms.reports.figures.training import Attended, Certified
from lms.reports.registers.hours import hours_of

HEADINGS = [
    *(_("First day"), _("Last day"), _("Title")),
    *(_("Registered"), _("Attended"), _("Person-hours"), _("Certificates")),
    *(_("Topic"), _("Venue"), _("District"), _("Paid for by"), _("Partner"), _("Facilitators")),
]
NUMERIC = (3, 4, 5, 6)
# The filter, and the column of Workshop.
COLUMNS = {"district": "district", "course": "course", "workshop": "pk", "funder": "funder"}
ABSENT = {"district": "", "course": None, "workshop": None, "funder": ""}


@dataclass(frozen=True)
class WorkshopRow:
    """`minutes`: those of everybody, added up."""

    workshop: Workshop
    registered: int
    attended: int
    minutes: int
    # How many people have one.
    certificates: int

    def cells(self):
        """Values for HEADINGS."""
        one = self.workshop
        return [
            *(_day(one.starts_at), _day(one.ends_at), one.title),
            *(self.registered, self.attended, hours_of(self.minutes), self.certificates),
            *(one.topic.name, one.venue, str(one.get_district_display())),
            *(one.funder, one.partner, one.facilitator_names),
        ]


def registrable():
    """Those that have a register: neither cancelled ones, nor events that are counted by heads."""
    return Workshop.objects.exclude(state=WorkshopState.CANCELLED).exclude(kind=WorkshopKind.AWARENESS)


def workshops(scope):
    """Those whose last day is in the period, the newest first."""
    rows = registrable().with_days().filter(ends_at__gte=scope.begins_at, ends_at__lt=scope.ends_at)
    for name, column in COLUMNS.items():
        wanted = getattr(scope, name)
        if wanted:
            rows = rows.filter(**{column: ABSENT[name] if wanted == NONE else wanted})
    rows = rows.select_related("topic").prefetch_related("facilitators")
    return rows.order_by(F("ends_at").desc(), "-pk")


def rows_of(some):
    """A WorkshopRow of each of these, a page or a batch of them, in four queries."""
    some = list(some)
    keys = [one.pk for one in some]
    registered = _by_workshop(expected(keys), who=Coalesce("person__merged_into", "person"))
    trained = Attended.objects.filter(workshop__in=keys).order_by()
    attended = {
        key: (n, minutes)
        for key, n, minutes in trained.values_list("workshop").annotate(Count("pk"), Sum("minutes"))
    }
    given = _by_workshop(originals(keys), who="owner")
    for one in some:
        there, minutes = attended.get(one.pk, (0, 0))
        yield WorkshopRow(one, registered.get(one.pk, 0), there, minutes or 0, given.get(one.pk, 0))


def expected(keys):
    """Registrations for these workshops of who had a place, or was there without one."""
    there = Attendance.objects.filter(registration=OuterRef("pk"), presence__in=ATTENDED)
    rows = Registration.objects.filter(workshop__in=keys).exclude(state=RegistrationState.CANCELLED)
    return rows.filter(Q(state=RegistrationState.REGISTERED) | Exists(there))


def originals(keys):
    """The certificates of these workshops, corrected ones not counted again"""
    return Certified.objects.filter(workshop__in=keys, is_correction=False)


def _by_workshop(rows, *, who):
    counted = rows.order_by().values_list("workshop").annotate(n=Count(who, distinct=True))
    return defaultdict(int, counted)


def _day(moment) -> date | None:
    return moment and timezone.localdate(moment)
