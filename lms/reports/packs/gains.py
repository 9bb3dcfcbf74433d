"""What was learnt, as a pack freezes it: who has both tests, and the medians of many.

Whose mark is which is not kept, nor how often each mark was had: from two packs that differ by one person,
that person's mark could be told. The figures are those of the learning page.
"""

from collections import Counter, defaultdict
from itertools import groupby
from operator import attrgetter

from lms.reports.figures.training import COMPLETION, WORKSHOP
from lms.reports.learning import pairs
from lms.reports.learning.gain import learnt


def tested_rows(scope, row_of):
    """Rows of "tested", then of "learnt", for `recounting`. `row_of(tested)`: the facts of the person there.

    In each group everybody counts once, with the first of their pairs: the groups are all workshops, and
    each course on line by its title.
    """
    found = pairs.tested(scope).select_related("owner").order_by("owner", "at", "pk")
    marks = defaultdict(Counter)
    for _owner, theirs in groupby(found.iterator(chunk_size=pairs.AT_ONCE), attrgetter("owner_id")):
        seen = set()
        for one in theirs:
            group = (WORKSHOP, "") if one.kind == WORKSHOP else (COMPLETION, one.title)
            if group not in seen:
                seen.add(group)
                marks[group][one.before, one.after] += 1
            yield row_of(one)
    for (kind, title), counted in sorted(marks.items()):
        of_all = learnt(counted)
        if of_all.is_judged:
            yield {
                "row": "learnt",
                "kind": kind,
                "title": title,
                "n": of_all.n,
                "before": _plain(of_all.before),
                "after": _plain(of_all.after),
            }


def _plain(score):
    return int(score) if score == int(score) else score
