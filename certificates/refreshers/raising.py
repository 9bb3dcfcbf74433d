"""A refresher call is raised when an edition with changes that people must hear of is published."""

from django.db import transaction

from certificates.refreshers.drafting import intro_of, write_draft
from certificates.refreshers.models import RefresherCall
from courses.audit.log import record
from courses.catalogue.models import Course
from courses.enrolment.models import Enrolment
from courses.procedures.difference import ADDED
from courses.procedures.editions import material_changes
from courses.progress.citing import clauses_on_path


@transaction.atomic
def raise_call(edition, *, actor, at):
    """The draft of a call about this edition, None where nobody must hear of anything. Nobody is told."""
    changes = material_changes(edition)
    if not changes:
        return None
    call = RefresherCall.objects.create(
        edition=edition,
        intro=intro_of(edition),
        paths=paths_citing({change.key for change in changes if change.kind != ADDED}),
        raised_at=at,
    )
    write_draft(call, changes)
    record("refresher call raised", call, actor=actor, at=at, changes=len(changes))
    return call


def paths_citing(clauses):
    """[[key of a course, sector], ...] that somebody completed, and that cite one of these clauses now."""
    if not clauses:
        return []
    studied = Enrolment.objects.exclude(completion=None).order_by("course", "sector")
    pairs = list(studied.values_list("course", "sector").distinct())
    courses = Course.objects.in_bulk({course for course, _sector in pairs})
    return [[course, sector] for course, sector in pairs if clauses & clauses_on_path(courses[course], sector)]
