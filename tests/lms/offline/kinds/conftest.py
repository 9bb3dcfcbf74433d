import pytest


@pytest.fixture(autouse=True)
def _morning(in_the_morning):
    """A door has a morning and an afternoon on one day."""
