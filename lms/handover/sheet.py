"""The printed record of a hand-over, with lines to sign on."""

from django.template.loader import render_to_string

from courses import printing

CSS = """
@page { size: A4; margin: 18mm 16mm 20mm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 9pt Sheet } @bottom-left { content: string(who); font: 9pt Sheet } }
html { font: 10pt/1.4 Sheet; color: #111 }
h1 { font-size: 17pt; font-weight: 500; margin: 0 0 3mm } h2 { font-size: 12pt; font-weight: 500;
  margin: 6mm 0 2mm; break-after: avoid } p { margin: 0 0 2mm }
.who { string-set: who content(); font-size: 12pt; font-weight: 500 }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: left; padding: 1.3mm 3mm 1.3mm 0; border-bottom: .3pt solid #888; vertical-align: top;
  font-weight: 400; overflow-wrap: break-word }
thead th { font-weight: 500; border-bottom: .8pt solid #111 } .n { text-align: right; width: 14mm }
small { font-size: 8.5pt; color: #333 } tr, .signs { break-inside: avoid }
.hash { font-size: 8.5pt; overflow-wrap: anywhere }
.signs { margin-top: 10mm } .signs td { border: 0; padding: 0 6mm 0 0; width: 33% }
.line { border-top: .6pt solid #111; margin-top: 16mm; padding-top: 1mm }
"""


def draw(facts):
    """The bytes of the PDF. The same facts give the same bytes."""
    html = render_to_string("lms/handover/record.html", facts)
    return printing.to_pdf(html, printing.office_style(CSS))
