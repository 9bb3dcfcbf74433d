"""Each variable for many hosts: what it changes, and what is said when it is wrong."""

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from lms.settings import hosts

VARIABLES = [
    "REDIS_URL", "TASK_QUEUE", "DATABASE_POOLED", "S3_BUCKET", "S3_PRIVATE_BUCKET", "S3_ENDPOINT_URL",
    "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY", "S3_REGION",
]  # fmt: skip
REDIS = "rediscache://:secret@redis.example.org:6379/1"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def env():
    return environ.Env()


@pytest.fixture
def postgres():
    return {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def test_one_machine_needs_none_of_it(env, postgres):
    caches = hosts.caches(env)
    assert {name: cache["BACKEND"].rpartition(".")[2] for name, cache in caches.items()} == {
        "default": "DatabaseCache",
        "bodies": "LocMemCache",
    }
    assert caches["default"]["OPTIONS"]["MAX_ENTRIES"] == 200_000
    assert hosts.session_engine(env) == "courses.people.sessions"
    assert hosts.tasks(hosts.task_queue(env)) == {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    public, private = hosts.storages("/srv/private", env)
    assert public == {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    assert private["OPTIONS"] == {"location": "/srv/private", "base_url": None, **hosts.OURS_ALONE}
    before = dict(postgres)
    hosts.pooled(postgres, env)
    assert postgres == before


@pytest.mark.parametrize(
    ("url", "location"),
    [
        (REDIS, "redis://:secret@redis.example.org:6379/1"),
        ("redis://127.0.0.1:6379/1", "redis://127.0.0.1:6379/1"),
        ("rediss://redis.example.org:6380/0", "rediss://redis.example.org:6380/0"),
    ],
)
def test_redis_keeps_limits_and_sessions(env, monkeypatch, url, location):
    monkeypatch.setenv("REDIS_URL", url)
    caches = hosts.caches(env)
    assert [caches[name]["LOCATION"] for name in ("default", "sessions")] == [location] * 2
    # What is counted while Redis is away is counted in the database.
    assert caches["default"]["OPTIONS"]["spare"] == "spare"
    assert caches["spare"]["BACKEND"].endswith("DatabaseCache")
    assert caches["sessions"]["OPTIONS"] == {"longest": 300}
    assert caches["default"]["KEY_PREFIX"] != caches["sessions"]["KEY_PREFIX"]
    assert hosts.session_engine(env) == "django.contrib.sessions.backends.cached_db"
    # The queue is a choice of its own.
    assert hosts.task_queue(env) == "database"


def test_the_queue_is_chosen_by_one_variable(env, monkeypatch):
    monkeypatch.setenv("REDIS_URL", REDIS)
    monkeypatch.setenv("TASK_QUEUE", "redis")
    assert hosts.tasks(hosts.task_queue(env)) == {"default": {"BACKEND": "lms.queueing.backend.RecordedQueue"}}
    url = hosts.rq_queues(hosts.caches(env)["default"])["default"]["URL"]
    assert url == "redis://:secret@redis.example.org:6379/1"


def test_a_pooler_keeps_nothing_beyond_a_transaction(env, monkeypatch, postgres):
    monkeypatch.setenv("DATABASE_POOLED", "true")
    hosts.pooled(postgres, env)
    assert postgres == {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"prepare_threshold": None, "server_side_binding": False},
    }


def test_buckets_for_all_files(env, monkeypatch):
    monkeypatch.setenv("S3_BUCKET", "learning")
    monkeypatch.setenv("S3_ENDPOINT_URL", "https://files.example.org")
    monkeypatch.setenv("S3_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("S3_SECRET_ACCESS_KEY", "secret")
    public, private = hosts.storages("/srv/private", env)
    assert [store["OPTIONS"]["bucket_name"] for store in (public, private)] == ["learning", "learning"]
    assert [store["OPTIONS"]["location"] for store in (public, private)] == ["media", "private"]
    monkeypatch.setenv("S3_PRIVATE_BUCKET", "learning-private")
    assert hosts.storages("/srv/private", env)[1]["OPTIONS"]["bucket_name"] == "learning-private"


@pytest.mark.parametrize(
    ("given", "read", "words"),
    [
        ({"TASK_QUEUE": "celery"}, hosts.task_queue, "TASK_QUEUE is “celery”"),
        ({"TASK_QUEUE": "redis"}, hosts.task_queue, "TASK_QUEUE=redis needs REDIS_URL"),
        (
            {"TASK_QUEUE": "redis", "REDIS_URL": "locmemcache://"},
            hosts.task_queue,
            "TASK_QUEUE=redis needs REDIS_URL",
        ),
        (
            {"DATABASE_POOLED": "true"},
            lambda env: hosts.pooled({"ENGINE": "django.db.backends.sqlite3"}, env),
            "DATABASE_POOLED=true is for PostgreSQL",
        ),
        (
            {"S3_PRIVATE_BUCKET": "private"},
            lambda env: hosts.storages("/srv/private", env),
            "S3_PRIVATE_BUCKET is set, but S3_BUCKET is not",
        ),
        (
            {"S3_BUCKET": "learning", "S3_ACCESS_KEY_ID": "key"},
            lambda env: hosts.storages("/srv/private", env),
            "go together",
        ),
        (
            {"S3_BUCKET": "learning", "S3_ENDPOINT_URL": "files.example.org"},
            lambda env: hosts.storages("/srv/private", env),
            "S3_ENDPOINT_URL is “files.example.org”",
        ),
    ],
)
def test_what_is_wrong_is_said_in_words(env, monkeypatch, given, read, words):
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=words):
        read(env)
