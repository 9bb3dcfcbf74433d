"""What is open is taken over by name, kind by kind."""

from django.db import transaction

from courses.audit import log
from lms.handover import matters
from lms.handover.beginning import locked
from lms.handover.models import HandoverTaken
from lms.handover.refusing import HandoverRefused


@transaction.atomic
def take_over(handover, keys, *, actor, at):
    """The one who comes takes over these kinds of open matters; where the old name stood, the new one stands.

    Returns [HandoverTaken]. Raises HandoverRefused: before the rights are given nobody can see to them.
    """
    handover = locked(handover, finished=False)
    if handover.rights_at is None:
        raise HandoverRefused("rights")
    return [_take(handover, matter, actor, at) for matter in matters.MATTERS if matter.key in keys]


def _take(handover, matter, actor, at):
    goes, comes = handover.goes, handover.comes
    # As it stood before anything is renamed.
    found = matters.look([matter], goes, at=at)[0]
    renamed = 0
    if matter.rename is not None:
        renamed = sum(matter.rename(row, goes, comes) for row in list(matter.rows(goes, at)))
    taken = HandoverTaken.objects.create(
        handover=handover,
        kind=matter.key,
        count=found.count,
        items=[str(words) for words, _url in found.lines],
        renamed=renamed,
        by=str(actor),
        at=at,
    )
    log.record(
        "hand-over matter taken",
        handover,
        actor=actor,
        at=at,
        kind=matter.key,
        count=found.count,
        renamed=renamed,
    )
    return taken


def taken_of(handover):
    """{kind: HandoverTaken} of what was taken over, the newest of each."""
    return {taken.kind: taken for taken in handover.taken.all()}


def not_taken(handover, *, at):
    """[Found] of what is open now and was never taken over. Later arrivals of a kind belong to the new name."""
    taken = set(taken_of(handover))
    return [found for found in matters.open_matters(handover.goes, at=at) if found.matter.key not in taken]
