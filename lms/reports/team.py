"""An agency's people and where they stand: status, dates and validity. No score, no answer, no note."""

from datetime import timedelta

from django.db import models
from django.db.models import Case, Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.models import Certificate
from certificates.states import CertificateState
from courses.catalogue.models import Course
from courses.choices import Approval, EnrolmentState
from courses.enrolment.models import STUDYING, Enrolment
from courses.people.models import Person
from courses.people.visibility import same_as
from courses.progress import heard
from courses.progress.models import Completion, LessonDone
from courses.quizzes.models import Attempt

SOON = timedelta(days=14)
OWNER = Coalesce("merged_into_id", "id")
STILL_COUNTS = (CertificateState.IN_FORCE, CertificateState.EXPIRED)


class Status(models.TextChoices):
    NOT_STARTED = "not_started", gettext_lazy("Not started")
    STUDYING = "studying", gettext_lazy("Studying")
    COMPLETED = "completed", gettext_lazy("Completed")


class Due(models.TextChoices):
    SOON = "soon", gettext_lazy("Due in the next 14 days")
    OVERDUE = "overdue", gettext_lazy("Overdue")
    LAPSED = "lapsed", gettext_lazy("Certificate lapsed")


def people_of(agency, day):
    """Who works there today. Whoever left, moved on or was refused is nobody's to see here."""
    here = Person.objects.current().filter(agency=agency).exclude(approval=Approval.REFUSED)
    return here.filter(Q(left_on=None) | Q(left_on__gt=day))


def team(agency, day, *, course=None):
    """The agency's people, once for each course they have open or completed, with the newest cycle of it.

    Whoever has none is there once, without a course. With `course`, everybody is there once, with it.
    Each row has `course_title`, `status`, `due_on`, `completed_at`, `certificate_state` and `valid_until`.
    """
    here = people_of(agency, day)
    rows = _in_every_course(here) if course is None else _in_one_course(here, course)
    study = Enrolment.objects.filter(pk=OuterRef("study_id"))
    return (
        rows.annotate(
            # Whose row it is: a merged record's are the surviving person's.
            owner_id=OWNER,
            shown_name=Coalesce("merged_into__full_name", "full_name"),
            course_title=Subquery(Course.objects.filter(pk=OuterRef("course_id")).values("title")),
            due_on=Subquery(study.values("due_on")),
            status=_status(study),
            completed_at=Subquery(
                _same(Completion.objects.that_count(), "enrolment").order_by("-at").values("at")[:1]
            ),
            **_validity(day),
        )
        .select_related("post", "merged_into__post")
        .order_by("shown_name", "owner_id", "course_title", "study_id")
    )


def _of_owner(depth):
    """The records that are the owner of a row of the team, seen from a query `depth` below it."""
    reference = OuterRef("owner_id")
    for _n in range(depth):
        reference = OuterRef(reference)
    return same_as(reference)


def _in_one_course(here, course):
    mine = Enrolment.objects.filter(person__in=_of_owner(1), course=course, state__in=STUDYING)
    mine = mine.order_by("-started_at", "-cycle", "-pk")
    people = here.annotate(owner_id=OWNER)
    return people.annotate(study_id=Subquery(mine.values("pk")[:1]), course_id=Value(course.pk))


def _in_every_course(here):
    """A row for each record, also merged ones, and course; a record without one only where its person
    has none in any."""
    keys = here.order_by().values("pk")
    records = Person.objects.filter(Q(pk__in=keys) | Q(merged_into__in=keys)).annotate(owner_id=OWNER)
    study = FilteredRelation("enrolments", condition=Q(enrolments__state__in=STUDYING))
    joined = records.annotate(study=study).annotate(
        study_id=F("study__pk"), course_id=F("study__course_id"), study_began=F("study__started_at")
    )
    theirs = Enrolment.objects.filter(person__in=_of_owner(1), state__in=STUDYING)
    newer = theirs.filter(course=OuterRef("course_id")).filter(
        Q(started_at__gt=OuterRef("study_began"))
        | Q(started_at=OuterRef("study_began"), pk__gt=OuterRef("study_id"))
    )
    has_none = Q(study_id=None, merged_into=None) & ~Exists(theirs)
    return joined.filter(has_none | (Q(study_id__isnull=False) & ~Exists(newer)))


