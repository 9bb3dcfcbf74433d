"""Everything somebody learnt, on paper: who it is about, when it was made, and how it can be checked."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from certificates.models import Certificate
from certificates.records import certificates_of
from certificates.states import CertificateState
from courses.transcript.reading import transcript_of

CSS = """
@page { size: A4; margin: 18mm 16mm 20mm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 9pt Sheet } @bottom-left { content: string(who); font: 9pt Sheet } }
html { font: 10pt/1.4 Sheet; color: #111 }
h1 { font-size: 17pt; font-weight: 500; margin: 0 0 4mm } h2 { font-size: 12pt; font-weight: 500;
  margin: 7mm 0 2mm; break-after: avoid } p { margin: 0 0 2mm }
.who { string-set: who content(); font-size: 13pt; font-weight: 500; margin: 0 }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: left; padding: 1.4mm 3mm 1.4mm 0; border-bottom: .3pt solid #888; vertical-align: top;
  font-weight: 400; overflow-wrap: break-word }
.whole { white-space: nowrap }
thead th, tfoot th, tfoot td { font-weight: 500 } thead th { border-bottom: .8pt solid #111 }
.n { text-align: right; padding-right: 0 } small { font-size: 8.5pt; color: #333 }
tr, .check { break-inside: avoid } .check { border: .6pt solid #111; padding: 3mm 4mm; margin-top: 8mm }
.check p:last-child { margin: 0 }
"""


@dataclass(frozen=True)
class CertificateLine:
    certificate: Certificate
    # In words.
    state: str

    @property
    def title(self):
        return self.certificate.facts["course"]


def lines_of(person):
    """Every certificate of a person, newest first, with its state; replaced ones say so."""
    return [CertificateLine(one, CertificateState(one.state).label) for one in certificates_of(person)]


def draw(person, *, at):
    """The bytes of the PDF. It prints in black and white, and says what `transcript_of` says."""
    # WeasyPrint is loaded where something is drawn, and not in every web process.
    from courses import printing  # noqa: PLC0415

    context = {
        "person": person,
        "transcript": transcript_of(person),
        "lines": lines_of(person),
        "day": timezone.localdate(at),
        "address": (settings.SITE_URL + reverse("verify")).split("://", 1)[-1].rstrip("/"),
    }
    html = render_to_string("lms/reports/transcript.html", context)
    return printing.to_pdf(html, printing.office_style(CSS))
