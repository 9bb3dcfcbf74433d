import pytest

from tests.journeys.four_sectors import walk

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("sector", "js"), [("police", True), ("civil", False), ("health", True), ("diplomatic", False)]
)
def test_from_signing_up_to_a_checked_certificate(national, live_database, sector, js):
    walk(national, sector, js=js)
