"""What most tests can do without, and leave out unless they ask for it by a mark.

Wagtail's indexes of search and of uses (`indexed`) are half of the time of publishing a page;
drawing a certificate (`drawn`) is most of the time of issuing one.
"""

import contextlib
import json
from unittest import mock

from modelsearch import signal_handlers
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextlib.contextmanager
def unindexed():
    """What is saved here is neither found by search nor counted as a use."""
    with (
        disable_reference_index_auto_update(),
        mock.patch.object(signal_handlers, "insert_or_update_object_task"),
    ):
        yield


def undrawn(facts, pictures):
    """In place of `certificates.pdf.render`: bytes of the same facts, which no reader opens."""
    return b"%PDF-1.7 undrawn\n" + json.dumps(facts, default=str, sort_keys=True).encode()


def undrawn_sheet(html, style, **kwargs):
    """In place of `courses.printing.to_pdf`: the text of the sheet, which no reader of PDF opens."""
    return b"%PDF-1.7 undrawn\n" + html.encode()


def undrawn_pages(sheets, **kwargs):
    """In place of `certificates.batches.sheets.draw`: a PDF whose pages bear nothing but their number."""
    objects, kids = {1: "<</Type /Catalog/Pages 2 0 R>>", 2: ""}, []
    for n, (facts, _pictures) in enumerate(sheets):
        words, page, content = f"% {facts['number']}\n", 3 + 2 * n, 4 + 2 * n
        objects[page] = f"<</Type /Page/Parent 2 0 R/MediaBox [0 0 9 9]/Contents {content} 0 R>>"
        objects[content] = f"<</Length {len(words)}>>\nstream\n{words}\nendstream"
        kids.append(f"{page} 0 R")
    objects[2] = f"<</Type /Pages/Count {len(kids)}/Kids [{' '.join(kids)}]>>"
    out, rows = "%PDF-1.7\n", ""
    for number, body in objects.items():
        rows += f"{len(out):010} 00000 n \n"
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}trailer\n<</Root 1 0 R>>\n"
    return f"{out}{table}startxref\n{len(out)}\n%%EOF\n".encode()
