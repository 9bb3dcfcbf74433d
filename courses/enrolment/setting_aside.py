"""Two records of one person, and one course open in both: the surviving record's is gone on with.

The other is set aside: it ends without a result, keeps everything done in it, and is opened again
as it was when the merge is undone.
"""

from courses.audit import log
from courses.choices import EnrolmentState
from courses.enrolment.models import Enrolment, SetAside


def open_in_both(person, into):
    """[(the enrolment that will be set aside, the one gone on with), ...] if `person` were merged."""
    kept = {one.course_id: one for one in Enrolment.objects.of(into).open().select_related("course")}
    theirs = Enrolment.objects.of(person).open().select_related("course").order_by("course__title", "pk")
    return [(one, kept[one.course_id]) for one in theirs if one.course_id in kept]


def set_aside(merge, *, actor, at):
    """End what is open in both. Called inside the transaction of the merge."""
    # Before the merge `of(into)` did not hold what came with `person`; now the pointers are set.
    came = {merge.person_id, *merge.brought}
    both = Enrolment.objects.of(merge.into).open().select_for_update(of=("self",)).order_by("pk")
    rows = list(both)
    kept = {one.course_id for one in rows if one.person_id not in came}
    for enrolment in rows:
        if enrolment.person_id not in came or enrolment.course_id not in kept:
            continue
        SetAside.objects.create(merge=merge, enrolment=enrolment, was=enrolment.state)
        enrolment.state, enrolment.ended_at = EnrolmentState.SET_ASIDE, at
        enrolment.save(update_fields=["state", "ended_at"])
        log.record("enrolment set aside", enrolment, actor=actor, at=at, merge=merge.pk)


def take_up_again(merge, *, actor, at):
    """Open again what this merge had set aside. Called inside the transaction of the undoing."""
    for row in SetAside.objects.filter(merge=merge).select_related("enrolment"):
        enrolment = row.enrolment
        if enrolment.state != EnrolmentState.SET_ASIDE:
            continue
        enrolment.state, enrolment.ended_at = row.was, None
        enrolment.save(update_fields=["state", "ended_at"])
        log.record("enrolment taken up again", enrolment, actor=actor, at=at, merge=merge.pk)
