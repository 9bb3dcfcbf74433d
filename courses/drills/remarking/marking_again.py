"""The work of a repair, batch by batch: first what it would change, and once it is confirmed the marking."""

from typing import NamedTuple

from django.db import models, transaction
from django.db.models import Count

from courses.audit import log
from courses.choices import RepairState
from courses.drills.remarking.kinds import KINDS
from courses.drills.remarking.models import DrillRepair, RepairedRun
from courses.drills.remarking.results import Result
from courses.enrolment.models import Enrolment
from courses.people.models import User
from courses.people.roles import is_oneself
from courses.quizzes import repair_letters
from courses.quizzes.foreseeing import change_of, facts_of
from courses.signals import drill_marked_again

BATCH = 100


class Remarked(NamedTuple):
    run: models.Model
    # The marking that counts, and what it would be by the right edition.
    before: models.Model
    result: Result


def go_on(repair_id, *, at, batches=None):
    """Work it out, or mark, as far as it is. Running it twice, or going on after a stop, does each run once.

    `batches`: no more than so many at once. Whether there is more to do.
    """
    left = batches
    while left != 0 and _batch(repair_id, at=at):
        left = left and left - 1
    return left == 0


@transaction.atomic
def _batch(repair_id, *, at):
    # The lock: two workers do one batch after the other.
    repair = DrillRepair.objects.select_for_update().get(pk=repair_id)
    if not repair.is_busy:
        return False
    kind, actor = KINDS[repair.kind], _actor_of(repair)
    runs = _locked(kind, _next(kind, repair))
    for run in runs:
        found = _remark(kind, repair, run)
        if found is None:
            repair.left += 1
        elif _is_marked(repair, found):
            pass
        elif repair.state == RepairState.WORKING_OUT:
            _foresee(kind, repair, found)
        else:
            _mark(kind, repair, found, actor=actor, at=at)
    if runs:
        repair.cursor, repair.done = runs[-1].pk, repair.done + len(runs)
    elif repair.state == RepairState.WORKING_OUT:
        repair.state = RepairState.PROPOSED
    else:
        repair.state, repair.done_at = RepairState.DONE, at
        _finish(kind, repair, actor=actor, at=at)
    repair.save(update_fields=["cursor", "done", "left", "state", "done_at"])
    return bool(runs)


def _actor_of(repair):
    return User.objects.select_related("person").filter(pk=repair.confirmed_by_id).first()


def _next(kind, repair):
    concerned = kind.concerned(repair.key, repair.editions).filter(pk__gt=repair.cursor).order_by("pk")
    return list(concerned.values_list("pk", flat=True)[:BATCH])


def _locked(kind, keys):
    """These runs in their order, locked after their enrolments as everywhere."""
    mine = kind.run.objects.filter(pk__in=keys)
    list(
        Enrolment.objects.select_for_update(of=("self",)).filter(pk__in=mine.values("enrolment")).order_by("pk")
    )
    found = mine.select_related("edition", "enrolment", "person").order_by("pk")
    return list(found.select_for_update(of=("self",)))


def _remark(kind, repair, run):
    """The Remarked, or None: it does not fit the right edition, and stays as it was."""
    right = kind.edition.objects.get(pk=repair.editions[run.edition.locale])
    result = kind.result_of(run, right)
    before = run.markings.order_by("-n").first()
    return Remarked(run, before, result) if result and before else None


def _is_marked(repair, found):
    """It was marked by this edition before: at its end, or by an earlier repair."""
    return found.before.details.get("by") == found.result.details.get("by")


def _foresee(kind, repair, found):
    change = change_of(found)
    if change:
        RepairedRun.objects.create(repair=repair, **{kind.row: found.run}, **facts_of(found, change))


def _mark(kind, repair, found, *, actor, at):
    """A further marking, though its result be the same; news only of those that have another."""
    change = change_of(found)
    own = is_oneself(actor, found.run.person)
    if change:
        # About one's own somebody else decides: it waits.
        facts = {**facts_of(found, change), "is_marked": not own}
        RepairedRun.objects.update_or_create(repair=repair, **{kind.row: found.run}, defaults=facts)
    if not (change and own):
        _further(kind, repair, found, change, actor=actor, at=at)


def _further(kind, repair, found, change, *, actor, at):
    """A pass that was given stands; the details then say so, and why it was marked again."""
    stands = found.before.passed and not found.result.passed
    why = {"repaired": {"repair": str(repair.uuid), "reason": repair.reason}}
    marking = kind.marking.objects.create(
        run=found.run,
        n=found.before.n + 1,
        at=at,
        score=found.result.score,
        passed=found.result.passed or stands,
        details={**found.result.details, **({"stands": True} if stands else {}), **why},
    )
    if not change:
        return
    facts = {"score": marking.score, "passed": marking.passed, "reason": repair.reason}
    log.record("drill.marked again", found.run, actor=actor, at=at, **facts)
    credit = getattr(found.run, kind.credit)
    drill_marked_again.send(kind.run, enrolment=found.run.enrolment, key=credit, at=at)
    repair_letters.tell_marked_again(repair, found.run.person, at=at)


def mark_row(row, *, actor, at):
    """Mark the run that waited for another person."""
    kind = KINDS[row.repair.kind]
    (run,) = _locked(kind, [row.played.pk])
    found = _remark(kind, row.repair, run)
    if found is not None and not _is_marked(row.repair, found):
        _further(kind, row.repair, found, change_of(found), actor=actor, at=at)
    row.is_marked = True
    row.save(update_fields=["is_marked"])


def _finish(kind, repair, *, actor, at):
    # Foreseen, and no longer so; what waits for another person was marked for nobody yet.
    for row in repair.rows.filter(is_marked=False).select_related("run__person", "case_run__person"):
        if not is_oneself(actor, row.played.person):
            row.delete()
    counted = dict(repair.rows.order_by().values_list("change").annotate(n=Count("pk")))
    facts = {"drill": str(repair.key), "runs": repair.done, "left": repair.left, **counted}
    log.record("drill.repair done", repair, actor=actor, at=at, **facts)
