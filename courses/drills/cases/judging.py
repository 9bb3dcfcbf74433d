"""Judging a longer text by its rubric: one's own, and then perhaps the facilitator."""

from django.db import transaction

from courses.audit.log import record
from courses.drills.cases import refusing
from courses.drills.cases.models import CaseJudgement, CaseRun
from courses.drills.cases.refusing import CaseRefused
from courses.drills.cases.scoring import LONG


@transaction.atomic
def judge(run, field, met, *, uuid, is_own, actor, at):
    """Keep which lines of the rubric the text meets. The same uuid twice is one.

    Raises CaseRefused, CaseRun.DoesNotExist for the name of another one, and KeyError for what is no longer
    text of the form.
    """
    run = CaseRun.objects.select_for_update(of=("self",)).select_related("edition").get(pk=run.pk)
    found = CaseJudgement.objects.filter(uuid=uuid).first()
    if found is not None:
        if (found.run_id, found.field) != (run.pk, field):
            raise CaseRun.DoesNotExist
        return found
    if run.is_open:
        raise CaseRefused(refusing.NOT_HANDED_IN)
    rubric = run.edition.key[field]["rubric"]
    kept = CaseJudgement.objects.create(
        uuid=uuid,
        run=run,
        field=field,
        met=[line["id"] for line in rubric if line["id"] in set(met)],
        is_own=is_own,
        actor=str(actor),
        at=at,
    )
    if not is_own:
        record("case.text confirmed", run, actor=actor, at=at, met=len(kept.met), of=len(rubric))
    return kept


def judgements_of(run):
    """{(field, whether it is one's own): the CaseJudgement that counts}."""
    return {(one.field, one.is_own): one for one in run.judgements.all()}


def long_fields(run):
    return [field for field in run.edition.fields if field["kind"] == LONG]
