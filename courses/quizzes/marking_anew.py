"""After a key was put right: everybody's answers marked again by it, batch by batch."""

from django.db import transaction
from django.db.models import Count

from courses.audit import log
from courses.choices import RepairState
from courses.people.models import User
from courses.people.roles import is_oneself
from courses.people.visibility import same_as
from courses.quizzes import attempts, rekeying, remarking, repair_letters
from courses.quizzes.foreseeing import batch_after, change_of, facts_of
from courses.quizzes.models import Attempt, Marking
from courses.quizzes.repairs import KeyRepair, RepairedAttempt


class NotYours(Exception):
    """Nothing changed: it is one's own attempt, or it was marked already."""


def run(repair_id, *, at, batches=None):
    """Mark again everybody who was asked, batch by batch. Running it twice, or going on after a stop, marks
    each attempt once.

    `batches`: no more than so many at once. Whether there is more to do.
    """
    left = batches
    while left != 0 and run_batch(repair_id, at=at):
        left = left and left - 1
    return left == 0


@transaction.atomic
def run_batch(repair_id, *, at):
    """One batch of a confirmed repair. Whether there is more to do."""
    # The lock: two workers do one batch after the other.
    repair = KeyRepair.objects.select_for_update(of=("self",)).select_related("question").get(pk=repair_id)
    if repair.state != RepairState.RUNNING:
        return False
    actor = User.objects.select_related("person").filter(pk=repair.confirmed_by_id).first()
    asked = rekeying.asked_as(repair.question, repair.meaning)
    batch = batch_after(asked, repair.cursor, lock=True)
    if batch:
        _mark(repair, remarking.remark(batch), actor=actor, at=at)
        repair.cursor, repair.done = batch[-1].pk, repair.done + len(batch)
    else:
        repair.state, repair.done_at = RepairState.DONE, at
        _finish(repair, actor=actor, at=at)
    repair.save(update_fields=["cursor", "done", "state", "done_at"])
    return bool(batch)


def _mark(repair, found, *, actor, at):
    """A further Marking for each, though its result be the same; news only of those that have another."""
    why = {"repair": str(repair.uuid), "reason": repair.reason}
    marked = []
    for remarked in found:
        change = change_of(remarked)
        if _is_marked(repair, remarked):
            continue
        if change and is_oneself(actor, remarked.attempt.person):
            # About one's own somebody else decides: it waits.
            _keep(repair, remarked, change)
            continue
        new = (remarked.result, remarked.versions)
        marked.append(
            (
                attempts.further(remarked.before, new, actor=actor, at=at, why={"repaired": why}),
                change,
                remarked,
            )
        )
    Marking.objects.bulk_create(marking for marking, _change, _remarked in marked)
    for marking, change, remarked in marked:
        if change:
            _keep(repair, remarked, change, marking)
            attempts.tell_marked_again(remarked.attempt, marking, actor=actor, at=at, reason=repair.reason)
            repair_letters.tell_marked_again(repair, remarked.attempt.person, at=at)


def _is_marked(repair, remarked):
    """It was handed in, or marked again for another reason, since the key is right."""
    return remarked.before.key_versions.get(str(repair.question.key), 0) >= repair.right_version


def _keep(repair, remarked, change, marking=None):
    facts = {**facts_of(remarked, change), "marking": marking}
    RepairedAttempt.objects.update_or_create(repair=repair, attempt=remarked.attempt, defaults=facts)


def _finish(repair, *, actor, at):
    # Foreseen, and no longer so: another answer came to count meanwhile, or the attempt was made void.
    gone = repair.rows.filter(marking=None)
    person = actor and actor.person
    (gone.exclude(attempt__person__in=same_as(person.counts_as)) if person else gone).delete()
    marked = repair.rows.exclude(marking=None).order_by()
    counted = dict(marked.values_list("change").annotate(n=Count("pk")))
    facts = {"meaning": repair.meaning, "version": repair.right_version, "attempts": repair.done, **counted}
    log.record("question.repair_done", repair.question, actor=actor, at=at, **facts)


@transaction.atomic
def mark_left(row, *, actor, at):
    """Mark the attempt of whoever put the key right, which waits for another person. Raises NotYours."""
    locked = Attempt.objects.select_for_update(of=("self",)).select_related(
        "quiz_edition", "enrolment", "person"
    )
    attempt = locked.get(pk=row.attempt_id)
    row = (
        RepairedAttempt.objects.select_for_update(of=("self",))
        .select_related("repair__question")
        .get(pk=row.pk)
    )
    if row.marking_id is not None or not row.repair.is_done or is_oneself(actor, attempt.person):
        raise NotYours
    _mark(row.repair, remarking.remark([attempt]), actor=actor, at=at)
    # Where it was marked again for another reason meanwhile, there is nothing to wait for.
    RepairedAttempt.objects.filter(pk=row.pk, marking=None).delete()
