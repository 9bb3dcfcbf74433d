"""The marks before and after, as many had each: of the two tests of workshops.

Who had which is not kept: a pack says what people learnt, and of nobody what they knew.
"""

from collections import Counter

from courses.room import figures

# Of fewer people no mark leaves the room.
FEW = 5


def score_rows(workshops):
    """Rows of "scores" for `recounting`: of everybody with both tests at one of these workshops.

    Where fewer than FEW have both, none.
    """
    before = figures.test_scores(workshops, figures.BEFORE)
    after = figures.test_scores(workshops, figures.AFTER)
    both = [one for one in before if one in after]
    if len(both) < FEW:
        return []
    found = []
    for when, scores in (("before", before), ("after", after)):
        counted = Counter(_plain(scores[one]) for one in both)
        found += [
            {"row": "scores", "when": when, "score": score, "n": n} for score, n in sorted(counted.items())
        ]
    return found


def _plain(score):
    score = round(float(score), 1)
    return int(score) if score == int(score) else score
