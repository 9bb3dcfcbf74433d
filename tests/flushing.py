"""Emptying the database after a test with real transactions: only what has rows, and quickly.

Django's own flush empties each of two hundred tables and makes every permission anew, which on
PostgreSQL takes half a second a test.
"""

from django.db import connection, transaction

from tests.factories import make_root

# What migrations make, and no test changes.
KEPT = {"django_migrations", "django_content_type", "auth_permission", "lms_cache"}


def flush():
    """Leave the database as a flush and `post_migrate` would: empty, but for the root of the page tree."""
    tables = _with_rows()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if tables:
                names = ", ".join(connection.ops.quote_name(table) for table in tables)
                cursor.execute(f"TRUNCATE {names} CASCADE")
        else:
            with connection.constraint_checks_disabled(), transaction.atomic():
                for table in tables:
                    cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
    make_root()


def after_test(case):
    """In place of TransactionTestCase._fixture_teardown."""
    flush()


def _with_rows():
    with connection.cursor() as cursor:
        tables = [
            table.name
            for table in connection.introspection.get_table_list(cursor)
            # The index of search follows its table by itself.
            if table.type == "t" and table.name not in KEPT and "_fts" not in table.name
        ]
        quote = connection.ops.quote_name
        asked = [f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {quote(table)})" for table in tables]
        cursor.execute(" UNION ALL ".join(asked))
        return [row[0] for row in cursor.fetchall()]
