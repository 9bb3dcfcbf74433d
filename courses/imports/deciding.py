"""Somebody says who a row is, where the record alone cannot tell."""

from django.db import transaction

from courses.choices import ImportDecision, ImportOutcome, ImportState
from courses.imports.kinds import kind_of
from courses.imports.models import ImportJob
from courses.imports.refusing import NotNow
from courses.people.models import Person

AT_ONCE = 200


@transaction.atomic
def decide(job, answers):
    """Keep what was decided: {row number: (decision, key of a person or None)}. Returns how many.

    Somebody who was not offered cannot be chosen. Raises NotNow once the import was confirmed.
    """
    job = _open(job)
    rows = job.rows.filter(n__in=answers, outcome=ImportOutcome.DECIDE)
    return _keep(job, rows, lambda row: answers[row.n])


@transaction.atomic
def decide_the_rest(job, decision):
    """One decision for all rows that have none. "Same" is for rows where one person is offered."""
    job, decided, after = _open(job), 0, 0
    while True:
        rest = job.rows.filter(outcome=ImportOutcome.DECIDE, decision="", n__gt=after).order_by("n")[:AT_ONCE]
        rows = list(rest)
        if not rows:
            return decided
        decided += _keep(job, rows, lambda row: (decision, row.offered[0] if len(row.offered) == 1 else None))
        after = rows[-1].n


def _open(job):
    job = ImportJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if job.state != ImportState.CHECKED:
        raise NotNow
    return job


def _keep(job, rows, answer_of):
    rows = list(rows)
    wanted = {answer_of(row)[1] for row in rows} - {None}
    people = Person.objects.select_related("agency__sector", "post", "sector", "user").in_bulk(wanted)
    kind, kept = kind_of(job.kind), []
    for row in rows:
        decision, pk = answer_of(row)
        if decision == ImportDecision.SAME and (pk not in row.offered or pk not in people):
            continue
        row.job = job
        row.decision = decision
        row.person = people[pk] if decision == ImportDecision.SAME else None
        kind.look_again(row)
        kept.append(row)
    job.rows.bulk_update(kept, ["decision", "person", "changes", "notes"], batch_size=AT_ONCE)
    return len(kept)
