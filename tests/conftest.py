"""What every test may use: the cast, and caches that begin empty."""

from io import BytesIO

import PIL.Image
import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests import people

# The cast's fixtures, by name, wherever a test asks for them.
for _name in [*people.CAST, "client_of", "police", "hospital", "department"]:
    globals()[_name] = getattr(people, _name)


@pytest.fixture(autouse=True)
def _empty_caches(request):
    """Bodies live in the process, rate limits in a table that a flush does not empty."""
    caches["bodies"].clear()
    if {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db")
        caches["default"].clear()


@pytest.fixture
def picture(db):
    """An uploaded picture of one grey dot."""
    return get_image_model().objects.create(title="Picture", file=get_test_image())


@pytest.fixture
def film_file(db):
    """An uploaded file that plays the part of a film."""
    return get_document_model().objects.create(title="Film", file=ContentFile(b"film", name="film.mp4"))


def get_test_image():
    data = BytesIO()
    PIL.Image.new("RGB", (8, 8), "grey").save(data, "PNG")
    return ContentFile(data.getvalue(), name="picture.png")
