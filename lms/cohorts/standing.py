"""Where the members of a cohort stand in its course: status and dates. No score, no answer, no note.

The number of queries does not grow with the members.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.models import Certificate
from certificates.states import CertificateState
from courses.catalogue.reading import fold
from courses.choices import EnrolmentState
from courses.enrolment.cohorts import CohortMember
from courses.enrolment.models import STUDYING, Enrolment
from courses.people.models import Person
from courses.progress.standings import CourseStandings, Progress

SOON = timedelta(days=14)
STILL_COUNTS = (CertificateState.IN_FORCE, CertificateState.EXPIRED)


class Status(models.TextChoices):
    """In the order in which a list sorts them."""

    NONE = "none", gettext_lazy("Does not have the course")
    NOT_STARTED = "not_started", gettext_lazy("Not started")
    STUDYING = "studying", gettext_lazy("Studying")
    COMPLETED = "completed", gettext_lazy("Completed")
    CERTIFIED = "certified", gettext_lazy("Certificate")


class Due(models.TextChoices):
    SOON = "soon", gettext_lazy("Due in the next 14 days")
    OVERDUE = "overdue", gettext_lazy("Overdue")


class Sort(models.TextChoices):
    NAME = "name", gettext_lazy("Name")
    AGENCY = "agency", gettext_lazy("Agency")
    STATUS = "status", gettext_lazy("How far they are")
    DUE = "due", gettext_lazy("Due date")


@dataclass
class Row:
    member: CohortMember
    person: Person
    status: Status
    progress: Progress | None = None
    due_on: date | None = None
    completed_on: date | None = None
    certificate: str = ""
    valid_until: date | None = None

    def is_overdue(self, day):
        return self.is_unfinished and self.due_on is not None and self.due_on < day

    @property
    def is_unfinished(self):
        return self.status in (Status.NOT_STARTED, Status.STUDYING)

    @property
    def in_words(self):
        if self.status == Status.STUDYING and self.progress and self.progress.asked:
            numbers = {"n": self.progress.done, "m": self.progress.asked}
            return _("Studying: %(n)d of %(m)d parts done") % numbers
        return str(self.status.label)


def rows_of(cohort, *, day):
    """A Row for each member of today, by name. A merged record counts as the one it was merged into."""
    members = CohortMember.objects.open().filter(cohort=cohort)
    members = members.select_related("person__agency", "person__merged_into__agency")
    by_person = {member.person.counts_as.pk: member for member in members}
    enrolments = _newest(list(by_person), cohort.course)
    active = [one for one in enrolments.values() if one.state == EnrolmentState.ACTIVE]
    progress = CourseStandings(cohort.course).progress(active) if active else {}
    certificates = _certificates(enrolments.values(), day)
    rows = []
    for pk, member in by_person.items():
        row = Row(member, member.person.counts_as, Status.NONE)
        if pk in enrolments:
            enrolment = enrolments[pk]
            _fill(row, enrolment, progress.get(enrolment.pk), certificates.get(enrolment.pk))
        rows.append(row)
    return sorted(rows, key=lambda row: fold(row.person.full_name))


def _newest(people, course):
    """{id of the person who counts: the newest enrolment, theirs or of a record merged into them}."""
    theirs = Q(person__in=people) | Q(person__merged_into__in=people)
    rows = Enrolment.objects.filter(theirs, course=course, state__in=STUDYING)
    rows = rows.select_related("completion", "person").order_by("started_at", "pk")
    return {one.person.merged_into_id or one.person_id: one for one in rows}


def _certificates(enrolments, day):
    """{enrolment id: (state, valid until)} of those that still count."""
    done = [one.pk for one in enrolments if one.state == EnrolmentState.COMPLETED]
    found = Certificate.objects.with_state(day).filter(completion__enrolment__in=done, state__in=STILL_COUNTS)
    rows = found.order_by("issued_at", "pk").values_list("completion__enrolment_id", "state", "valid_until")
    return {pk: (state, valid_until) for pk, state, valid_until in rows}


def _fill(row, enrolment, progress, certificate):
    row.due_on, row.progress = enrolment.due_on, progress
    if enrolment.state == EnrolmentState.COMPLETED:
        row.status = Status.COMPLETED
        completion = enrolment.completion_that_counts
        ended = completion.at if completion else enrolment.ended_at
        row.completed_on = ended and timezone.localdate(ended)
        if certificate:
            row.status = Status.CERTIFIED
            state, row.valid_until = certificate
            row.certificate = _("In force") if state == CertificateState.IN_FORCE else _("Due for renewal")
    else:
        begun = enrolment.last_seen_at is not None or (progress is not None and progress.begun)
        row.status = Status.STUDYING if begun else Status.NOT_STARTED


def narrowed(rows, day, *, words="", status="", due="", sort=""):
    """The rows that fit, in the order asked for."""
    rows = [row for row in rows if fold(words) in fold(row.person.full_name)]
    if status:
        rows = [row for row in rows if row.status == status]
    if due == Due.OVERDUE:
        rows = [row for row in rows if row.is_overdue(day)]
    elif due == Due.SOON:
        rows = [row for row in rows if row.is_unfinished and row.due_on and day <= row.due_on <= day + SOON]
    keys = {
        Sort.AGENCY: lambda row: fold(str(row.person.agency or "")),
        Sort.STATUS: lambda row: (Status.values.index(row.status), row.progress.done if row.progress else 0),
        Sort.DUE: lambda row: row.due_on or date.max,
    }
    return sorted(rows, key=keys[sort]) if sort in keys else rows


def totals(rows):
    """[(status in words, how many rows), ...], without those that nobody has."""
    counted = [(status.label, sum(row.status == status for row in rows)) for status in Status]
    return [(label, n) for label, n in counted if n]


# --- One row in words, the same on the page and in the sheet ----------------------------

HEADINGS = [
    gettext_lazy("Name"),
    gettext_lazy("Agency"),
    gettext_lazy("How far"),
    gettext_lazy("Due"),
    gettext_lazy("Completed on"),
    gettext_lazy("Certificate"),
    gettext_lazy("Valid until"),
]


def cells(row):
    """Values for HEADINGS."""
    agency = row.person.agency
    return [
        row.person.full_name,
        (agency.short_name or agency.name) if agency else "",
        row.in_words,
        row.due_on or "",
        row.completed_on or "",
        row.certificate,
        row.valid_until or (_("Does not expire") if row.certificate else ""),
    ]
