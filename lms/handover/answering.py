"""What no table knows: who can open the backups, and what lies in drawers and other systems."""

from django.db import transaction

from courses.audit import log
from lms.handover.beginning import locked


@transaction.atomic
def answer(handover, *, key_holder, outside, actor, at):
    """Keep the answers. The words stay out of the audit log; the record has them. Raises HandoverRefused."""
    handover = locked(handover, finished=False)
    handover.key_holder, handover.outside = key_holder, outside
    handover.answered_at, handover.answered_by = at, str(actor)
    handover.save(update_fields=["key_holder", "outside", "answered_at", "answered_by"])
    log.record("hand-over questions answered", handover, actor=actor, at=at)
    return handover
