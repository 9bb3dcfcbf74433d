"""Signatories on the desk."""

import io

import pytest

from courses.directory.models import Signatory
from tests.factories import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client_of, focal_point):
    make_site()
    return client_of(focal_point)


def picture():
    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    output = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(output, "PNG")
    return SimpleUploadedFile("signature.png", output.getvalue(), "image/png")


def test_a_signature_needs_consent_has_no_address_and_can_be_removed(desk, settings):
    facts = {"name": "Dr Ann", "title": "Director", "mandate_from": "2026-01-01", "mandate_to": ""}
    rest = {"consent_note": "", "checked_on": "", "consent_on": ""}

    without = desk.post("/admin/signatories/new/", {**facts, **rest, "image": picture()})
    desk.post("/admin/signatories/new/", {**facts, **rest, "image": picture(), "consent_on": "2026-01-02"})

    signatory = Signatory.objects.get()
    edit = f"/admin/signatories/edit/{signatory.pk}/"
    page = desk.get(edit)
    kept = desk.post(edit, {**facts, **rest, "consent_on": "2026-01-02"})
    signatory.refresh_from_db()
    assert (without.status_code, page.status_code, kept.status_code) == (200, 200, 302)
    assert signatory.image.path.startswith(settings.PRIVATE_ROOT)
    assert signatory.image.name not in page.content.decode()
    assert desk.get(f"/media/{signatory.image.name}").status_code == 404

    desk.post(edit, {**facts, **rest, "remove_image": "on"})

    signatory.refresh_from_db()
    assert not signatory.image
