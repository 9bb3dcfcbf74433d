"""Attempts whose time is over and whose people did not come back: handed in as they stand."""

import logging

from courses.quizzes import attempts
from courses.quizzes.models import Attempt

logger = logging.getLogger(__name__)


def close_overdue_attempts(*, at):
    """Each in its own transaction: one that fails stops no other. Returns (closed, failed).

    It waits for the grace of answers on their way. Again, or while people hand in, it does no harm.
    """
    closed = failed = 0
    overdue = Attempt.objects.overdue(at).order_by("deadline", "pk")
    for uuid in list(overdue.values_list("uuid", flat=True)):
        try:
            closed += attempts.time_out(uuid, at=at)
        except Exception:
            logger.exception("Closing the attempt %s failed", uuid)
            failed += 1
    return closed, failed
