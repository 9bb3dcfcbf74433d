"""Whom a call concerns: who holds a certificate in force that was earned, before the edition, on a clause that
it changed."""

from collections import namedtuple

from django.db.models.functions import Coalesce
from django.utils import timezone

from certificates.refreshers.raising import paths_citing
from certificates.rows import Certificate
from certificates.states import CertificateState
from courses.procedures.difference import ADDED
from courses.procedures.editions import material_changes

# `person`: the key of the surviving record. `completion`: the key of what the newest such certificate is for.
Holder = namedtuple("Holder", "person completion course")
WHO = Coalesce("person__merged_into_id", "person_id")


def to_be_called(call, *, at):
    """Holders that were not called by this call yet: one for each person and course."""
    called = set(call.called.values_list("completion", flat=True))
    return [holder for holder in holders(call, at=at) if holder.completion not in called]


def holders(call, *, at):
    paths = _paths(call)
    rows = (
        Certificate.objects.filter(completion__enrolment__course__in={course for course, _sector in paths})
        .with_state(timezone.localdate(at))
        .filter(state=CertificateState.IN_FORCE)
        .annotate(who=WHO)
        .order_by("completion__at", "pk")
        .values_list(
            "who",
            "completion",
            "completion__enrolment__course",
            "completion__enrolment__sector",
            "completion__at",
            "facts__procedures",
        )
    )
    found, up_to_date = {}, set()
    for who, completion, course, sector, earned_at, procedures in rows:
        if not _is_earlier(call.edition, earned_at, procedures):
            up_to_date.add((who, course))
        elif (course, sector) in paths:
            found[who, course] = Holder(who, completion, course)
    return [holder for key, holder in sorted(found.items()) if key not in up_to_date]


def _paths(call):
    """Those of the day on which the edition was published, and those that cite what it added since."""
    added = {change.key for change in material_changes(call.edition) if change.kind == ADDED}
    return {(course, sector) for course, sector in [*call.paths, *paths_citing(added)]}


def _is_earlier(edition, earned_at, procedures):
    """Whether a certificate was earned on an edition before this one: by what it says itself, else by when."""
    uuid = str(edition.procedure.uuid)
    known = next((one["n"] for one in procedures or () if one["procedure"] == uuid), None)
    return known < edition.n if known is not None else earned_at < edition.published_at
