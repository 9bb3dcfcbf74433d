"""Which storm comes when: drawn from a seed, the same again for the same kinds. Pure."""

import random
from collections import namedtuple

from tests.faults.plan import Deck

# `calm`: seconds before it breaks out; `seconds`: how long it lasts, where it lasts; `minutes`: by which
# a clock jumps.
Storm = namedtuple("Storm", "kind calm seconds minutes")
CALM, LASTS, MINUTES = (1.0, 2.5), (2.0, 5.0), (20, 60)


class Plan:
    """An endless row of storms: each kind comes once before any comes again."""

    def __init__(self, seed, kinds, *, calm=CALM, lasts=LASTS):
        self.lot, self.deck = random.Random(f"storms {seed}"), Deck(f"storms {seed}", kinds)
        self.calm, self.lasts = calm, lasts

    def next(self):
        return Storm(
            self.deck.deal(lambda kind: True),
            self.lot.uniform(*self.calm),
            self.lot.uniform(*self.lasts),
            self.lot.randint(*MINUTES),
        )
