"""What people were told that the site has, under which storm, and how long they waited. No Django."""

import json
import threading
from collections import Counter, namedtuple

# `name`: (what it is, which one).
Kept = namedtuple("Kept", "name content storm")
CALM = "calm"


class Ledger:
    """Kept outside the site, in a file as well: whoever reads it later needs nothing else."""

    def __init__(self, file):
        self.kept, self.sent, self.storm = [], set(), CALM
        self.failed, self.longest, self.uncivil, self.troubles = {}, Counter(), [], []
        self._file, self._lock = open(file, "a"), threading.Lock()  # noqa: SIM115 - as long as the run

    def begin(self, storm):
        self.storm = storm

    def sends(self, *names):
        with self._lock:
            self.sent.update(names)

    def keeps(self, *pairs):
        """(name, content) of what was acknowledged just now."""
        with self._lock:
            for name, content in pairs:
                self.kept.append(Kept(name, content, self.storm))
                self._file.write(json.dumps([*name, content, self.storm]) + "\n")
            self._file.flush()

    def fails(self, storm, what):
        with self._lock:
            self.failed.setdefault(storm, Counter())[what] += 1

    def waited(self, storm, seconds):
        with self._lock:
            self.longest[storm] = max(self.longest[storm], seconds)

    def close(self):
        self._file.close()
