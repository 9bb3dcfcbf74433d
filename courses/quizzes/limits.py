"""How often a test may be taken, and when: what it promises, with what somebody was granted. Pure.

`policy` is that of an edition; older ones lack the newer names. `grants` are (kind, when).
"""

from datetime import datetime, timedelta

ATTEMPT, NO_WAIT = "attempt", "no_wait"


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


def _moment(text):
    return datetime.fromisoformat(text) if text else None
