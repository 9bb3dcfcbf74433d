"""A SQLite database: copied by its own online backup, while the site runs."""

import contextlib
import sqlite3
from pathlib import Path

from django.db import transaction

from lms.backups.refusing import Damaged, Refused

KIND = "sqlite"
MEMBER = "database.sqlite3"
WAIT_SECONDS = 10


@contextlib.contextmanager
def snapshot(connection):
    """All that is read on this connection, and dumped from it, is of one moment. Writers go on meanwhile."""
    before, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM sqlite_master")
            yield None
    finally:
        connection.transaction_mode = before


def dump(connection, moment, path):
    try:
        with contextlib.closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            # One file, and no -wal beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise Refused(f"The copy of the database could not be written: {error}. Is the disk full?") from error


def server_version(connection):
    return sqlite3.sqlite_version


def load(path, settings):
    """Fill a database with all that is in the file, in one step or not at all."""
    with (
        contextlib.closing(sqlite3.connect(f"file:{Path(path).resolve()}?mode=ro", uri=True)) as source,
        contextlib.closing(sqlite3.connect(settings["NAME"], timeout=WAIT_SECONDS)) as target,
    ):
        try:
            problem = source.execute("PRAGMA integrity_check").fetchone()[0]
            if problem != "ok":
                raise Damaged(f"The database in the backup is damaged: {problem}")
            source.backup(target)
        except sqlite3.Error as error:
            raise Refused(f"The database cannot be written ({error}). Stop the services.") from error


@contextlib.contextmanager
def set_aside(connection):
    """What the database holds is kept beside it, given back if the block fails, and gone after it."""
    settings = connection.settings_dict
    before = f"{settings['NAME']}.before_restore"
    connection.close()
    Path(before).unlink(missing_ok=True)
    with (
        contextlib.closing(sqlite3.connect(settings["NAME"])) as now,
        contextlib.closing(sqlite3.connect(before)) as copy,
    ):
        now.backup(copy)
    try:
        yield
    except BaseException:
        connection.close()
        load(before, settings)
        raise
    finally:
        Path(before).unlink(missing_ok=True)


@contextlib.contextmanager
def throwaway(settings, name, folder):
    """The settings of an empty database that is gone after the block."""
    yield {**settings, "NAME": str(folder / f"{name}.sqlite3")}


def url(settings):
    """As DATABASE_URL names it."""
    return f"sqlite:///{Path(settings['NAME']).resolve()}"
