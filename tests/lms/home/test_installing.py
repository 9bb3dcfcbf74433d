"""The site on a home screen."""

import struct
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

pytestmark = pytest.mark.django_db


def png_size(path):
    return struct.unpack(">II", Path(path).read_bytes()[16:24])


def test_the_site_can_be_installed_under_its_neutral_name(client):
    response = client.get(reverse("manifest"))
    told = response.json()

    assert response["Content-Type"] == "application/manifest+json"
    assert told["short_name"] == "Learning"
    assert (told["start_url"], told["scope"], told["display"]) == ("/?s=pwa", "/", "standalone")
    assert {(icon["sizes"], icon["purpose"]) for icon in told["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in told["icons"]:
        width, height = png_size(finders.find(icon["src"].removeprefix("/static/")))
        assert f"{width}x{height}" == icon["sizes"]
    assert [one["url"] for one in told["shortcuts"]] == [
        reverse("home"),
        reverse("my_record"),
        reverse("my_code"),
    ]
