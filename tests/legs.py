"""The suite is run on two databases, and what no database can change is run on one of them.

Alone, `make test` runs everything. `.ci/run` does so on SQLite and then says SAME_AS_SQLITE=1 to the run on
PostgreSQL, which leaves out the tests that use no database and those marked `same_everywhere`, and tells how
many.
"""

import os
from collections import Counter

SECOND = os.environ.get("SAME_AS_SQLITE") == "1"
# Whoever asks for one of these may reach the database; to all others pytest-django refuses it.
DOORS = {"db", "transactional_db", "live_server", "django_db_setup", "django_db_blocker"}
LEFT_OUT = Counter()


def reaches_the_database(item):
    """By its mark, or by what one of its fixtures asks for; those of pytest-django ask for every test."""
    asked = {"db", "transactional_db", "live_server"} & set(item.fixturenames)
    if asked or item.get_closest_marker("django_db"):
        return True
    return any(
        DOORS & set(fixture.argnames)
        for fixtures in item._fixtureinfo.name2fixturedefs.values()
        for fixture in fixtures
        if not fixture.func.__module__.startswith("pytest_django.")
    )


def leave_out(items):
    """Take from the list what the run on SQLite has shown already."""
    kept = []
    for item in items:
        if not reaches_the_database(item):
            LEFT_OUT["use no database"] += 1
        elif item.get_closest_marker("same_everywhere"):
            LEFT_OUT["are the same everywhere"] += 1
        else:
            kept.append(item)
    items[:] = kept


def check_doors(item):
    """After a test: one that opens the database by a name it asks for only while it runs would be left out
    wrongly."""
    asked = {"db", "transactional_db"} & set(item._request.fixturenames)
    assert not asked or reaches_the_database(item), f"{item.nodeid} needs @pytest.mark.django_db"
