"""The national course on a live server, loaded once for all the journeys of a module."""

from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

from courses.choices import Role
from courses.people.models import Agency
from tests.factories import make_root, make_sector, make_user
from tests.flushing import flush
from tests.journeys.begun import begun  # noqa: F401 (a fixture)
from tests.quick import unindexed

AGENCIES = {
    "police": "Royal Saint Lucia Police Force",
    "diplomatic": "External Affairs",
    "health": "Community Health Services",
    "civil": "Island Support Network",
}


@pytest.fixture(scope="module")
def national(request, django_db_setup, django_db_blocker, browser):
    """The site with the national course, four agencies and a focal point.

    Rows are committed, as a live server needs, and flushed when the module ends.
    """
    with django_db_blocker.unblock():
        caches["bodies"].clear()
        caches["default"].clear()
        make_root()
        with unindexed():
            call_command("load_course", verbosity=0)
        agencies = {
            sector: Agency.objects.get_or_create(name=name, defaults={"sector": make_sector(sector)})[0]
            for sector, name in AGENCIES.items()
        }
        focal_point = make_user(email="focal@example.org", role=Role.FOCAL_POINT)
        server = LiveServer("localhost")
        yield SimpleNamespace(server=server, agencies=agencies, focal_point=focal_point, browser=browser)
        server.stop()
        flush()


@pytest.fixture
def live_database(national, django_db_blocker):
    """Leave for a test to look into the live server's database."""
    with django_db_blocker.unblock():
        yield
