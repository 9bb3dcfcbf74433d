"""How many different people there are in evidence that may be of several kinds.

`several`: querysets of Evidence, one for each kind. Each is asked by itself, by the indexes of its own tables,
and whom they name is put together: a union that is asked as a whole hides the tables from SQLite. `but`: the
same of people who are not counted.
"""

from django.db import connection


def owners(several, but=()):
    """Their keys, each once: a queryset for `pk__in`, and to be counted."""
    return _union(_keys(several)).difference(*_keys(but)) if but else _union(_keys(several))


def people(several, but=()):
    """A whole number."""
    return owners(several, but).count()


def people_by(several, column, but=()):
    """{value of the column: how many different people have evidence with it}"""
    pairs = _union([rows.order_by().values_list(column, "owner") for rows in several])
    # Django groups no union.
    query, about = pairs.query.sql_with_params()
    named, counted = f"pair (part, owner) AS ({query})", ""
    if but:
        others, about_others = _union(_keys(but)).query.sql_with_params()
        named += f", other (owner) AS ({others})"
        named += ", counted AS (SELECT owner FROM pair EXCEPT SELECT owner FROM other)"
        about, counted = [*about, *about_others], "WHERE owner IN (SELECT owner FROM counted)"
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {named} SELECT part, COUNT(*) FROM pair {counted} GROUP BY part", about)  # noqa: S608
        return dict(cursor.fetchall())


def _keys(several):
    return [rows.order_by().values("owner") for rows in several]


def _union(queries):
    first, *others = queries
    return first.union(*others) if others else first.distinct()
