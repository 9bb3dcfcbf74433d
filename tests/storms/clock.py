"""The clock of the site under storms: the machine's, and so many seconds beside it as a file says.

For Python's clocks that the site asks: `timezone.now()` and `time.time()`. That of the database server stays.
"""

import os
import time
from datetime import timedelta
from pathlib import Path

FILE = "STORM_CLOCK"
_true_time = time.time


class Clock:
    """What the harness holds. Python's way to set it is one rename, so nobody reads half of it."""

    def __init__(self, file):
        self.file, self.seconds = Path(file), 0
        self.jump(0)

    def jump(self, seconds):
        self.seconds += seconds
        new = self.file.with_suffix(".new")
        new.write_text(str(self.seconds))
        new.replace(self.file)


def beside():
    """Seconds beside the machine's clock."""
    return float(Path(os.environ[FILE]).read_text())


def install():
    """In a process of the site, before anything asks for the time."""
    from django.utils import timezone  # noqa: PLC0415 - only a process of the site has it

    true_now = timezone.now
    timezone.now = lambda: true_now() + timedelta(seconds=beside())
    time.time = lambda: _true_time() + beside()
