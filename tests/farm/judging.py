"""The ledger against the database. Pure: what was acknowledged and what is there in, the counts out."""

from collections import Counter, namedtuple

Judged = namedtuple("Judged", "acknowledged lost changed doubled strange uncounted")


def judge(kept, sent, rows, counting):
    """`kept`: [Kept]; `sent`: every name that was ever sent; `rows`: [(name, attempt, n, option)] of the
    log; `counting`: {(attempt, n): option}. All names and keys are strings.

    `lost`: acknowledged, not there. `changed`: there with another content. `doubled`: one more time than
    once. `strange`: there, and nobody sent it. `uncounted`: the last choice is not what counts.
    """
    there = {}
    for name, *content in rows:
        there.setdefault(name, []).append(tuple(content))
    often = Counter(name for name, *_content in rows)
    return Judged(
        acknowledged=len(kept),
        lost=sum(one.name not in there for one in kept),
        changed=sum(
            one.name in there and (one.attempt, one.n, one.option) not in there[one.name] for one in kept
        ),
        doubled=sum(count - 1 for count in often.values()),
        strange=sum(name not in sent for name in there),
        uncounted=sum(one.last and counting.get((one.attempt, one.n)) != one.option for one in kept),
    )


def is_good(judged):
    return judged.acknowledged > 0 and not any(judged[1:])
