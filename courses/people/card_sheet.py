"""Code cards on paper: ten to a page of A4, to be cut. The codes are in the PDF and in no other place."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from courses.qr import qr_code

CARDS_A_PAGE = 10
# Longer names are set smaller, so that the code keeps its place.
LONG_NAME = 38
CSS = """
@page { size: A4; margin: 10mm 10mm 10mm 10mm; }
* { margin: 0; padding: 0; box-sizing: border-box; }
body { font-family: Sheet; font-size: 8.5pt; line-height: 1.3; color: #000; }
.page { width: 190mm; height: 277mm; break-after: page; }
.page:last-child { break-after: auto; }
.card { float: left; width: 94.9mm; height: 55mm; padding: 4mm 5mm; border: 0.2mm dashed #000;
  position: relative; overflow: hidden; }
.site { font-size: 8pt; }
h2 { font-size: 12pt; font-weight: 500; line-height: 1.15; max-height: 14mm; overflow: hidden;
  overflow-wrap: anywhere; width: 60mm; }
h2.long { font-size: 9pt; }
ol { margin: 1.5mm 0 0 4mm; width: 55mm; font-size: 9pt; }
li { overflow-wrap: anywhere; }
.code { position: absolute; left: 5mm; bottom: 4mm; font-size: 17pt; font-weight: 500; letter-spacing: 0.4mm; }
.qr { position: absolute; right: 5mm; top: 5mm; width: 22mm; height: 22mm; }
"""


@dataclass(frozen=True)
class Card:
    name: str
    # The last two signs of what is typed beside the code; "" for none.
    number_ends: str
    phone_ends: str
    code: str

    @property
    def is_long(self):
        return len(self.name) > LONG_NAME


def card_of(person, code):
    return Card(person.full_name, person.service_number[-2:], person.phone[-2:], code)


def draw(cards, request):
    """The bytes of a PDF of these cards. Nothing is kept.

    `request` brings the site's neutral name along.
    """
    # Loading WeasyPrint takes half a second: only whoever prints pays.
    from courses.printing import office_style, to_pdf  # noqa: PLC0415

    address = settings.SITE_URL + reverse("code_card")
    html = render_to_string(
        "people/card_sheet.html",
        {
            "address": address.split("://", 1)[-1].rstrip("/"),
            "qr": qr_code(address, dark="#000000"),
            "pages": [cards[start : start + CARDS_A_PAGE] for start in range(0, len(cards), CARDS_A_PAGE)],
        },
        request=request,
    )
    return to_pdf(html, office_style(CSS))
