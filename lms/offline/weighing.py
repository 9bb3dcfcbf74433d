"""How many bytes a thing is on its way to a telephone."""

import gzip

from django.core.files.storage import default_storage

# The status line and the headers of a page of ours, and what compressing pads a page with on average.
HEADERS = 990
PADDING = 50
# Of a picture, which the web server gives out; of a file, which the site does.
PICTURE_HEADERS = 280
FILE_HEADERS = 500


def page_bytes(content):
    """Of a page, compressed as `lms.compressing` does."""
    return len(gzip.compress(content, 6)) + HEADERS + PADDING


def picture_bytes(name):
    """Of an uploaded picture; None where it is gone."""
    try:
        return default_storage.size(name) + PICTURE_HEADERS
    except OSError:
        return None
