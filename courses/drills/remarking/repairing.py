"""Putting wrong points or a wrong key of a drill right: what the newest edition would change, and every run of
an older one marked again by it. The sibling of `quizzes.repairing`.

Nothing is taken from anybody by it: a pass that was given stands.
"""

from django.db import transaction

from courses.audit import log
from courses.choices import RepairState
from courses.drills.remarking import tasks
from courses.drills.remarking.kinds import KINDS
from courses.drills.remarking.marking_again import go_on, mark_row
from courses.drills.remarking.models import DrillRepair, RepairedRun
from courses.people.roles import is_oneself

# So many are worked out while somebody waits; more of them by the worker.
AT_ONCE = 200


class DrillRepairRefused(Exception):
    """Nothing changed: there is nothing to put right, somebody did it meanwhile, or it is one's own."""


@transaction.atomic
def propose(kind, key, *, reason, actor, at):
    """Mark by the newest editions, to be looked at before it is confirmed. Raises DrillRepairRefused where
    nobody played an older edition to its end."""
    newest = KINDS[kind].newest_editions(key)
    editions = {locale: one.pk for locale, one in newest.items()}
    concerned = KINDS[kind].concerned(key, editions).count()
    if not concerned:
        raise DrillRepairRefused
    repair = DrillRepair.objects.create(
        kind=kind,
        key=key,
        title=(newest.get("en") or next(iter(newest.values()))).title,
        editions=editions,
        reason=reason,
        author=str(actor or log.SYSTEM),
        created_at=at,
    )
    if concerned > AT_ONCE:
        tasks.go_on_with_drill_repair.enqueue(repair.pk)
    else:
        go_on(repair.pk, at=at)
    return DrillRepair.objects.get(pk=repair.pk)


@transaction.atomic
def drop(repair_uuid, *, at):
    """Leave every result as it is. Nothing was marked."""
    repair = DrillRepair.objects.select_for_update().get(uuid=repair_uuid)
    if repair.state not in (RepairState.PROPOSED, RepairState.WORKING_OUT):
        raise DrillRepairRefused
    repair.state, repair.done_at = RepairState.DROPPED, at
    repair.save(update_fields=["state", "done_at"])
    return repair


@transaction.atomic
def confirm(repair_uuid, *, actor, at):
    """Mark again every run of an older edition, and those that are open by the right one at their end. A second
    time it changes nothing. Raises DrillRepairRefused where another edition is the newest by now."""
    repair = DrillRepair.objects.select_for_update().get(uuid=repair_uuid)
    if repair.state in (RepairState.RUNNING, RepairState.DONE):
        return repair
    kind = KINDS[repair.kind]
    # Who publishes at this moment is waited for.
    list(kind.page.objects.select_for_update(of=("self",)).filter(translation_key=repair.key).order_by("pk"))
    newest = {locale: one.pk for locale, one in kind.newest_editions(repair.key).items()}
    if repair.state != RepairState.PROPOSED or newest != repair.editions:
        raise DrillRepairRefused
    # Whoever ends a run at this moment is waited for, and found below; who comes after is marked by the right
    # edition.
    open_ones = kind.played(repair.key).exclude(**kind.over)
    list(open_ones.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    repair.state, repair.confirmed_at = RepairState.RUNNING, at
    repair.confirmed_by, repair.confirmed_by_id = str(actor or log.SYSTEM), getattr(actor, "pk", None)
    repair.cursor = repair.done = repair.left = 0
    repair.save()
    facts = {"drill": str(repair.key), "editions": repair.editions, "reason": repair.reason}
    log.record("drill.repair confirmed", repair, actor=actor, at=at, **facts)
    # In the transaction: the queue is a table.
    tasks.go_on_with_drill_repair.enqueue(repair.pk)
    return repair


@transaction.atomic
def mark_left(row_id, *, actor, at):
    """Mark the run of whoever confirmed, which waits for another person. Raises DrillRepairRefused."""
    row = RepairedRun.objects.select_for_update(of=("self",)).select_related("repair").get(pk=row_id)
    if row.is_marked or not row.repair.is_done or is_oneself(actor, row.played.person):
        raise DrillRepairRefused
    mark_row(row, actor=actor, at=at)
    return row
