"""A state becomes a database again, with the tables of its time."""

import base64
import gzip
import json
from pathlib import Path

from django.apps import apps as current
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

STATES = Path(__file__).parent / "states"


def names():
    return sorted(path.name.removesuffix(".json.gz") for path in STATES.glob("*.json.gz"))


def read(name):
    return json.loads(gzip.decompress((STATES / f"{name}.json.gz").read_bytes()))


def from_json(field, value):
    if value is None or type(field).__name__ == "JSONField":
        return value
    if field.get_internal_type() == "BinaryField":
        return base64.b64decode(value)
    return field.to_python(value)


def load(state):
    """On an empty database: the tables of that time, then its rows in the place of what migrations made."""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.graph.nodes)
    wanted = [tuple(leaf) for leaf in state["migrated"]]
    missing = [leaf for leaf in wanted if leaf not in known]
    assert not missing, f"These migrations are gone, so no site can come from there: {missing}"
    historical = executor.migrate(wanted).apps
    with transaction.atomic():
        _empty()
        for label, table in state["tables"].items():
            _fill(historical.get_model(label), table)
        models = [historical.get_model(label) for label in state["tables"]]
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)


def _empty():
    """Rows alone; which migrations were made stays."""
    kept = {"django_migrations"}
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for model in current.get_models(include_auto_created=True):
            meta = model._meta
            if meta.managed and meta.db_table in there - kept:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(meta.db_table)}")


def _fill(model, table):
    """As rows of this table alone: a page's own table does not write that of all pages again."""
    by_name = {field.attname: field for field in model._meta.local_concrete_fields}
    fields = [by_name[name] for name in table["fields"]]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({columns}) VALUES ({places})"
    rows = [
        [_for_database(field, value) for field, value in zip(fields, row, strict=True)] for row in table["rows"]
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def _for_database(field, value):
    return field.get_db_prep_save(from_json(field, value), connection)
