"""A backup of an older version is brought up to date when it is restored."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from courses.people.models import Person
from lms.backups import making, names, restoring
from lms.backups.models import Backup
from lms.backups.refusing import Refused


def before_backups():
    """The name of the step of the database before there were backups."""
    loader = MigrationLoader(None)
    for (app, _name), migration in loader.disk_migrations.items():
        made = [operation.name for operation in migration.operations if hasattr(operation, "fields")]
        if app == "lms" and "Backup" in made:
            return next(name for app, name in migration.dependencies if app == "lms")
    raise AssertionError("No migration makes Backup.")


def test_an_older_backup_is_migrated(site, place, opened_by, settings):
    at = timezone.now()
    call_command("migrate", "lms", before_backups(), verbosity=0)
    try:
        # It is written all the same; only to note it there is no table yet.
        with pytest.raises(Refused, match="written and is good, but could not be noted"):
            making.make(place, at=at, figures=dict)
    finally:
        call_command("migrate", verbosity=0)
    settings.BASE_DIR = place
    Person.objects.update(full_name="Somebody else")

    restoring.restore(place / names.name_of(at), opened_by, at=timezone.now(), typed="127.0.0.1")

    assert Backup.objects.count() == 0
    assert Person.objects.get().full_name == "Constance Joseph"
    assert "lms_backup" in connection.introspection.table_names()
