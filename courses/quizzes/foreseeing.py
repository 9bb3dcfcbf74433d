"""What a right key would change for those who were asked the question. Nothing of the record is touched."""

from django.db import transaction
from django.db.models import Q

from courses.choices import AttemptState, RepairChange, RepairState
from courses.questions.models import QuestionEdition
from courses.quizzes import rekeying, remarking
from courses.quizzes.models import Attempt, AttemptItem
from courses.quizzes.repairs import KeyRepair, RepairedAttempt
from courses.signals import repair_worked_out

BATCH = 200


def items_of(asked):
    wanted = Q()
    for question, meaning in asked:
        wanted |= Q(question=question, meaning=meaning)
    editions = QuestionEdition.objects.filter(wanted).order_by().values_list("pk", flat=True)
    return AttemptItem.objects.filter(question_edition__in=list(editions))


def batch_after(asked, cursor, lock=False):
    """The next attempts that were handed in, in the order of their keys."""
    items = items_of(asked).filter(attempt__gt=cursor, attempt__state=AttemptState.SUBMITTED)
    items = items.filter(attempt__answers_erased_at=None)
    keys = list(items.order_by("attempt_id").values_list("attempt_id", flat=True)[:BATCH])
    rows = Attempt.objects.filter(pk__in=keys, state=AttemptState.SUBMITTED).order_by("pk")
    rows = rows.select_related("quiz_edition", "enrolment", "person")
    return list(rows.select_for_update(of=("self",)) if lock else rows)


def change_of(remarked):
    """The RepairChange of a Remarked, None where nothing changes."""
    before, result = remarked.before, remarked.result
    same_score = before.score == result.score
    if before.passed and not result.passed:
        # It may stand already, since an earlier repair.
        return None if same_score and "stands" in before.details else RepairChange.STANDS
    if result.passed and not before.passed:
        return RepairChange.GAINS
    return None if same_score else RepairChange.SCORE


def work_out(repair_id, batches=None):
    """Keep what a proposed key would change. Running it twice, or going on after a stop, works it out once.

    `batches`: no more than so many at once. Whether there is more to do.
    """
    left = batches
    while left != 0 and _work_out_batch(repair_id):
        left = left and left - 1
    return left == 0 or _propose(repair_id)


@transaction.atomic
def _work_out_batch(repair_id):
    """One batch, and how far it is. Whether there was one."""
    repair = _locked(repair_id)
    if repair.state != RepairState.WORKING_OUT:
        return False
    asked = rekeying.asked_as(repair.question, repair.meaning)
    batch = batch_after(asked, repair.cursor)
    if not batch:
        return False
    instead = {(one.pk, its_meaning): repair.key for one, its_meaning in asked}
    found = [(remarked, change_of(remarked)) for remarked in remarking.remark(batch, instead)]
    RepairedAttempt.objects.bulk_create(
        RepairedAttempt(repair=repair, attempt=remarked.attempt, **facts_of(remarked, change))
        for remarked, change in found
        if change
    )
    repair.cursor, repair.done = batch[-1].pk, repair.done + len(found)
    repair.save(update_fields=["cursor", "done"])
    return True


def _propose(repair_id):
    """All batches are done: it can be looked at, and confirmed. There is no more to do."""
    repair = KeyRepair.objects.get(pk=repair_id)
    if repair.state == RepairState.WORKING_OUT:
        # Before, and not in one transaction: of a hundred thousand it takes a while.
        repair_worked_out.send(KeyRepair, repair=repair)
    with transaction.atomic():
        repair = _locked(repair_id)
        if repair.state == RepairState.WORKING_OUT:
            # Marking counts from the beginning again.
            repair.state, repair.concerned = RepairState.PROPOSED, repair.done
            repair.cursor = repair.done = 0
            repair.save(update_fields=["state", "concerned", "cursor", "done"])
    return False


def _locked(repair_id):
    return KeyRepair.objects.select_for_update(of=("self",)).select_related("question").get(pk=repair_id)


def facts_of(remarked, change):
    return {
        "change": change,
        "was_score": remarked.before.score,
        "was_passed": remarked.before.passed,
        "score": remarked.result.score,
        "would_pass": remarked.result.passed,
    }
