"""Keeps the database views as they stand here: dropped before every migration, made after it.

A view that looks at a table would forbid changing the table. Connected in `lms.apps`.
"""

from pathlib import Path

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

VIEWS = Path(__file__).parent / "views"

# Whole minutes between two moments; noon of a day at the site (which is 16:00 in UTC, all year); what a
# quiz is for.
DIALECTS = {
    "sqlite": {
        "length": "(strftime('%s', s.ends_at) - strftime('%s', s.starts_at)) / 60",
        "noon": "t.held_on || ' 16:00:00'",
        "purpose": "json_extract({0}.policy, '$.purpose')",
    },
    "postgresql": {
        "length": "CAST(FLOOR(EXTRACT(EPOCH FROM (s.ends_at - s.starts_at)) / 60) AS integer)",
        "noon": "((t.held_on + TIME '16:00') AT TIME ZONE 'UTC')",
        "purpose": "({0}.policy ->> 'purpose')",
    },
}


# Of the marking that counts: the last one.
SCORE = "(SELECT m.score FROM courses_marking m WHERE m.attempt_id = {0}.id ORDER BY m.n DESC LIMIT 1)"


def queries(vendor):
    """{view: the query behind it}."""
    words = DIALECTS[vendor]
    kinds = ("completions", "workshops", "earlier")
    completed, attended, earlier = (_read(name).format(**words) for name in kinds)
    tested = _read("tested").format(
        score_before=SCORE.format("b"),
        score_after=SCORE.format("a"),
        purpose_before=words["purpose"].format("qb"),
        purpose_after=words["purpose"].format("qa"),
        purpose=words["purpose"].format("q"),
    )
    return {
        "lms_completed": completed,
        "lms_attended": attended,
        "lms_earlier": earlier,
        "lms_training": "UNION ALL\n".join([completed, attended, earlier]),
        "lms_certified": _read("certified"),
        "lms_tested": tested,
        "lms_part_done": _read("parts_done"),
    }


def _read(name):
    return (VIEWS / f"{name}.sql").read_text()


def drop(using="default", plan=None, **_kwargs):
    """`plan`: what is to be migrated. Where that is nothing, another host may be reading the views."""
    if plan == []:
        return
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in queries(connection.vendor):
            cursor.execute(f"DROP VIEW IF EXISTS {name}")


def make(using="default", **_kwargs):
    """Where the tables are as this version of the site wants them; half way through they are left out."""
    connection = connections[using]
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name, query in queries(connection.vendor).items():
            cursor.execute(f"DROP VIEW IF EXISTS {name}")
            cursor.execute(f"CREATE VIEW {name} AS {query}")
