import pytest
from django.core.cache import caches
from django.core.management import call_command

from courses.people.checks import cache_table_exists, limits_are_shared

LOCMEM = "django.core.cache.backends.locmem.LocMemCache"


def test_a_cache_of_ones_own_is_warned_about(settings):
    before = limits_are_shared(None)
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": LOCMEM}}

    assert (before, [warning.id for warning in limits_are_shared(None)]) == ([], ["people.W001"])


@pytest.mark.django_db
def test_a_missing_cache_table_is_warned_about(monkeypatch):
    call_command("createcachetable", verbosity=0)
    before = cache_table_exists(None, ["default"])
    monkeypatch.setattr(caches["default"], "_table", "no_such_table")

    assert (before, [warning.id for warning in cache_table_exists(None, ["default"])]) == ([], ["people.W002"])


def test_without_a_database_nothing_is_asked():
    assert cache_table_exists(None, None) == []
