from datetime import timedelta

import pytest
from django.utils import timezone


@pytest.fixture(autouse=True)
def _in_the_morning(settings):
    """It is ten o'clock here, whenever the tests run: a door has a morning and an afternoon on one day."""
    east = (10 - timezone.now().hour + 11) % 24 - 11
    settings.TIME_ZONE = f"Etc/GMT{-east:+d}"
    assert timezone.localtime().hour == 10
    assert timezone.localtime().utcoffset() == timedelta(hours=east)
