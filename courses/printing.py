"""Drawing with WeasyPrint: HTML in, the bytes of a PDF out.

The renderer reaches nothing but what it is given: pictures and fonts come as `data:`, every
other address stops it, and so does any error that WeasyPrint itself would only log.
Importing this module loads WeasyPrint: half a second and 50 MB, so views and verbs import it
where they draw, or leave drawing to the worker.
"""

import base64
import contextlib
import logging
import threading
from functools import lru_cache
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

FONTS = Path(__file__).parent / "fonts"
TAGGED = "pdf/ua-1"
# Fonts and style sheet are shared by all renders of a process, which is half of the speed;
# Pango's font map is not made for two threads at once.
_lock = threading.RLock()
_log = logging.getLogger("weasyprint")
# Seven lines a certificate, and a page of them from the subsetting of fonts, say nothing.
for _noisy in ("weasyprint.progress", "fontTools"):
    logging.getLogger(_noisy).setLevel(logging.WARNING)


class RenderingFailed(Exception):
    """The sheet could not be drawn as it should be."""


class DataOnly(URLFetcher):
    """Opens `data:` and nothing else. Anything else is fatal: a plain error would be swallowed."""

    def __init__(self):
        super().__init__(allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True)

    def fetch(self, url, headers=None):
        if not url.lower().startswith("data:"):
            raise FatalURLFetchingError(f"Not allowed: {url[:80]}")
        return super().fetch(url, headers)


class _Errors(logging.Handler):
    """Collects what WeasyPrint logs as an error and goes on from: a picture left out, a missing language."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.messages = []

    def emit(self, record):
        self.messages.append(record.getMessage()[:200])


@contextlib.contextmanager
def drawing():
    """One thread at a time; an error or a forbidden address becomes RenderingFailed."""
    errors = _Errors()
    with _lock:
        _log.addHandler(errors)
        try:
            yield
        except FatalURLFetchingError as error:
            raise RenderingFailed(str(error)) from error
        finally:
            _log.removeHandler(errors)
    if errors.messages:
        raise RenderingFailed("; ".join(errors.messages))


def to_pdf(html, style, *, variant=TAGGED):
    """The PDF of a document. `style`: what `style_of` gave. The same HTML gives the same bytes."""
    fonts, css = style
    with drawing():
        return HTML(string=html, url_fetcher=DataOnly()).write_pdf(
            stylesheets=[css], font_config=fonts, pdf_variant=variant
        )


def style_of(text):
    """(fonts, style sheet) of a CSS text, to be kept and used again."""
    with _lock:
        fonts = FontConfiguration()
        return fonts, CSS(string=text, font_config=fonts, url_fetcher=DataOnly())


def font_as_data(file):
    return "data:font/woff2;base64," + base64.b64encode((FONTS / file).read_bytes()).decode()


@lru_cache(maxsize=8)
def office_style(css):
    """The style of sheets for the office: `css` after the face "Sheet", in 400 and 500."""
    faces = "".join(
        f"@font-face{{font-family:Sheet;font-weight:{weight};"
        f'src:url("{font_as_data(f"roboto-latin-{weight}-normal.woff2")}") format("woff2")}}'
        for weight in (400, 500)
    )
    return style_of(faces + css)
