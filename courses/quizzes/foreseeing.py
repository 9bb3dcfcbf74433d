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


def preview(question, meaning, key):
    """Yield a Remarked for every attempt handed in that was asked the question with this meaning, as this key
    would have it. Writes nothing, and holds one batch at a time."""
    asked = rekeying.asked_as(question, meaning)
    instead = {(one.pk, its_meaning): key for one, its_meaning in asked}
    cursor = 0
    while batch := batch_after(asked, cursor):
        cursor = batch[-1].pk
        yield from remarking.remark(batch, instead)


def items_of(asked):
    wanted = Q()
    for question, meaning in asked:
        wanted |= Q(question=question, meaning=meaning)
    editions = QuestionEdition.objects.filter(wanted).order_by().values_list("pk", flat=True)
    return AttemptItem.objects.filter(question_edition__in=list(editions))


def batch_after(asked, cursor, lock=False):
    """The next attempts that were handed in, in the order of their keys."""
    items = items_of(asked).filter(attempt__gt=cursor, attempt__state=AttemptState.SUBMITTED)
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


@transaction.atomic
def work_out(repair_id):
    """Keep what a proposed key would change. Running it twice works it out once."""
    repair = KeyRepair.objects.select_for_update(of=("self",)).select_related("question").get(pk=repair_id)
    if repair.state != RepairState.WORKING_OUT:
        return
    rows, concerned = [], 0
    for remarked in preview(repair.question, repair.meaning, repair.key):
        concerned += 1
        change = change_of(remarked)
        if change:
            rows.append(RepairedAttempt(repair=repair, attempt=remarked.attempt, **facts_of(remarked, change)))
        if len(rows) >= BATCH:
            RepairedAttempt.objects.bulk_create(rows)
            rows = []
    RepairedAttempt.objects.bulk_create(rows)
    repair.state, repair.concerned = RepairState.PROPOSED, concerned
    repair.save(update_fields=["state", "concerned"])
    repair_worked_out.send(KeyRepair, repair=repair)


def facts_of(remarked, change):
    return {
        "change": change,
        "was_score": remarked.before.score,
        "was_passed": remarked.before.passed,
        "score": remarked.result.score,
        "would_pass": remarked.result.passed,
    }
