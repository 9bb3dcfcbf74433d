"""What the office does with a whole workshop: open it, cancel it, take it up again, copy it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from courses.audit import log
from courses.choices import WorkshopState
from courses.workshops import calendars, telling
from courses.workshops.models import Material, Session, Workshop

MAY_BE_CANCELLED = [WorkshopState.PLANNED, WorkshopState.OPEN]
# What a copy takes over. Who came, what was counted and what was printed stay with the old one.
COPIED = [
    "kind", "title", "topic", "course", "same_event", "venue", "district", "guests", "funder", "partner",
    "capacity", "self_registration", "grace_minutes", "required_share", "required_mark", "pretest_key",
    "posttest_key",
]  # fmt: skip


class NotPossible(Exception):
    """`code` is "state" (it stands elsewhere by now) or "sessions" (it has no day yet)."""

    def __init__(self, code):
        self.code = code
        super().__init__(code)


def _locked(workshop, states):
    found = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if found.state not in states:
        raise NotPossible("state")
    return found


@transaction.atomic
def open_registration(workshop, *, actor, at):
    """From now on people see it and may register. Raises NotPossible."""
    workshop = _locked(workshop, [WorkshopState.PLANNED])
    if not workshop.sessions.exists():
        raise NotPossible("sessions")
    workshop.state = WorkshopState.OPEN
    workshop.save(update_fields=["state"])
    log.record("workshop opened", workshop, actor=actor, at=at)


@transaction.atomic
def cancel_workshop(workshop, reason, *, actor, at):
    """It does not take place; whoever registered gets the reason by mail. Raises NotPossible."""
    workshop = _locked(workshop, MAY_BE_CANCELLED)
    workshop.state, workshop.cancelled_because = WorkshopState.CANCELLED, reason
    workshop.changes += 1
    workshop.save(update_fields=["state", "cancelled_because", "changes"])
    log.record("workshop cancelled", workshop, actor=actor, at=at, reason=reason)
    telling.tell_everybody(workshop, "cancelled", at=at, method=calendars.CANCEL, reason=reason)


@transaction.atomic
def take_up_again(workshop, *, actor, at):
    """A cancelled one is planned again; whoever was registered still is, and is told. Raises NotPossible."""
    workshop = _locked(workshop, [WorkshopState.CANCELLED])
    workshop.state, workshop.cancelled_because = WorkshopState.PLANNED, ""
    workshop.changes += 1
    workshop.save(update_fields=["state", "cancelled_because", "changes"])
    log.record("workshop taken up again", workshop, actor=actor, at=at)
    telling.tell_everybody(workshop, "resumed", at=at)


@transaction.atomic
def copy_workshop(workshop, first_day, *, actor, at):
    """The same workshop once more, planned, with its first session on `first_day`. Nobody is registered."""
    new = Workshop.objects.create(**{name: getattr(workshop, name) for name in COPIED})
    sessions = list(workshop.sessions.order_by("starts_at", "id"))
    if sessions:
        shift = first_day - timezone.localdate(sessions[0].starts_at)
        Session.objects.bulk_create(
            Session(
                workshop=new,
                title=one.title,
                minutes=one.minutes,
                starts_at=_shifted(one.starts_at, shift),
                ends_at=_shifted(one.ends_at, shift),
            )
            for one in sessions
        )
    Material.objects.bulk_create(
        Material(workshop=new, document_id=one.document_id) for one in workshop.materials.all()
    )
    new.facilitators.set(workshop.facilitators.all())
    new.agencies.set(workshop.agencies.all())
    new.save()
    log.record("workshop copied", new, actor=actor, at=at, copy_of=workshop.pk)
    return new


def _shifted(moment, shift):
    """The same time of the clock, so many days later."""
    local = timezone.localtime(moment)
    moved = datetime.combine(local.date() + timedelta(days=shift.days), local.time())
    return timezone.make_aware(moved)
