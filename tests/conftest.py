"""What every test may use: the cast, the browser, and caches that begin empty."""

import pytest
from django.core.cache import caches

from tests import browser as chromium
from tests import people

# Fixtures by name, wherever a test asks for them.
for _name in [*people.CAST, "client_of", "police", "hospital", "department"]:
    globals()[_name] = getattr(people, _name)
for _name in ["browser", "open_tab", "visit", "visit_without_js"]:
    globals()[_name] = getattr(chromium, _name)


@pytest.fixture(autouse=True)
def _empty_caches(request):
    """Bodies live in the process, rate limits in a table that a flush does not empty."""
    caches["bodies"].clear()
    if {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db")
        caches["default"].clear()