def _status(study):
    begun = (
        Q(last_seen_at__isnull=False)
        | Exists(LessonDone.objects.filter(enrolment=OuterRef("pk")))
        | Exists(Attempt.objects.filter(enrolment=OuterRef("pk"), started_at__isnull=False))
    )
    return Case(
        When(Exists(study.filter(state=EnrolmentState.COMPLETED)), then=Value(Status.COMPLETED)),
        When(Exists(study.filter(begun)), then=Value(Status.STUDYING)),
        # Also who was given the course and has not opened it.
        default=Value(Status.NOT_STARTED),
        output_field=models.CharField(),
    )


def _same(rows, path):
    """What this person has in this course, in any cycle: a renewal does not hide what is in force."""
    return rows.filter(
        **{f"{path}__person__in": _of_owner(1), f"{path}__course": OuterRef("course_id")},
    )


def _validity(day):
    """Of the newest certificate that still counts."""
    certificates = Certificate.objects.with_state(day).filter(state__in=STILL_COUNTS)
    newest = _same(certificates, "completion__enrolment").order_by("-issued_at", "-pk")
    return {
        "valid_until": Subquery(newest.values("valid_until")[:1]),
        "certificate_state": Subquery(newest.values("state")[:1]),
    }


def with_last_heard(rows):
    """Adds `heard_at` to rows of the team that are shown: when there was the last sign of the person."""
    return rows.annotate(heard_at=heard.of_person(lambda: OuterRef(OuterRef("owner_id"))))


def narrowed(rows, day, *, post=None, due="", words=""):
    if post is not None:
        rows = rows.filter(Q(merged_into=None, post=post) | Q(merged_into__post=post))
    if words:
        rows = rows.filter(shown_name__icontains=words)
    unfinished = ~Q(status=Status.COMPLETED)
    if due == Due.SOON:
        rows = rows.filter(unfinished, due_on__gte=day, due_on__lte=day + SOON)
    elif due == Due.OVERDUE:
        rows = rows.filter(unfinished, due_on__lt=day)
    elif due == Due.LAPSED:
        rows = rows.filter(certificate_state=CertificateState.EXPIRED)
    return rows


def totals(rows):
    """[(status in words, how many rows), ...]."""
    counted = rows.order_by().aggregate(
        **{status.name: Count("pk", filter=Q(status=status)) for status in Status}
    )
    return [(status.label, counted[status.name]) for status in Status]


# --- One row in words, the same on the page and in the sheet ----------------------------

HEADINGS = [
    gettext_lazy("Name"),
    gettext_lazy("Post"),
    gettext_lazy("Course"),
    gettext_lazy("Status"),
    gettext_lazy("Due"),
    gettext_lazy("Completed on"),
    gettext_lazy("Certificate"),
    gettext_lazy("Valid until"),
    gettext_lazy("Last heard from"),
]


def cells(row):
    """Values for HEADINGS, of a row `with_last_heard`."""
    certificate, valid_until = "", row.valid_until
    if row.certificate_state == CertificateState.IN_FORCE:
        certificate, valid_until = _("In force"), valid_until or _("Does not expire")
    elif row.certificate_state == CertificateState.EXPIRED:
        certificate = _("Lapsed")
    person = row.counts_as
    return [
        person.full_name,
        person.post.name if person.post else "",
        row.course_title or "",
        str(Status(row.status).label),
        row.due_on or "",
        timezone.localtime(row.completed_at).date() if row.completed_at else "",
        certificate,
        valid_until or "",
        _("never") if row.heard_at == heard.NEVER else timezone.localtime(row.heard_at).date(),
    ]


def is_overdue(row, day):
    return row.due_on is not None and row.due_on < day and row.status != Status.COMPLETED
