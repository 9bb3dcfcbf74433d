"""Many at the same moment, in threads that each leave their database connection closed."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def at_once(work, count):
    """[work(0), work(1), ...], all begun together. What one of them raises is raised."""
    gate = threading.Barrier(count)

    def run(n):
        try:
            gate.wait(60)
            return work(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))
