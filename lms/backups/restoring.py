"""Putting a backup in place: into an empty machine, or over a site whose name was typed in full."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from courses.audit import log
from lms.backups import databases, files, product, settings_file, verifying, workplace
from lms.backups.making import SETTINGS
from lms.backups.models import Rehearsal, Verdict
from lms.backups.opening import opened
from lms.backups.refusing import Damaged, Refused

# Who has an account; without the table, or a row in it, there is no site to lose.
ACCOUNTS = "people_user"


@dataclass(frozen=True)
class Restored:
    made_at: str
    site: str
    rows: int
    files: int
    settings_path: Path


def restore(path, keys, *, at, typed=""):
    """Restore the site. Refused before anything is touched unless the backup is whole and fits.

    `typed`: the name of the site that is there (its host), for one that is not empty. If a later step fails,
    the database is given back as it was.
    """
    with workplace.only_one(), opened(path, keys) as (manifest, folder):
        refuse_what_does_not_fit(manifest)
        if holds_a_site() and typed.strip().lower() != name_of_site():
            raise Refused(
                "There is a site here already. To replace all of it, stop its services and "
                f"type its name in full: {name_of_site()}"
            )
        database = databases.of(connection)
        with database.set_aside(connection):
            database.load(folder / database.MEMBER, connection.settings_dict)
            found = databases.count_rows(connection)
            if wrong := verifying.wrong_rows(manifest, found):
                raise Damaged(f"The restored database is not the one that was kept: {wrong}")
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
            count = files.put_back(folder, [each["name"] for each in manifest["members"]])
            _record(path, manifest, at)
        return Restored(
            manifest["made_at"], manifest["site"], sum(found.values()), count, _put_settings(folder)
        )


def refuse_what_does_not_fit(manifest):
    databases.refuse_another_kind(manifest["database"]["kind"], connection)
    if unknown := product.unknown_migrations(manifest["migrations"]):
        raise Refused(
            f"The backup is of a newer version ({manifest['product']}, commit {manifest['commit'][:12]}): "
            f"its {unknown[0]} is not known here. Install that version first."
        )


def holds_a_site():
    """Whether anybody has an account in the database, or a file lies in the storages."""
    with connection.cursor() as cursor:
        tables = {table.name for table in connection.introspection.get_table_list(cursor)}
        if ACCOUNTS in tables:
            cursor.execute(f"SELECT COUNT(*) FROM {ACCOUNTS}")  # noqa: S608
            if cursor.fetchone()[0]:
                return True
    return files.are_any()


def name_of_site():
    return urlsplit(settings.SITE_URL).hostname or settings.SITE_URL


def _put_settings(folder):
    """Into .env where there is none, else beside it. Nobody else may read it."""
    content = settings_file.moved((folder / SETTINGS).read_text(), os.environ)
    path = Path(settings.BASE_DIR) / ".env"
    if path.exists():
        path = path.with_name(".env.restored")
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(content)
    return path


def _record(path, manifest, at):
    """The restore is told in the restored site."""
    rehearsal = Rehearsal(at=at, backup_name=path.name, verdict=Verdict.GOOD)
    log.record("site restored", rehearsal, actor=None, at=at, name=path.name, made_at=manifest["made_at"])
