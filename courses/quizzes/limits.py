"""How often a test may be taken, when, and for how long: what it promises, with what somebody was
granted. Pure.

`policy` is that of an edition; older ones lack the newer names. `grants` are (kind, when), `extra` are
(per cent, minutes) with one of the two None.
"""

from datetime import datetime, timedelta

ATTEMPT, NO_WAIT = "attempt", "no_wait"
# For an answer that was on its way when the time ended; no more time to read.
GRACE = timedelta(seconds=60)
# For answers given off line before an enrolment ended.
AFTER_ENDING = timedelta(days=14)


def any_for(policy):
    """Whether a grant could change anything."""
    return bool(policy.get("attempts_allowed") or policy.get("wait_minutes"))


def allowed(policy, grants=()):
    """How many attempts in this cycle; None: as many as people need."""
    promised = policy.get("attempts_allowed")
    return promised + sum(kind == ATTEMPT for kind, _at in grants) if promised else None


def left(policy, used, grants=()):
    of = allowed(policy, grants)
    return None if of is None else max(0, of - used)


def next_at(policy, last_at, grants=()):
    """When the next attempt may start, after one that ended at `last_at`. Who was let off waiting
    since then may start from then on."""
    waited = last_at + timedelta(minutes=policy.get("wait_minutes") or 0)
    return min([waited, *(at for kind, at in grants if kind == NO_WAIT and at > last_at)])


def opens_at(policy):
    return _moment(policy.get("opens_at"))


def closes_at(policy):
    return _moment(policy.get("closes_at"))


def minutes(policy):
    """How long an attempt may take, before any extra time; None: as long as people need."""
    return policy.get("time_limit_minutes") or None


def extra_minutes(limit, extra=()):
    """The most that was given, in whole minutes. Each says the extra time in all: they do not add up."""
    return max((of if of else -(-limit * per_cent // 100) for per_cent, of in extra), default=0)


def deadline(policy, started_at, extra=()):
    """When an attempt begun at `started_at` has to be handed in; None: whenever they are done."""
    limit = minutes(policy)
    return started_at + timedelta(minutes=limit + extra_minutes(limit, extra)) if limit else None


def is_over(deadline, at):
    """Whether the time has ended: nothing more is asked."""
    return deadline is not None and at > deadline


def is_late(deadline, at):
    """Whether an answer that arrives at `at` was not even on its way when the time ended."""
    return deadline is not None and at > deadline + GRACE


def _moment(text):
    return datetime.fromisoformat(text) if text else None
