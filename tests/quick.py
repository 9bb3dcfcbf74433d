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
