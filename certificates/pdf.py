"""Drawing a certificate with WeasyPrint: frozen facts in, the bytes of a PDF out.

The renderer reaches nothing but what it is given: pictures and fonts come as `data:`, every
other address stops it, and so does any error that WeasyPrint itself would only log.
"""

import base64
import logging
import threading
from functools import lru_cache

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from certificates.fitting import FONTS
from certificates.sheet import font_faces, html_of, style_sheet

# Fonts and style sheet are shared by all renders of a process, which is half of the speed;
# Pango's font map is not made for two threads at once.
_lock = threading.Lock()
_log = logging.getLogger("weasyprint")
# Seven lines a certificate, and a page of them from the subsetting of fonts, say nothing.
for _noisy in ("weasyprint.progress", "fontTools"):
    logging.getLogger(_noisy).setLevel(logging.WARNING)


class RenderingFailed(Exception):
    """The certificate could not be drawn as it should be."""


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


def render(facts, pictures):
    """The PDF of these facts. The same facts and pictures give the same bytes."""
    return to_pdf(html_of(facts, pictures))


def to_pdf(html):
    errors = _Errors()
    with _lock:
        fonts, css = _style()
        _log.addHandler(errors)
        try:
            content = HTML(string=html, url_fetcher=DataOnly()).write_pdf(
                stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1"
            )
        except FatalURLFetchingError as error:
            raise RenderingFailed(str(error)) from error
        finally:
            _log.removeHandler(errors)
    if errors.messages:
        raise RenderingFailed("; ".join(errors.messages))
    return content


def _as_data(file):
    return "data:font/woff2;base64," + base64.b64encode((FONTS / file).read_bytes()).decode()


@lru_cache(maxsize=1)
def _style():
    fonts = FontConfiguration()
    text = font_faces(_as_data) + style_sheet()
    return fonts, CSS(string=text, font_config=fonts, url_fetcher=DataOnly())
