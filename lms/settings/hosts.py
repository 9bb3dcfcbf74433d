"""Where one machine is outgrown: what several web and worker hosts have in common.

Everything is off by default. Each function reads its variables, gives settings, and says in words what is
wrong with them.
"""

from django.core.exceptions import ImproperlyConfigured

QUEUES = ("database", "redis")
# A task of ours that takes longer hangs; `lms.reaping` says the same.
LONGEST_TASK = 15 * 60
# Redis may keep a session for so long before the database is asked again.
SESSION_SECONDS = 300
# Of folders and files that no web server may read.
OURS_ALONE = {"directory_permissions_mode": 0o700, "file_permissions_mode": 0o600}
# What is read back of a large file lies in memory up to here, then in a temporary file.
IN_MEMORY = 5 * 1024 * 1024


def caches(env):
    """CACHES. Rate limits count in "default", so every worker of every host must share it.

    Rendered lesson bodies are keyed by revision and may live in each process.
    """
    default = env.cache("REDIS_URL", default="dbcache://lms_cache")
    found = {
        "default": default,
        "bodies": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "bodies",
            "TIMEOUT": 24 * 3600,
            "OPTIONS": {"MAX_ENTRIES": 2000},
        },
    }
    if is_redis(default):
        found["spare"] = _in_the_database(env.cache_url_config("dbcache://lms_cache"))
        found["sessions"] = _redis(default, "lms-sessions", longest=SESSION_SECONDS)
        # Of all hosts: is the site closed? Not asked of the database, which may be what is worked on.
        found["closed"] = _redis(default, "lms-closed")
        found["default"] = _redis(default, "lms", spare="spare")
    elif default["BACKEND"].endswith("DatabaseCache"):
        _in_the_database(default)
    return found


def is_redis(cache):
    return cache["BACKEND"].endswith("RedisCache")


def _redis(cache, prefix, **options):
    own = {"KEY_PREFIX": prefix, **cache, "BACKEND": "lms.shared_cache.Redis"}
    return {**own, "OPTIONS": {**cache.get("OPTIONS", {}), **options}}


def _in_the_database(cache):
    # By default 300 rows, after which a third is thrown away: and with it, limits in force.
    cache.setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 200_000)
    return cache


def session_engine(env):
    """With Redis sessions are read from there; the database has each of them all the same.

    So nobody is signed out, and no answer is turned away, when Redis is emptied or gone.
    """
    if is_redis(env.cache("REDIS_URL", default="dbcache://lms_cache")):
        return "django.contrib.sessions.backends.cached_db"
    return "courses.people.sessions"


def task_queue(env):
    """Who hands tasks to the workers: "database" or "redis"."""
    queue = env("TASK_QUEUE", default="database")
    if queue not in QUEUES:
        raise ImproperlyConfigured(f"TASK_QUEUE is “{queue}”. It is database or redis.")
    if queue == "redis" and not is_redis(env.cache("REDIS_URL", default="dbcache://lms_cache")):
        raise ImproperlyConfigured(
            "TASK_QUEUE=redis needs REDIS_URL, for example rediscache://127.0.0.1:6379/1"
        )
    return queue


def tasks(queue):
    """TASKS. Either way each task is a row of the database, written with what it belongs to."""
    backends = {"database": "django_tasks_db.DatabaseBackend", "redis": "lms.queueing.backend.RecordedQueue"}
    return {"default": {"BACKEND": backends[queue]}}


def rq_queues(cache):
    """RQ_QUEUES: Redis as the cache names it. A list of several servers is for the cache alone."""
    location = cache["LOCATION"]
    return {
        "default": {
            "URL": location if isinstance(location, str) else location[0],
            "DEFAULT_TIMEOUT": LONGEST_TASK,
        }
    }


def pooled(database, env):
    """Behind a pooler in transaction mode nothing may outlive its transaction: no connection is kept by
    us, no cursor and no prepared statement by the server. Changes `database`."""
    if not env.bool("DATABASE_POOLED", default=False):
        return
    if database["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_POOLED=true is for PostgreSQL alone; see DATABASE_URL.")
    database["CONN_MAX_AGE"] = 0
    database["CONN_HEALTH_CHECKS"] = False
    database["DISABLE_SERVER_SIDE_CURSORS"] = True
    database.setdefault("OPTIONS", {}).update(prepare_threshold=None, server_side_binding=False)


def storages(private_root, env):
    """("default", "private") of STORAGES: folders of this host, or one or two buckets that speak S3.

    Nothing in a bucket has a public address: pictures are given out by the site (`lms.uploads`), private
    files by the pages that ask who may see them.
    """
    bucket = env("S3_BUCKET", default="")
    if not bucket:
        left = [name for name in ("S3_PRIVATE_BUCKET", "S3_ENDPOINT_URL") if env(name, default="")]
        if left:
            raise ImproperlyConfigured(
                f"{left[0]} is set, but S3_BUCKET is not: files would stay on this host."
            )
        folder = "django.core.files.storage.FileSystemStorage"
        return (
            {"BACKEND": folder},
            {"BACKEND": folder, "OPTIONS": {"location": private_root, "base_url": None, **OURS_ALONE}},
        )
    key, secret = env("S3_ACCESS_KEY_ID", default=""), env("S3_SECRET_ACCESS_KEY", default="")
    if bool(key) != bool(secret):
        raise ImproperlyConfigured("S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY go together: one is empty.")
    endpoint = env("S3_ENDPOINT_URL", default="")
    if endpoint and not endpoint.startswith(("http://", "https://")):
        raise ImproperlyConfigured(f"S3_ENDPOINT_URL is “{endpoint}”. It begins with https:// or http://")
    common = {
        "access_key": key or None,
        "secret_key": secret or None,
        "endpoint_url": endpoint or None,
        "region_name": env("S3_REGION", default="us-east-1"),
        "signature_version": "s3v4",
        # Servers of one's own seldom have a name for each bucket.
        "addressing_style": "path" if endpoint else "auto",
        "max_memory_size": IN_MEMORY,
        "default_acl": None,
    }
    private = env("S3_PRIVATE_BUCKET", default="") or bucket
    return (
        {
            "BACKEND": "lms.buckets.Uploads",
            "OPTIONS": {**common, "bucket_name": bucket, "location": "media"},
        },
        {
            "BACKEND": "lms.buckets.Private",
            "OPTIONS": {**common, "bucket_name": private, "location": "private"},
        },
    )
