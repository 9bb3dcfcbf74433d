"""What two hosts that start at the same moment must not do at the same moment."""

from contextlib import contextmanager

from django.db import connections, transaction

# Any number, as long as nobody else on this database means something by it.
SCHEMA = 7_304_121


@contextmanager
def schema_lock(using="default"):
    """Whoever comes second waits here until the first is through, and then finds nothing to do.

    The lock lives in a transaction of a connection of its own, so that it also holds through a pooler. SQLite
    is one machine's.
    """
    if connections[using].vendor != "postgresql":
        yield
        return
    guard = connections[using].copy("schema-lock")
    connections["schema-lock"] = guard
    try:
        with transaction.atomic(using="schema-lock"), guard.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SCHEMA])
            yield
    finally:
        guard.close()
        del connections["schema-lock"]
