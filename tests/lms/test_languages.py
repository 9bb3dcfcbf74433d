import struct

import pytest
from django.urls import reverse

from lms import languages
from tests.factories import make_site

# The smallest compiled catalogue: its magic number, version 0, no texts.
EMPTY_CATALOGUE = struct.pack("<7I", 0x950412DE, 0, 0, 28, 28, 0, 28)
pytestmark = pytest.mark.django_db


@pytest.fixture
def french(settings, tmp_path):
    """A site whose words were translated into French."""
    compiled = tmp_path / "fr" / "LC_MESSAGES"
    compiled.mkdir(parents=True)
    (compiled / "django.mo").write_bytes(EMPTY_CATALOGUE)
    settings.LOCALE_PATHS = [tmp_path]
    languages.spoken.cache_clear()
    yield
    languages.spoken.cache_clear()


def language_of(client, **headers):
    make_site()
    return client.get(reverse("catalogue"), headers=headers).headers["Content-Language"]


def test_a_language_without_translations_is_answered_in_english(client):
    languages.spoken.cache_clear()

    assert language_of(client, **{"accept-language": "fr"}) == "en"


def test_the_browsers_language_is_answered_where_the_site_speaks_it(client, french):
    assert language_of(client, **{"accept-language": "fr"}) == "fr"
    assert language_of(client, **{"accept-language": "es"}) == "en"


def test_the_persons_own_language_comes_first(client_of, constable, french):
    constable.person.language = "fr"
    constable.person.save()

    assert language_of(client_of(constable), **{"accept-language": "en"}) == "fr"
