"""A large population for the benchmarks, seeded once.

BENCH_PEOPLE and BENCH_ATTEMPTS in the environment say how large; `make bench-growth` asks for the whole of it.
"""

import io
import os

from django.core.management import call_command
from django.db import connection

from tests.benchmarks import clock

PEOPLE = int(os.environ.get("BENCH_PEOPLE", 20_000))
ATTEMPTS = int(os.environ.get("BENCH_ATTEMPTS", 10 * PEOPLE))
SMALL = 100
_loaded = {"people": 0}


def load(people):
    """The national course and so many people of the load test, with the planner's figures as they then are."""
    if not _loaded["people"]:
        call_command("load_course", verbosity=0, stdout=io.StringIO())
    clock.alone()
    if _loaded["people"] < people:
        more = people - _loaded["people"]
        call_command(
            "seed_load", people=more, attempts=ATTEMPTS * more // PEOPLE, force=True, stdout=io.StringIO()
        )
        _loaded["people"] = people
        with connection.cursor() as cursor:
            # As autovacuum does on PostgreSQL, and `PRAGMA optimize` may on SQLite.
            cursor.execute("ANALYZE")
