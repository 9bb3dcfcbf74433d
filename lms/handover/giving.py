"""The one who comes is given the role of the one who goes."""

from django.db import transaction

from courses.audit import log
from courses.people.roles import give_role, is_oneself, may_sign_in
from lms.handover.beginning import locked
from lms.handover.refusing import HandoverRefused


@transaction.atomic
def give_rights(handover, *, actor, at):
    """Give the role. Whoever is administrator stays so. Twice does nothing. Raises HandoverRefused."""
    handover = locked(handover, finished=False)
    person = handover.next_person
    if person is None:
        raise HandoverRefused("no_login")
    if person.pk == handover.goes_id or is_oneself(actor, person):
        raise HandoverRefused("oneself")
    if handover.rights_at is not None:
        return handover
    if not may_sign_in(person.user) or not person.is_approved:
        raise HandoverRefused("cannot_sign_in")
    if person.user.role != handover.next_role:
        give_role(person.user, handover.next_role, actor=actor, at=at)
    handover.comes, handover.rights_at, handover.rights_by = person, at, str(actor)
    handover.save(update_fields=["comes", "rights_at", "rights_by"])
    log.record("hand-over rights given", handover, actor=actor, at=at, comes=person.pk, role=person.user.role)
    return handover
