"""Two hosts that start at the same moment."""

import pytest
from django.core.management import call_command
from django.db import connection

from lms.one_at_a_time import SCHEMA, schema_lock
from lms.reports.figures import installing


def is_free():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SCHEMA])
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_the_second_waits_for_the_first():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is for one machine")
    with schema_lock():
        assert not is_free()
    assert is_free()


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_fails_lets_the_next_one_in():
    with pytest.raises(RuntimeError), schema_lock():
        raise RuntimeError
    with schema_lock():
        pass


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["migrate", "createcachetable"])
def test_the_commands_are_django_s_own(command, capsys):
    call_command(command, verbosity=0)


@pytest.mark.django_db
def test_nothing_to_migrate_leaves_the_views_to_the_other_host():
    installing.drop(plan=[])
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM lms_training")
