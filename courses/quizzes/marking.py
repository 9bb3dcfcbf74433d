"""The result of an attempt, from values to a value. Pure: neither django nor wagtail.

`items` have n, kind, body, topic and critical; `answers` and `keys` are {n: payload} and {n: key}.
"""

from collections import namedtuple
from fractions import Fraction

from courses.kinds import kind_of
from courses.kinds.answering import is_not_sure

Item = namedtuple("Item", "n kind body topic critical")
Result = namedtuple("Result", "score passed details")


def mark(items, answers, keys, policy):
    """Score of 100 rounded down (79.9 is not 80), passed or not, and what it rests on.

    One critical question not wholly right fails the attempt whatever the score. Where there
    is no pass mark, nothing can be failed.
    """
    fractions = {
        item.n: kind_of(item.kind).mark(item.body, keys[item.n], answers.get(item.n)) for item in items
    }
    points = sum(fractions.values(), Fraction(0))
    score = int(100 * points / len(items)) if items else 0
    critical_wrong = [item.n for item in items if item.critical and fractions[item.n] < 1]
    pass_mark = policy.get("pass_mark")
    passed = pass_mark is None or (score >= pass_mark and not critical_wrong)
    unsure = [item.n for item in items if is_not_sure(answers.get(item.n))]
    details = {
        "items": [
            {
                "n": item.n,
                "fraction": _number(fractions[item.n]),
                "answered": item.n in answers,
                "not_sure": item.n in unsure,
            }
            for item in items
        ],
        "topics": _topics(items, fractions),
        "critical_wrong": critical_wrong,
        "critical_topics": sorted({item.topic for item in items if item.n in critical_wrong}),
        "points": _number(points),
        "of": len(items),
        "not_sure": len(unsure),
    }
    return Result(score, passed, details)


def _topics(items, fractions):
    topics = {}
    for item in items:
        points, of = topics.get(item.topic, (Fraction(0), 0))
        topics[item.topic] = (points + fractions[item.n], of + 1)
    return {topic: [_number(points), of] for topic, (points, of) in topics.items()}


def _number(fraction):
    """Whole numbers stay whole; others keep four places, rounded down."""
    return int(fraction) if fraction.denominator == 1 else int(fraction * 10_000) / 10_000
