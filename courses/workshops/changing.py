"""When and where a workshop is, before and after an edit: who is registered hears of a change."""

from dataclasses import dataclass

from courses.audit import log
from courses.choices import WorkshopState
from courses.workshops import telling
from courses.workshops.models import Session, Workshop

TOLD = [WorkshopState.PLANNED, WorkshopState.OPEN]


@dataclass(frozen=True)
class Plan:
    """Sessions by key, and the place."""

    sessions: dict
    place: str

    @property
    def facts(self):
        return {pk: (one.starts_at, one.ends_at) for pk, one in self.sessions.items()}, self.place


def plan_of(pk):
    """As the database has it now."""
    sessions = Session.objects.filter(workshop_id=pk)
    return Plan({one.pk: one for one in sessions}, Workshop.objects.get(pk=pk).place)


def tell_of_change(pk, before, *, actor, at):
    """Compare with the Plan `before`; where it differs, count the change and write to those registered.

    Belongs in the transaction of the edit. Whether anything differed.
    """
    after = plan_of(pk)
    workshop = Workshop.objects.select_for_update().get(pk=pk)
    if before.facts == after.facts or workshop.state not in TOLD:
        return False
    workshop.changes += 1
    workshop.save(update_fields=["changes"])
    log.record("workshop moved", workshop, actor=actor, at=at)
    gone = [one for key, one in before.sessions.items() if key not in after.sessions]
    telling.tell_everybody(workshop, "changed", at=at, gone=gone)
    return True
