"""Those who listen for canaries hear them wherever somebody's data would get out, and nowhere else."""

import logging

import pytest
from django.http import HttpResponse, JsonResponse

from tests import canaries


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/admin/letters/?q=Quetzalina%20Quetzalsson">',
        "<a href='edit/?rank=Quetzal+sergeant'>",
        '<form action="/people/quetzal.ina@quetzal.example/" method="post"></form>',
        '<img src="/photos/quetzalina.jpg">',
        '<form method="get"><input type="hidden" name="q" value="Quetzalina"></form>',
        '<form><select name="rank"><option value="Quetzal sergeant">Sergeant</option></select></form>',
        '<div data-list-url="/rows/?phone=%2B17580987613">',
        "<script>fetch('/rows/?q=quetzal')</script>",
    ],
)
def test_an_address_that_tells_is_found(html):
    assert len(canaries.telling(HttpResponse(html))) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/admin/people/7/">Quetzalina Quetzalsson</a>',
        '<a href="mailto:quetzal.ina@quetzal.example">',
        '<form method="post" action="/name/"><input name="wanted" value="Quetzalina"></form>',
        '<td title="Quetzal sergeant">',
    ],
)
def test_what_a_page_may_show_is_no_address(html):
    assert canaries.telling(HttpResponse(html)) == []


def test_so_are_those_of_headers_and_of_what_a_script_reads():
    away = HttpResponse(status=302, headers={"Location": "/people/?q=Quetzalina"})
    file = HttpResponse(b"%PDF", "application/pdf", headers={"Content-Disposition": 'filename="quetzal.pdf"'})

    assert canaries.telling(away) == ["/people/?q=Quetzalina"]
    assert canaries.telling(file) == ['filename="quetzal.pdf"']
    assert canaries.telling(JsonResponse({"name": "Quetzalina", "next": "/?q=Quetzalina"})) == [
        "/?q=Quetzalina"
    ]


def test_every_level_of_every_logger_is_heard_and_all_is_as_before():
    quiet = logging.getLogger("wagtail.quiet")
    before = quiet.level, logging.getLogger("django.template").level, logging.getLogger().level
    with canaries.listening() as ear:
        quiet.debug("Quetzalina")
        quiet.info("Not found: /people/?q=Quetzalina")

    assert ear.telling == ["Quetzalina"]
    assert ear.bare == ["Quetzalina", "Not found: /people/?q=Quetzalina"]
    assert before == (quiet.level, logging.getLogger("django.template").level, logging.getLogger().level)
