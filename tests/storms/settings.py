"""Production's settings, with a clock that can jump. Style sheets are no part of it: none are collected."""

from lms.settings.production import *  # noqa: F403
from tests.storms import clock

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
clock.install()
