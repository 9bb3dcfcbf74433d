"""Processor time of a piece of work: of this process and of the PostgreSQL backend that serves it.

By the wall clock whatever else the machine does would count too.
"""

import time
from pathlib import Path

from django.db import connection


def spent():
    """Seconds so far. Where PostgreSQL is on another machine, those of this process and what it waited."""
    if connection.vendor != "postgresql":
        return time.process_time()
    backend = _backend()
    return time.process_time() + _ran(backend) if backend else time.perf_counter()


def alone():
    """From now on the connection's backend does all its work itself: helpers' time could not be counted."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")


def _backend():
    """The file with the backend's time; None where it is not on this machine or cannot be read."""
    connection.ensure_connection()
    found = Path(f"/proc/{connection.connection.info.backend_pid}")
    here = connection.settings_dict["HOST"] in ("", "localhost", "127.0.0.1", "::1")
    return found / "schedstat" if here and (found / "schedstat").exists() else None


def _ran(schedstat):
    """Its first number: nanoseconds on a processor."""
    return int(schedstat.read_text().split()[0]) / 1e9
