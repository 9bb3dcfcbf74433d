"""Processor time and memory of programs, and of the machine, by /proc. Seconds and megabytes."""

import os
from contextlib import suppress
from pathlib import Path

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")


class Meter:
    """Of a program, its children, and the PostgreSQL backends whose connections bear its name.

    What PostgreSQL does beside its backends (writing the log, checkpoints) is not counted.
    """

    def __init__(self, process, name):
        self.process, self.name, self.backends = process, name, {}

    def spent(self):
        pids = [self.process.pid, *children(self.process.pid)]
        # Of the first, with its children that ended.
        own = sum(_stat(pid, 4 if pid == self.process.pid else 2) for pid in pids)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pid FROM pg_stat_activity WHERE application_name = %s", [self.name])
                for (pid,) in cursor.fetchall():
                    self.backends[pid] = _stat(pid, 2) or self.backends.get(pid, 0)
        return own + sum(self.backends.values())

    def memory(self):
        """PSS: what is shared by several processes is divided among them."""
        return sum(_pss(pid) for pid in [self.process.pid, *children(self.process.pid)])


def children(pid):
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _stat(pid, fields):
    """User and system time, and with `fields` 4 those of children that ended. A process that is gone: 0."""
    with suppress(OSError):
        numbers = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()[11 : 11 + fields]
        return sum(map(int, numbers)) / TICKS
    return 0


def _pss(pid):
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0


def room():
    """Bytes that the database takes."""
    size = {
        "postgresql": "SELECT pg_database_size(current_database())",
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    }
    with connection.cursor() as cursor:
        cursor.execute(size[connection.vendor])
        return cursor.fetchone()[0]


def machine():
    """Processor time that the whole machine has spent."""
    numbers = [int(number) for number in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(numbers) - numbers[3] - numbers[4]) / TICKS
