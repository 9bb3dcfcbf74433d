"""Writes down the database that is connected, with the code of its own time: `make state NAME=2026-11`.

Knows Django alone, so that it runs with any earlier version of the site on the path:
PYTHONPATH=<its folder> DJANGO_SETTINGS_MODULE=lms.settings.development python making.py <file.json.gz>
"""

import base64
import datetime
import gzip
import hashlib
import json
import sys

# Rebuilt from the rest, or worth nothing on another day; the first is a table that only SQLite has.
LEFT_OUT = {"wagtailsearch", "sessions", "usersessions", "django_tasks_db", "django_tasks_database"}
LEFT_OUT_MODELS = {"wagtailcore.referenceindex"}

# So many certificates keep their real bytes.
DRAWN = 2


def as_json(field, row):
    """A value that `loading.from_json` understands, on either database."""
    value = getattr(row, field.attname)
    if value is None:
        return None
    kind = field.get_internal_type()
    if kind == "BinaryField":
        return base64.b64encode(bytes(value)).decode()
    if type(field).__name__ == "JSONField":
        return value
    return field.value_to_string(row)


def thin(label, names, rows):
    """Short bytes, with their own hash, in the place of most certificates' drawings: these are most of all."""
    if label in ("certificates.certificate", "certificates.certificatefile") and "pdf" in names:
        pdf, digest = names.index("pdf"), names.index("sha256")
        for row in rows[DRAWN:]:
            if row[pdf]:
                short = f"%PDF-1.7 {row[digest]}".encode()
                row[pdf], row[digest] = base64.b64encode(short).decode(), hashlib.sha256(short).hexdigest()
    return rows


def tables():
    """{"app.model": {"fields": [...], "rows": [[...]]}} of everything that is kept."""
    from django.apps import apps

    found = {}
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if not meta.managed or meta.proxy or meta.app_label in LEFT_OUT or meta.label_lower in LEFT_OUT_MODELS:
            continue
        fields = meta.local_concrete_fields
        rows = [[as_json(field, row) for field in fields] for row in model._base_manager.order_by("pk")]
        names = [field.attname for field in fields]
        if rows:
            found[meta.label_lower] = {"fields": names, "rows": thin(meta.label_lower, names, rows)}
    return found


def migrated():
    """[[app, the last migration of it]]"""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    return sorted(map(list, MigrationLoader(connection).graph.leaf_nodes()))


def figures(day):
    """{name: number} as the site counted them then; empty before it counted any."""
    try:
        from lms.reports.figures.defined import FIGURES
        from lms.reports.figures.periods import FIRST_YEAR, Period
        from lms.reports.figures.scope import Scope
    except ImportError:
        return {}
    scope = Scope(Period(datetime.date(FIRST_YEAR, 1, 1), day))
    return {name: figure.value(scope) for name, figure in FIGURES.items()}


def main(path):
    import django

    django.setup()
    from django.utils import timezone

    day = timezone.localdate()
    state = {"day": day.isoformat(), "migrated": migrated(), "figures": figures(day), "tables": tables()}
    with gzip.GzipFile(path, "wb", mtime=0) as file:
        file.write(json.dumps(state, separators=(",", ":")).encode())


if __name__ == "__main__":
    main(sys.argv[1])
