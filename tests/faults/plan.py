"""Which fault meets which request: drawn from a seed, the same again for the same requests. Pure."""

import random
import re
from dataclasses import dataclass

# The request never reaches the server.
CUT_BEFORE = "cut before arrival"
# The server has answered, and has written down what it was sent; nobody hears of it.
CUT_AFTER = "cut after commit"
# Half of the answer comes, then nothing.
CUT_WITHIN = "cut within the answer"
DELAY_BEFORE = "delay before arrival"
DELAY_AFTER = "delay of the answer"
TWICE = "sent twice"
BAD_GATEWAY = "502"
BUSY = "503 with Retry-After"
# The server's worker dies by SIGKILL while it has the request.
KILLED_WORKER = "worker killed"
# No request arrives for a while.
OFF = "off for a while"

OF_REQUESTS = (
    CUT_BEFORE, CUT_AFTER, CUT_WITHIN, DELAY_BEFORE, DELAY_AFTER, TWICE, BAD_GATEWAY, BUSY, KILLED_WORKER, OFF,
)  # fmt: skip

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Fault:
    kind: str
    # Of a delay or a pause.
    seconds: float = 0.0


class Deck:
    """Kinds of faults as cards are dealt: each once before any comes again."""

    def __init__(self, seed, kinds=OF_REQUESTS):
        self.lot, self.kinds, self.left = random.Random(f"deck {seed}"), list(kinds), []

    def deal(self, fits):
        """The next kind that fits."""
        for _ in range(2):
            for place, kind in enumerate(self.left):
                if fits(kind):
                    return self.left.pop(place)
            self.left += self.lot.sample(self.kinds, len(self.kinds))
        return None


class Plan:
    """What happens to each request of one run. Calm until it is roused.

    Whether the n-th request for an address meets a fault is always the same, in whatever order requests
    for several addresses arrive; which fault, in order: so a seed tells the same story again, as far as
    browsers do.
    """

    def __init__(self, seed, *, share=0.25, deck=None, surely=None):
        """`surely`: {end of an address: what the first post there meets, calm or not}"""
        self.seed, self.share, self.deck, self.surely = seed, share, deck or Deck(seed), dict(surely or {})
        self.calm, self._seen = True, {}

    def fault_for(self, method, path):
        """A Fault, or None."""
        address = (method, _UUID.sub("*", path))
        self._seen[address] = n = self._seen.get(address, 0) + 1
        lot = random.Random(f"{self.seed} {method} {address[1]} {n}")
        for end in list(self.surely):
            if method == "POST" and path.endswith(end):
                return Fault(self.surely.pop(end))
        is_static = path.startswith("/static/")
        if self.calm or lot.random() >= (self.share / 5 if is_static else self.share):
            return None
        kind = self.deck.deal(lambda kind: not (is_static and kind in (KILLED_WORKER, OFF)))
        return kind and Fault(kind, _seconds(kind, lot))


def _seconds(kind, lot):
    if kind in (DELAY_BEFORE, DELAY_AFTER):
        return lot.uniform(0.02, 0.25)
    if kind == KILLED_WORKER:
        return lot.uniform(0, 0.04)
    return lot.uniform(0.1, 0.4) if kind == OFF else 0.0
