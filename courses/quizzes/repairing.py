"""Putting a wrong key right: what it would change, the new key, and every answer marked again by it.

Nothing is taken from anybody by it: a pass that was given stands (`attempts.further`), unless somebody decides
otherwise for that one person (`take_back`).
"""

from django.db import transaction
from django.db.models import Count

from courses.audit import log
from courses.choices import AttemptState, RepairChange, RepairState
from courses.people.roles import is_oneself
from courses.questions.models import Question, QuestionKey
from courses.quizzes import rekeying, repair_letters, repair_tasks
from courses.quizzes.foreseeing import items_of, work_out
from courses.quizzes.models import Attempt, Marking
from courses.quizzes.repairs import KeyRepair, PassTakenBack, RepairedAttempt
from courses.signals import pass_taken_back

__all__ = ["RepairRefused", "confirm", "drop", "propose", "take_back"]

# So many are worked out while somebody waits; more of them by the worker.
AT_ONCE = 200


class RepairRefused(Exception):
    """Nothing changed: somebody else did it, or changed the key, meanwhile; or it is one's own."""


@transaction.atomic
def propose(question, meaning, key, *, reason, actor, at):
    """Another key, to be looked at before it is confirmed. What it would change is worked out, at once or by
    the worker. Raises RepairRefused where it is the key already, or the question is written elsewhere."""
    now = question.latest_key(meaning)
    if now is None or now.key == key or rekeying.is_reused(question):
        raise RepairRefused
    repair = KeyRepair.objects.create(
        question=question,
        meaning=meaning,
        wrong_version=now.version,
        key=key,
        reason=reason,
        author=str(actor or log.SYSTEM),
        created_at=at,
        concerned=items_of(rekeying.asked_as(question, meaning))
        .filter(attempt__state=AttemptState.SUBMITTED)
        .aggregate(n=Count("attempt", distinct=True))["n"],
    )
    if repair.concerned > AT_ONCE:
        repair_tasks.work_out_repair.enqueue(repair.pk)
    else:
        work_out(repair.pk)
    return KeyRepair.objects.get(pk=repair.pk)


@transaction.atomic
def drop(repair_uuid, *, at):
    """Leave the key as it is. Nothing was marked."""
    repair = KeyRepair.objects.select_for_update().get(uuid=repair_uuid)
    if repair.state not in (RepairState.PROPOSED, RepairState.WORKING_OUT):
        raise RepairRefused
    repair.state, repair.done_at = RepairState.DROPPED, at
    repair.save(update_fields=["state", "done_at"])
    return repair


@transaction.atomic
def confirm(repair_uuid, *, actor, at):
    """Set the key, say it where the question is written, and mark again whoever was asked. A second time it
    changes nothing. Raises RepairRefused where the key is another one than was looked at."""
    repair = KeyRepair.objects.select_for_update(of=("self",)).select_related("question").get(uuid=repair_uuid)
    if repair.state in (RepairState.RUNNING, RepairState.DONE):
        return repair
    if repair.state != RepairState.PROPOSED:
        raise RepairRefused
    asked = rekeying.asked_as(repair.question, repair.meaning)
    list(Question.objects.select_for_update().filter(pk__in=[one.pk for one, _m in asked]).order_by("pk"))
    if repair.question.latest_key(repair.meaning).version != repair.wrong_version:
        raise RepairRefused
    # Whoever hands in at this moment is waited for, and found below; who comes after reads the new key.
    open_ones = items_of(asked).filter(attempt__state__in=[AttemptState.OPEN, AttemptState.PREPARED])
    waited = Attempt.objects.select_for_update().filter(pk__in=open_ones.values("attempt_id"))
    list(waited.order_by("pk").values_list("pk"))
    kind = repair.question.editions.filter(meaning=repair.meaning).first().kind
    for question, meaning in asked:
        version = _set_key(question, meaning, kind, repair, actor=actor, at=at)
        if question.pk == repair.question_id:
            repair.right_version = version
    rekeying.write_key(repair.question, kind, repair.key)
    repair.state, repair.confirmed_at = RepairState.RUNNING, at
    repair.confirmed_by, repair.confirmed_by_id = str(actor or log.SYSTEM), getattr(actor, "pk", None)
    repair.save()
    # In the transaction: the queue is a table.
    repair_tasks.run_repair.enqueue(repair.pk)
    return repair


def _set_key(question, meaning, kind, repair, *, actor, at):
    before = question.latest_key(meaning)
    written = rekeying.still_written(kind, before)
    new = QuestionKey.objects.create(
        question=question,
        meaning=meaning,
        version=before.version + 1,
        key=repair.key,
        feedback=before.feedback,
        written=None if written == repair.key else written,
    )
    facts = {"meaning": meaning, "version": new.version, "reason": repair.reason, "repair": str(repair.uuid)}
    log.record("question.key_repaired", question, actor=actor, at=at, **facts)
    return new.version


@transaction.atomic
def take_back(row_id, *, reason, actor, at):
    """Decide that one pass that stood after a repair stands no more. Once, for good, never about one's own.

    It is marked once more as not passed, the person hears of it, and whatever rests on it hears too. Returns
    the PassTakenBack. Raises RepairRefused.
    """
    found = RepairedAttempt.objects.filter(pk=row_id, change=RepairChange.STANDS, taken_back=None)
    attempt_id = found.exclude(marking=None).values_list("attempt_id", flat=True).first()
    # The lock of every answer and marking of this attempt.
    locked = Attempt.objects.select_for_update(of=("self",)).select_related("person", "enrolment")
    attempt = locked.filter(pk=attempt_id, state=AttemptState.SUBMITTED).first()
    row = attempt and found.filter(attempt=attempt).first()
    before = attempt and attempt.latest_marking()
    if row is None or is_oneself(actor, attempt.person) or not (before.passed and "stands" in before.details):
        raise RepairRefused
    details = {name: value for name, value in before.details.items() if name != "stands"}
    Marking.objects.create(
        attempt=attempt,
        n=before.n + 1,
        at=at,
        key_versions=before.key_versions,
        score=before.score,
        passed=False,
        details={**details, "taken_back": reason},
        actor=str(actor or log.SYSTEM),
    )
    taken = PassTakenBack.objects.create(
        row=row, attempt=attempt, reason=reason, actor=str(actor or log.SYSTEM), at=at
    )
    facts = {"quiz": str(attempt.quiz_key), "score": before.score, "reason": reason}
    log.record("attempt.pass taken back", attempt, actor=actor, at=at, **facts)
    pass_taken_back.send(Attempt, attempt=attempt, reason=reason, actor=actor, at=at)
    repair_letters.tell_taken_back(row, attempt.person, at=at)
    return taken
