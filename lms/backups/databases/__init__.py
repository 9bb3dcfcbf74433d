"""What differs between the databases: one file each, alike in their functions."""

from lms.backups.databases import postgresql, sqlite
from lms.backups.refusing import Refused

KINDS = {database.KIND: database for database in (postgresql, sqlite)}


def of(connection):
    return KINDS[connection.vendor]


def count_rows(connection):
    """{table: rows}. Without the tables that SQLite keeps for its search, which follow from others."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        tables = [
            table.name
            for table in connection.introspection.get_table_list(cursor)
            if table.type in ("t", "p") and "_fts" not in table.name
        ]
        counts = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT COUNT(*) FROM {quote(table)}")  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts


def refuse_another_kind(kind, connection):
    if kind != connection.vendor:
        raise Refused(
            f"The backup is of {kind}, DATABASE_URL names {connection.vendor}. Restore it into the same kind."
        )
