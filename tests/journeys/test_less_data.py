"""A picture that is loaded only when it is tapped, on a page open to everybody."""

import json

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from lms.home.models import InfoPage
from tests.browser import assert_good_page, go
from tests.factories import block, make_site

pytestmark = [pytest.mark.browser, pytest.mark.same_everywhere, pytest.mark.django_db(transaction=True)]

TAP = "a[data-picture]"


def test_a_picture_opens_in_its_place_and_without_script_by_itself(open_tab):
    image = Image.objects.create(title="Bay", file=get_test_image_file(size=(800, 600)))
    body = [block("picture", image=image.pk, alt_text="A ferry terminal", decorative=False, caption="At noon")]
    film, captions = (
        Document.objects.create(title=name, file=ContentFile(b"WEBVTT\n", name)).pk
        for name in ("f.mp4", "c.vtt")
    )
    body += [block("film", title="Noon", film=film, captions=captions, transcript="<p>Bell.</p>", minutes=1)]
    make_site().add_child(instance=InfoPage(title="Signs", slug="signs", body=json.dumps(body)))
    saves = {"extra_http_headers": {"Save-Data": "on"}}
    tab, plain = open_tab(**saves), open_tab(js=False, **saves)
    asked = []
    tab.on("request", lambda request: asked.append(request.url))

    go(tab, "/signs/")
    assert_good_page(tab)
    assert not [address for address in asked if "/media/" in address or "/documents/" in address]

    with tab.expect_request("**/c.vtt"):
        tab.evaluate("() => void document.querySelector('video').play().catch(() => {})")

    # The network is gone: the link stays, and says so.
    tab.context.set_offline(True)
    tab.click(TAP)
    tab.locator("[role=status]", has_text="did not load").wait_for()
    tab.context.set_offline(False)
    tab.click(TAP)
    shown = tab.get_by_role("img", name="A ferry terminal")
    shown.wait_for()

    assert shown.evaluate("image => [image.naturalWidth, image === document.activeElement]") == [720, True]
    assert tab.locator(TAP).count() == 0
    assert_good_page(tab)
    go(plain, "/signs/")
    with plain.expect_navigation():
        plain.click(TAP)
    assert plain.url.endswith(".webp")
