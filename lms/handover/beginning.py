"""A hand-over is begun, changed, and given up."""

from django.db import IntegrityError, transaction

from courses.audit import log
from courses.enrolment import inviting
from courses.people.models import Person, User
from courses.people.roles import DESK_ROLES, is_oneself
from lms.handover.models import Handover
from lms.handover.refusing import HandoverRefused


@transaction.atomic
def begin(goes, *, comes=None, address="", full_name="", both_until, stays_trainee=False, actor, at):
    """Begin to hand over from `goes` to `comes`, or to somebody new who is invited at `address`.

    Raises HandoverRefused, and NotInvited where the invitation cannot be sent.
    """
    goes = Person.objects.select_for_update(of=("self",)).get(pk=goes.pk)
    user = User.objects.filter(person=goes).first()
    if user is None or user.role not in DESK_ROLES:
        raise HandoverRefused("not_desk")
    if comes is not None and (comes.pk == goes.pk or is_oneself(actor, comes)):
        raise HandoverRefused("oneself")
    handover = Handover(
        goes=goes,
        comes=comes,
        role=user.role,
        both_until=both_until,
        stays_trainee=stays_trainee,
        begun_at=at,
        begun_by=str(actor),
    )
    if comes is None:
        handover.invitation = inviting.invite(address, full_name, actor=actor, at=at)
    try:
        with transaction.atomic():
            handover.save()
    except IntegrityError:
        raise HandoverRefused("begun") from None
    log.record(
        "hand-over begun", handover, actor=actor, at=at, goes=goes.pk, comes=comes and comes.pk,
        both_until=both_until.isoformat(),
    )  # fmt: skip
    return handover


@transaction.atomic
def change_day(handover, both_until, *, stays_trainee, actor, at):
    """Another last day, or another fate of the old log-in. Raises HandoverRefused once it is over."""
    handover = locked(handover)
    was = handover.both_until
    handover.both_until, handover.stays_trainee, handover.stuck = both_until, stays_trainee, ""
    handover.save(update_fields=["both_until", "stays_trainee", "stuck"])
    log.record(
        "hand-over day changed", handover, actor=actor, at=at, was=was.isoformat(),
        both_until=both_until.isoformat(), stays_trainee=stays_trainee,
    )  # fmt: skip
    return handover


@transaction.atomic
def give_up(handover, *, actor, at):
    """Nothing that was given is taken back; an invitation that still waits is. Twice does nothing."""
    handover = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if not handover.is_open:
        return False
    if handover.finished_at is not None:
        raise HandoverRefused("finished")
    handover.given_up_at, handover.given_up_by = at, str(actor)
    handover.save(update_fields=["given_up_at", "given_up_by"])
    log.record("hand-over given up", handover, actor=actor, at=at)
    if handover.invitation is not None:
        inviting.withdraw(handover.invitation, actor=actor, at=at)
    return True


def locked(handover, *, finished=None):
    """The row for a change, alone. Raises HandoverRefused where it is over, or `finished` is not so."""
    handover = Handover.objects.with_people().select_for_update(of=("self",)).get(pk=handover.pk)
    if not handover.is_open:
        raise HandoverRefused("over")
    if finished is False and handover.finished_at is not None:
        raise HandoverRefused("finished")
    return handover
