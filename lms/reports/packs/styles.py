"""How the printed versions of a pack look; black on white, without need of colour."""

_BASE = """
html { font: 10pt/1.45 Sheet; color: #111 }
h1 { font-size: 17pt; font-weight: 500; line-height: 1.2; margin: 0 0 2mm }
section > p { break-after: avoid }
h2 { font-size: 12.5pt; font-weight: 500; margin: 7mm 0 1mm; break-after: avoid }
p { margin: 0 0 2mm } .small { font-size: 8pt; color: #444; overflow-wrap: anywhere }
dl.four { display: flex; margin: 4mm 0; border-top: .8pt solid #111; border-bottom: .8pt solid #111 }
dl.four div { flex: 1; padding: 2mm 3mm 2mm 0 } dl.four dd { margin: 0; font-size: 19pt; line-height: 1.2 }
dl.four dt { font-size: 8.5pt; color: #333 }
figure { margin: 3mm 0; break-inside: avoid } figure svg { width: 100%; display: block }
figcaption { font-weight: 500; margin-bottom: 1mm }
table { border-collapse: collapse; width: 100%; margin-bottom: 3mm; font-size: 8.5pt;
  font-variant-numeric: tabular-nums }
th, td { text-align: left; padding: 1mm 2mm 1mm 0; border-bottom: .3pt solid #999; vertical-align: top;
  font-weight: 400; overflow-wrap: break-word }
thead th { font-weight: 500; border-bottom: .8pt solid #111; vertical-align: bottom }
td.n, th.n { text-align: right } td.n { white-space: nowrap } .n + :not(.n) { padding-left: 4mm }
tr { break-inside: avoid } td.p { white-space: nowrap }
.charts { display: flex; gap: 8mm; align-items: flex-start } .charts figure { flex: 1; max-width: 86mm }
"""

FULL_CSS = (
    """
@page { size: A4; margin: 16mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt Sheet } }
@page wide { size: A4 landscape }
.wide { page: wide; break-before: page; break-after: page } .wide td { min-width: 10mm }
/* A table of a year's months stays on one page. */
.whole { break-inside: avoid }
dl.words dt { font-weight: 500; break-after: avoid } dl.words dd { margin: 0 0 1.5mm }
"""
    + _BASE
)

SHORT_CSS = "@page { size: A4; margin: 15mm }" + _BASE + "html { font-size: 10.5pt }"
