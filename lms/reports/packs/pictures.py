"""The two charts of a pack, from its stored tables."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Of agencies, in a chart; all stand in the table.
MOST_BARS = 10


def charts(tables):
    """[{"name", "title", "chart"}, ...] of {name: table}; hidden numbers have no bar.

    Empty where nothing can be drawn.
    """
    from lms.reports.charts import bullets, columns  # noqa: PLC0415

    found = []
    agencies = [row for row in tables["agencies"]["rows"] if isinstance(row[1], int)][:MOST_BARS]
    if agencies:
        rows = [(_label(tables["agencies"], row), row[1], None, _people(row[1])) for row in agencies]
        found.append(_one("agencies", _("People trained by agency"), bullets(rows), tables))
    # A month that is hidden keeps its place.
    months = [(row, row[1] if isinstance(row[1], int) else None) for row in tables["months"]["rows"]]
    if any(value for _row, value in months):
        rows = [(_short(tables["months"], row), value) for row, value in months]
        found.append(_one("months", _("People trained each month"), columns(rows), tables))
    return found


def _one(name, title, chart, tables):
    if any(isinstance(row[1], str) for row in tables[name]["rows"]):
        title = _("%(title)s (those of fewer than five are left out)") % {"title": title}
    return {"name": name, "title": title, "chart": chart}


def _label(table, row):
    return table["labels"].get(row[0], row[0])


def _short(table, row):
    """ "Jan 2026" of "January 2026"."""
    month, _space, year = _label(table, row).rpartition(" ")
    return f"{month[:3]} {year}"


def _people(n):
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": n}
