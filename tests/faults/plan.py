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

_WEIGHTS = {
    CUT_BEFORE: 4,
    CUT_AFTER: 6,
    CUT_WITHIN: 2,
    DELAY_BEFORE: 3,
    DELAY_AFTER: 3,
    TWICE: 5,
    BAD_GATEWAY: 2,
    BUSY: 2,
    KILLED_WORKER: 1,
    OFF: 1,
}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Fault:
    kind: str
    # Of a delay or a pause.
    seconds: float = 0.0


class Plan:
    """What happens to each request of one run. Calm until it is roused.

    The n-th request for an address always meets the same fault, in whatever order requests for several
    addresses arrive: so a seed tells the same story twice, as far as browsers do.
    """

    def __init__(self, seed, *, share=0.25, kinds=OF_REQUESTS):
        self.seed, self.share, self.kinds = seed, share, tuple(kinds)
        self.calm, self._seen = True, {}

    def fault_for(self, method, path):
        """A Fault, or None."""
        address = (method, _UUID.sub("*", path))
        self._seen[address] = n = self._seen.get(address, 0) + 1
        if self.calm or not self.kinds:
            return None
        lot = random.Random(f"{self.seed} {method} {address[1]} {n}")
        share = self.share / 5 if path.startswith("/static/") else self.share
        if lot.random() >= share:
            return None
        kind = lot.choices(self.kinds, [_WEIGHTS[kind] for kind in self.kinds])[0]
        if path.startswith("/static/") and kind in (KILLED_WORKER, OFF):
            return None
        return Fault(kind, _seconds(kind, lot))


def _seconds(kind, lot):
    if kind in (DELAY_BEFORE, DELAY_AFTER):
        return lot.uniform(0.02, 0.25)
    if kind == KILLED_WORKER:
        return lot.uniform(0, 0.04)
    return lot.uniform(0.1, 0.4) if kind == OFF else 0.0
