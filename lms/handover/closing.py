"""The old access is closed: at once, or by the timer after the last day."""

from django.db import transaction

from courses.audit import log
from courses.choices import Role
from courses.people.guard import lacks_second_step
from courses.people.roles import DESK_ROLES, has_role, is_oneself, may_sign_in
from courses.people.switching_off import NobodyLeft, switch_off
from lms.handover.beginning import locked
from lms.handover.models import Handover
from lms.handover.refusing import HandoverRefused

NOBODY = {Role.ADMINISTRATOR: "no_administrator", Role.FOCAL_POINT: "no_focal_point"}


@transaction.atomic
def close_access(handover, *, actor, at):
    """Close the log-in of who goes. `actor`: None is the timer. Raises HandoverRefused."""
    handover = locked(handover)
    if handover.finished_at is None:
        raise HandoverRefused("rights" if handover.rights_at is None else "open")
    check_next(handover, actor)
    try:
        switch_off(handover.login_of_who_goes(), stays_trainee=handover.stays_trainee, actor=actor, at=at)
    except NobodyLeft as refused:
        raise HandoverRefused(NOBODY[refused.role]) from None
    handover.closed_at, handover.stuck = at, ""
    handover.save(update_fields=["closed_at", "stuck"])
    log.record("hand-over closed", handover, actor=actor, at=at)
    return handover


def check_next(handover, actor):
    """The one who comes can work today, and is not the one who decides it. Raises HandoverRefused."""
    if is_oneself(actor, handover.comes):
        raise HandoverRefused("oneself")
    user = handover.comes.user
    if not may_sign_in(user):
        raise HandoverRefused("cannot_sign_in")
    if not has_role(user, DESK_ROLES):
        raise HandoverRefused("rights")
    if lacks_second_step(user):
        raise HandoverRefused("second_step")


def close_due(*, at, day):
    """Close what is due, each by itself. Returns [(Handover, the code of a refusal or "")]."""
    return [(handover, _close_one(handover, at)) for handover in Handover.objects.with_people().due(day)]


def _close_one(handover, at):
    try:
        close_access(handover, actor=None, at=at)
    except HandoverRefused as refused:
        _note(handover, refused.code, at)
        return refused.code
    return ""


@transaction.atomic
def _note(handover, code, at):
    """Once for each reason: the timer comes every ten minutes."""
    if Handover.objects.open().filter(pk=handover.pk).exclude(stuck=code).update(stuck=code):
        log.record("hand-over not closed", handover, actor=None, at=at, because=code)
