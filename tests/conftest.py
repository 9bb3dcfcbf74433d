"""What every test may use: the cast, the browser, and caches that begin empty."""

import contextlib
import gc
from datetime import timedelta
from io import BytesIO
from unittest import mock

import PIL.Image
import pytest
from django.apps import apps
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.db import connection
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.template.autoreload import reset_loaders
from django.test import TransactionTestCase
from django.test.signals import setting_changed
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from certificates import pdf
from certificates.batches import sheets
from courses import printing
from tests import browser as chromium
from tests import flushing, legs, people, quick, ready
from tests.factories import make_root

# Fixtures by name, wherever a test asks for them.
for _name in [*people.CAST, "client_of", "desk", "police", "hospital", "department"]:
    globals()[_name] = getattr(people, _name)
for _name in ["_static_files_are_kept", "browser", "open_tab", "visit", "visit_without_js"]:
    globals()[_name] = getattr(chromium, _name)


# What is imported stays: the collector need not walk through all of it again and again.
gc.set_threshold(100_000, 50, 1000)


@receiver(setting_changed)
def _templates_are_read_anew(setting, **_kwargs):
    """What pages have alike is rendered once, with the names that files have by these settings."""
    if setting == "STORAGES":
        reset_loaders()


def pytest_collection_modifyitems(config, items):
    """Journeys first: whoever draws a long one last keeps all the others waiting."""
    if legs.SECOND:
        legs.leave_out(items)
        getattr(config, "workeroutput", {})["left_out"] = dict(legs.LEFT_OUT)  # to the process that reports
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    """Each process has left out the same."""
    if not legs.LEFT_OUT:
        legs.LEFT_OUT.update((getattr(node, "workeroutput", None) or {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter):
    for why, number in legs.LEFT_OUT.items():
        terminalreporter.write_line(f"Left out, for SQLite has shown it: {number} tests that {why}")


@pytest.hookimpl(trylast=True)
def pytest_runtest_call(item):
    legs.check_doors(item)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_blocker,
    django_db_keepdb,
    django_db_createdb,
    django_db_modify_db_settings,
):
    """The test database, whichever tests were chosen.

    pytest-django makes none when no chosen test asks for it by its own marks, and the
    `national` site of the journeys does not: it would meet the developer's database.
    """
    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0, interactive=False, keepdb=ready.copied() or keep, serialized_aliases=[]
        )
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            _end_other_connections()
            teardown_databases(made, verbosity=0)


def _end_other_connections():
    """A live server's thread may still hold one, and PostgreSQL drops no database that is in use."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@receiver(post_migrate)
def _plant_the_page_tree(app_config, **kwargs):
    """A flush after a test with real transactions takes away even the root that migrations made."""
    last = [app for app in apps.get_app_configs() if app.models_module][-1]
    if app_config is last:  # by now every permission is there again
        make_root()


@pytest.fixture(scope="session", autouse=True)
def _flush_quickly():
    with mock.patch.object(TransactionTestCase, "_fixture_teardown", flushing.after_test):
        yield


@pytest.fixture(autouse=True)
def _empty_caches(request):
    """Bodies live in the process, rate limits in a table that a flush does not empty."""
    caches["bodies"].clear()
    if {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db")
        caches["default"].clear()


@pytest.fixture(autouse=True)
def _quick(request, monkeypatch):
    """Without what is slow and what few tests look at: see `tests/quick.py`."""
    if not any(request.node.get_closest_marker(name) for name in ("drawn", "browser")):
        monkeypatch.setattr(pdf, "render", quick.undrawn)
        monkeypatch.setattr(printing, "to_pdf", quick.undrawn_sheet)
        monkeypatch.setattr(printing, "office_style", lambda css: None)
        monkeypatch.setattr(sheets, "draw", quick.undrawn_pages)
    with contextlib.nullcontext() if request.node.get_closest_marker("indexed") else quick.unindexed():
        yield


@pytest.fixture
def in_the_morning(settings):
    """It is ten o'clock here, whenever the tests run."""
    east = (10 - timezone.now().hour + 11) % 24 - 11
    settings.TIME_ZONE = f"Etc/GMT{-east:+d}"
    assert timezone.localtime().hour == 10
    assert timezone.localtime().utcoffset() == timedelta(hours=east)


@pytest.fixture
def picture(db):
    """An uploaded picture of a few grey dots."""
    data = BytesIO()
    PIL.Image.new("RGB", (8, 8), "grey").save(data, "PNG")
    return get_image_model().objects.create(
        title="Picture", file=ContentFile(data.getvalue(), name="picture.png")
    )


@pytest.fixture
def film_file(db):
    """An uploaded file that plays the part of a film."""
    return get_document_model().objects.create(title="Film", file=ContentFile(b"film", name="film.mp4"))
