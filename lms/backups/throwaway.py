"""A database that is loaded from a backup, looked at, and gone."""

import contextlib
import secrets

import environ
from django.conf import settings
from django.db import connection

from lms.backups import databases

PREFIX = "rehearsal_"


@contextlib.contextmanager
def loaded(manifest, folder):
    """The settings of a throw-away database with what the backup in `folder` holds."""
    databases.refuse_another_kind(manifest["database"]["kind"], connection)
    database = databases.of(connection)
    with database.throwaway(_server(), PREFIX + secrets.token_hex(6), folder) as where:
        database.load(folder / database.MEMBER, where)
        yield where


@contextlib.contextmanager
def connected(where):
    """A Django connection to it, which no model uses."""
    other = connection.copy(alias="backup")
    other.settings_dict = where
    try:
        yield other
    finally:
        other.close()


def _server():
    """The settings of the server where databases may be made."""
    given = settings.BACKUP_CHECK_URL
    return connection.settings_dict | (environ.Env.db_url_config(given) if given else {})
