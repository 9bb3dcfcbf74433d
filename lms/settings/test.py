"""Tests: fast hashing, files in a temporary folder, tasks run at once."""

import tempfile

from .base import *  # noqa: F403
from .base import BASE_DIR, DATABASES, FILES_IN_BUCKETS, env

SECRET_KEY = "tests-only-" + "0" * 50
DEMO_ALLOWED = True
SERVE_UPLOADS = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
WHITENOISE_MAX_AGE = 3600
_files = tempfile.mkdtemp(prefix="lms-tests-")
MEDIA_ROOT = f"{_files}/media"
PRIVATE_ROOT = f"{_files}/private"
MAINTENANCE_FILE = f"{_files}/maintenance"
BACKUP_ROOT = f"{_files}/backups"
if not FILES_IN_BUCKETS:
    STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_ROOT  # noqa: F405
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # The live server needs a file: an in-memory database locks under concurrent writes.
    (BASE_DIR / "var").mkdir(exist_ok=True)
    # Tests put other files in its place.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    # A database for tests needs to survive no power cut.
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    DATABASES["default"]["TEST"] = {
        "NAME": env("DATABASE_TEST_NAME", default=str(BASE_DIR / "var" / "test.sqlite3"))
    }
