import gzip

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import RequestFactory
from wagtail.documents.models import Document

from lms.compressing import CompressedPages
from tests.factories import make_site

BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}
STYLE = "/static/lms/site.css"


def test_a_page_is_compressed_for_a_browser_and_plain_for_others(db, client):
    make_site()
    plain = client.get("/verify/")

    response = client.get("/verify/", headers=BROWSER)

    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert len(response.content) < len(plain.content) / 2
    assert "</html>" in gzip.decompress(response.content).decode()
    assert not plain.has_header("Content-Encoding")


def test_the_same_page_has_not_always_the_same_size():
    """Else a guess at a secret could be told by the bytes it saves."""
    page = CompressedPages(lambda request: HttpResponse("<p>the same words</p>" * 100))

    sizes = {len(page(RequestFactory(headers=BROWSER).get("/")).content) for _ in range(20)}

    assert len(sizes) > 1


def test_a_style_sheet_is_compressed_once_and_then_not_sent_again(client):
    first = client.get(STYLE, headers=BROWSER)
    again = client.get(STYLE, headers={**BROWSER, "If-None-Match": first["ETag"]})

    assert first["Content-Encoding"] == "gzip"
    assert b":root" in gzip.decompress(first.getvalue())
    assert again.status_code == 304


@pytest.mark.parametrize(("name", "kind"), [("a.mp4", "video/mp4"), ("a.pdf", "application/pdf")])
def test_what_is_compressed_in_itself_passes_as_it_is(db, client, settings, tmp_path, name, kind):
    settings.MEDIA_ROOT = str(tmp_path)
    document = Document.objects.create(title="File", file=ContentFile(b"x" * 4096, name))

    response = client.get(document.url, headers=BROWSER)

    assert response["Content-Type"] == kind
    assert response.get("Content-Encoding") != "gzip"
    assert response["Content-Length"] == "4096"
