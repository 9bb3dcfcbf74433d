"""A PostgreSQL database: dumped and loaded by its own programs."""

import contextlib
import os
import subprocess
import time
from urllib.parse import quote, urlencode

from django.db import DatabaseError, OperationalError, transaction

from courses.audit.models import AuditEntry
from lms.backups.refusing import Refused

KIND = "postgresql"
MEMBER = "database.dump"
# So long, at most, the writers of the audit log wait for a backup, which then lets them go on and tries again.
WAIT_SECONDS = 2
TRIES = 40
LOCK_SECONDS = 10
BEFORE = "before_restore"


@contextlib.contextmanager
def snapshot(connection):
    """All that is read on this connection, and dumped with the name it yields, is of one moment.

    Nobody is writing to the audit log at that moment: else an entry that was begun before it and is finished
    later would stand among those that were kept, as if it had been put in.
    """
    quiet = connection.copy()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            with quiet.cursor() as other:
                _keep_writers_away(other)
                cursor.execute("SELECT pg_export_snapshot()")
                name = cursor.fetchone()[0]
                other.execute("ROLLBACK")
            yield name
    finally:
        quiet.close()


def dump(connection, moment, path):
    _run(
        [
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={moment}",
            f"--file={path}",
        ],
        connection.settings_dict,
    )


def server_version(connection):
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return cursor.fetchone()[0]


def load(path, settings):
    """Fill an empty database."""
    _run(
        [
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--single-transaction",
            f"--dbname={settings['NAME']}",
            str(path),
        ],
        settings,
    )


@contextlib.contextmanager
def set_aside(connection):
    """What the database holds is put aside, given back if the block fails, and gone after it."""
    _on(
        connection,
        f"SET lock_timeout = '{LOCK_SECONDS}s'",
        f"DROP SCHEMA IF EXISTS {BEFORE} CASCADE",
        f"ALTER SCHEMA public RENAME TO {BEFORE}",
        "CREATE SCHEMA public",
    )
    connection.close()
    try:
        yield
    except BaseException:
        _on(connection, "DROP SCHEMA public CASCADE", f"ALTER SCHEMA {BEFORE} RENAME TO public")
        raise
    _on(connection, f"DROP SCHEMA {BEFORE} CASCADE")


@contextlib.contextmanager
def throwaway(settings, name, folder):
    """The settings of an empty database that is gone after the block. The role must be allowed to create it."""
    try:
        _maintain(settings, f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
    except DatabaseError as error:
        raise Refused(
            f"No database to look into the backup can be made: {str(error).strip()}. Allow it (ALTER ROLE "
            f"{settings['USER'] or '…'} CREATEDB) or name another server in BACKUP_CHECK_URL."
        ) from error
    try:
        yield {**settings, "NAME": name}
    finally:
        _maintain(settings, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def url(settings):
    """As DATABASE_URL names it."""
    who = quote(settings["USER"], safe="")
    if settings["PASSWORD"]:
        who += ":" + quote(settings["PASSWORD"], safe="")
    where = quote(settings["HOST"], safe="") + (f":{settings['PORT']}" if settings["PORT"] else "")
    options = {key: value for key, value in settings["OPTIONS"].items() if isinstance(value, str)}
    return f"postgres://{who}{'@' if who else ''}{where}/{settings['NAME']}" + (
        f"?{urlencode(options)}" if options else ""
    )


def _keep_writers_away(cursor):
    """Until the end of the transaction that is begun here nobody writes to the audit log."""
    for _n in range(TRIES):
        cursor.execute("BEGIN")
        cursor.execute(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
        try:
            cursor.execute(f'LOCK TABLE "{AuditEntry._meta.db_table}" IN SHARE MODE')
            return
        except OperationalError:
            cursor.execute("ROLLBACK")
            time.sleep(1)
    raise Refused(
        "Something long is being written (an import?), which a backup cannot cut in two. Try again later."
    )


def _maintain(settings, statement):
    from django.db.backends.postgresql.base import DatabaseWrapper  # noqa: PLC0415  without psycopg there is none

    connection = DatabaseWrapper({**settings, "NAME": "postgres", "CONN_MAX_AGE": 0}, "maintenance")
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


def _on(connection, *statements):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except DatabaseError as error:
        raise Refused(
            f"The database is in use or not ours ({str(error).strip()}). Stop the services."
        ) from error


def _run(command, settings):
    """One of PostgreSQL's programs. The password goes by the environment, where nobody else sees it."""
    names = {
        "HOST": "PGHOST",
        "PORT": "PGPORT",
        "USER": "PGUSER",
        "PASSWORD": "PGPASSWORD",
        "NAME": "PGDATABASE",
    }
    options = {
        "sslmode": "PGSSLMODE",
        "sslrootcert": "PGSSLROOTCERT",
        "service": "PGSERVICE",
        "passfile": "PGPASSFILE",
    }
    given = {variable: str(settings[name]) for name, variable in names.items() if settings.get(name)}
    given |= {options[key]: str(value) for key, value in settings["OPTIONS"].items() if key in options}
    try:
        done = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError as error:
        raise Refused(f"{command[0]} is not installed: apt-get install postgresql-client") from error
    if done.returncode:
        raise Refused(f"{command[0]} says: {done.stderr.strip()[-1000:] or done.returncode}")
