"""What was learnt of each objective: the share of its questions that each person had right, before and after.

Added up in the database: what comes here are counts, however many answers there were.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from django.core.exceptions import EmptyResultSet
from django.db import connection

from lms.reports.learning.gain import FEW, Learnt, learnt, mean_share
from lms.reports.learning.pairs import tested

QUERY = (Path(__file__).parent / "objectives.sql").read_text()
# Whether the item was wholly right, by the marking that counts: its details stand in the order of the items.
RIGHT = {
    "sqlite": "json_extract(m.details, '$.items[' || (i.n - 1) || '].fraction') = 1",
    "postgresql": "CAST(m.details -> 'items' -> (i.n - 1) ->> 'fraction' AS numeric) = 1",
}
COLUMNS = ("pk", "owner_id", "at", "first_id", "second_id")


@dataclass
class Objective:
    """`pairs`: {(share before, share after), of 100: how many people} of those asked in both tests."""

    text: str
    module: str = ""
    pairs: Counter = field(default_factory=Counter)
    asked_before: int = 0
    asked_after: int = 0

    @property
    def learnt(self) -> Learnt:
        return learnt(self.pairs)

    @property
    def n(self):
        return self.pairs.total()

    @property
    def is_shown(self):
        return self.n >= FEW

    @property
    def in_one_test(self):
        """ "before" or "after" where nobody was asked in both; else ""."""
        if self.pairs:
            return ""
        return "before" if self.asked_before else "after"

    @property
    def before(self):
        """The mean of people's shares."""
        return mean_share(self.pairs, 0)

    @property
    def after(self):
        return mean_share(self.pairs, 1)


def read(scope):
    """[Objective, ...] in the order of the modules. One query."""
    found = defaultdict(lambda: Objective(""))
    for text, module, right_before, of_before, right_after, of_after, people in _counted(scope):
        one = found[text]
        one.text, one.module = text, min(filter(None, [one.module, module]), default="")
        one.asked_before += people if of_before else 0
        one.asked_after += people if of_after else 0
        if of_before and of_after:
            pair = (Fraction(100 * right_before, of_before), Fraction(100 * right_after, of_after))
            one.pairs[pair] += people
    return sorted(found.values(), key=lambda one: (one.module == "", one.module, one.text))


def _counted(scope):
    rows = tested(scope).order_by().values_list(*COLUMNS)
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(QUERY.format(tested=sql, right=RIGHT[connection.vendor]), values)
        return cursor.fetchall()
