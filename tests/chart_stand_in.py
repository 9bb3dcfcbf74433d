"""In place of `lms.reports.charts` where it is not there: pictures of nothing but their numbers."""

import importlib.util
import sys
from types import ModuleType, SimpleNamespace

from django.utils.html import format_html, format_html_join


def _drawn(rows):
    words = format_html_join("", '<text x="0" y="{}" font-size="12">{}</text>', [
        (16 * n, " ".join(str(value) for value in row)) for n, row in enumerate(rows, start=1)
    ])  # fmt: skip
    svg = format_html('<svg viewBox="0 0 300 200" role="img" aria-label="Chart" '
                      'xmlns="http://www.w3.org/2000/svg">{}</svg>', words)  # fmt: skip
    return SimpleNamespace(svg=svg, key=[])


def install():
    if importlib.util.find_spec("lms.reports.charts") is None:
        module = ModuleType("lms.reports.charts")
        module.bullets = module.columns = _drawn
        sys.modules["lms.reports.charts"] = module
