"""Certificates, results and figures are those of before, from every earlier state, on either database."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from tests.upgrades import facts, loading

NAME = "upgraded"


@pytest.fixture
def empty_database(tmp_path, django_db_blocker):
    """The address of a database of its own."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/{NAME}.sqlite3"
        return
    name = f"{connection.settings_dict['NAME'].removeprefix('test_')}_{NAME}_{os.getpid()}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def walked(name, address):
    """What the site says after coming from that state."""
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "lms.settings.test"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.upgrades.walk", name],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("name", loading.names())
def test_what_was_promised_is_the_same_afterwards(name, empty_database):
    before = facts.before(loading.read(name))
    assert len(before["certificates"]) > 1
    assert len(before["results"]) > 10
    after = walked(name, empty_database)
    for what in before:
        assert after[what] == before[what], what


def test_there_are_states():
    assert len(loading.names()) >= 2
