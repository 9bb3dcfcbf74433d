"""How long people took for a question, as far as the log of answers allows. Pure.

Nobody's clock stands beside a question. What is known is when answers were given: so the time for a question
is from the answer before it (of the first, from the beginning of the attempt) to its own first answer. Whoever
reads several questions and then answers them gives too little for some and too much for another; a median over
many people bears that, one figure does not. Not known are: paper, what came in one go, and long pauses.
"""

SHORTEST = 1
LONGEST = 30 * 60


def seconds_of(began_at, given):
    """{item: whole seconds} where known. `given` are (moment, item), every answer of one attempt."""
    found, seen, before = {}, set(), began_at
    for moment, item in sorted(given, key=lambda one: one[0]):
        if item not in seen and before is not None:
            spent = int((moment - before).total_seconds())
            if SHORTEST <= spent <= LONGEST:
                found[item] = spent
        seen.add(item)
        before = moment
    return found
