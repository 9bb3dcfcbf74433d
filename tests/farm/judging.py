"""The ledger against the database. Pure: what was acknowledged and what is there in, the counts out."""

from collections import namedtuple

from tests.ledger import compare

Judged = namedtuple("Judged", "acknowledged lost changed doubled strange uncounted")


def judge(kept, sent, rows, counting):
    """`kept`: [Kept]; `sent`: every name that was ever sent; `rows`: [(name, attempt, n, option)] of the
    log; `counting`: {(attempt, n): option}. All names and keys are strings.

    `lost`, `changed`, `doubled`, `strange`: as many as tests.ledger names. `uncounted`: the last choice is
    not what counts.
    """
    compared = compare(
        [(one.name, (one.attempt, one.n, one.option)) for one in kept],
        sent,
        [(name, tuple(content)) for name, *content in rows],
    )
    return Judged(
        acknowledged=compared.acknowledged,
        lost=len(compared.lost),
        changed=len(compared.changed),
        doubled=sum(compared.doubled.values()),
        strange=len(compared.strange),
        uncounted=sum(one.last and counting.get((one.attempt, one.n)) != one.option for one in kept),
    )


def is_good(judged):
    return judged.acknowledged > 0 and not any(judged[1:])
