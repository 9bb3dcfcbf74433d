"""Misconfiguration of log-in speaks at start-up."""

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.checks import Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, connections

OWN_PROCESS = (
    "django.core.cache.backends.locmem.LocMemCache",
    "django.core.cache.backends.dummy.DummyCache",
)


@register(Tags.security, deploy=True)
def limits_are_shared(app_configs, **kwargs):
    if settings.CACHES["default"]["BACKEND"] not in OWN_PROCESS:
        return []
    return [
        Warning(
            "Log-in limits are counted in a cache that each worker keeps for itself.",
            hint="Leave REDIS_URL empty to count in the database, or set it to a Redis or Valkey server.",
            id="people.W001",
        )
    ]


@register(Tags.database)
def cache_table_exists(app_configs, databases, **kwargs):
    cache = caches["default"]
    if DEFAULT_DB_ALIAS not in (databases or []) or not isinstance(cache, BaseDatabaseCache):
        return []
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        tables = connections[DEFAULT_DB_ALIAS].introspection.table_names(cursor)
    if cache._table in tables:
        return []
    return [
        Warning(
            f"The table {cache._table} is missing: nobody can sign in, since limits are counted there.",
            hint="Run: python manage.py createcachetable",
            id="people.W002",
        )
    ]
