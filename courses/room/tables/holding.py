"""Holding a table-top exercise at a workshop, and entering afterwards what its tables wrote down."""

from django.db import transaction

from courses.audit.log import record
from courses.choices import WorkshopState
from courses.drills.scenarios.marking import details_of
from courses.drills.tabletop import scoring
from courses.drills.tabletop.publishing import publish_edition
from courses.drills.tabletop.refusing import (
    CLOSED,
    ENTERED,
    HAS_RESULTS,
    INCOMPLETE,
    NO_TABLE,
    TableTopRefused,
)
from courses.room.tables.models import MOST_TABLES, TableResult, TableTopHeld
from courses.workshops.models import Workshop


@transaction.atomic
def hold(workshop, table_top, *, actor, at):
    """The exercise at this workshop, fixed as it is now, so that it can be printed. Asked for twice it is the
    same. Raises TableTopRefused."""
    workshop = _open(workshop)
    edition = publish_edition(table_top, actor=actor, at=at)
    held, is_new = TableTopHeld.objects.get_or_create(
        workshop=workshop, edition=edition, defaults={"created_at": at}
    )
    if is_new:
        record("table_top.planned", held, actor=actor, at=at, workshop=workshop.pk, title=edition.title)
    return held


@transaction.atomic
def drop(held, *, actor, at):
    """It is not held after all. Raises TableTopRefused once a table is entered."""
    _open(held.workshop)
    if held.results.exists():
        raise TableTopRefused(HAS_RESULTS)
    record("table_top.dropped", held, actor=actor, at=at, workshop=held.workshop_id, title=held.edition.title)
    held.delete()


@transaction.atomic
def enter(held, table, log, *, absent, marks, actor, at, reason=""):
    """Keep what a table came to. Returns the TableResult.

    `log`: its joint decisions, [(situation, choice), ...]; `absent`: names of agencies that nobody played;
    `marks`: {duty id: one of scoring.MARKS} of exactly the duties that the table came to. What was entered
    before stays on record, and a `reason` says why this one counts instead. Raises TableTopRefused.
    """
    _open(held.workshop)
    if not 1 <= table <= MOST_TABLES:
        raise TableTopRefused(NO_TABLE)
    before = held.results.filter(table=table).order_by("-n").first()
    if before is not None and not reason:
        raise TableTopRefused(ENTERED)
    content = held.edition.content
    scored = scoring.score(content, log, absent)
    if set(marks) != set(scored.asked) or not set(marks.values()) <= set(scoring.MARKS):
        raise TableTopRefused(INCOMPLETE)
    result = TableResult.objects.create(
        held=held,
        table=table,
        n=before.n + 1 if before else 1,
        at=at,
        way=[list(one) for one in log],
        absent=[one["agency"] for one in content["roles"] if one["agency"] in set(absent)],
        marks=marks,
        details=details_of(scored.decisions, scored.ending),
    )
    record(
        "table_top.entered",
        held,
        actor=actor,
        at=at,
        workshop=held.workshop_id,
        table=table,
        n=result.n,
        **({"reason": reason} if reason else {}),
    )
    return result


def is_open(workshop):
    """Cards are printed before a workshop is open, and sheets entered until it is closed."""
    return workshop.state in (WorkshopState.PLANNED, WorkshopState.OPEN)


def _open(workshop):
    """The workshop, locked: two who enter the same table at once do so one after the other."""
    workshop = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    if not is_open(workshop):
        raise TableTopRefused(CLOSED)
    return workshop
