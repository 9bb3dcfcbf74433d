"""A print run of a thousand certificates in one PDF, against WeasyPrint alone on the same HTML.

A thousand take minutes on a slow machine: PRINTED=200 in the environment makes it fewer.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

from django.db import connection
from django.utils import timezone
from weasyprint import HTML

from certificates import pdf
from certificates.artwork import Artwork
from certificates.batches import drawing, sheets
from certificates.batches.making import PAGES_A_PART, print_selected
from certificates.batches.models import PrintRun
from certificates.issuing import issue
from courses.choices import PrintRunState
from courses.printing import DataOnly
from tests.benchmarks.ratio import Most, Ratio
from tests.factories import make_completion

PRINTED = int(os.environ.get("PRINTED", 1000))
MOST_MEGABYTES = 200
ROOT = Path(__file__).parents[2]
_certificates = []


def _world():
    """So many certificates, issued once for both measurements."""
    while len(_certificates) < PRINTED:
        _certificates.append(issue(make_completion(at=timezone.now()), actor=None, at=timezone.now()))
    return _certificates


def _run():
    return print_selected(_world(), title="Print run", actor=None, at=timezone.now()).run


def _cpu(call, *args):
    before = time.process_time()
    result = call(*args)
    return result, time.process_time() - before


def print_run():
    """Step by step, with rows, files and joining; in turns with WeasyPrint on the HTML of the same part."""
    run, day = _unstarted(_run), timezone.localdate()
    fonts, css = pdf.style()

    def draw(html):
        HTML(string=html, url_fetcher=DataOnly()).write_pdf(stylesheets=[css], font_config=fonts)

    draw(_html(run, 0, day))
    ours = floor = 0
    for n in range(run.parts.count()):
        html = _html(run, n, day)
        for mine in (True, False) if n % 2 else (False, True):
            if mine:
                ours += _cpu(lambda: drawing.go_on(run.pk, at=timezone.now()))[1]
            else:
                floor += _cpu(draw, html)[1]
    ours += _cpu(lambda: drawing.go_on(run.pk, at=timezone.now()))[1]
    assert PrintRun.objects.get(pk=run.pk).state == PrintRunState.READY
    return Ratio(f"{PRINTED} certificates in one PDF, against WeasyPrint on the same HTML", ours, floor, 1.15)


def _html(run, part, day):
    first = part * PAGES_A_PART
    facts = [one.facts for one in _certificates[first : first + PAGES_A_PART]]
    art = Artwork(facts)
    return sheets.html_of([(one, art.pictures_for(one)) for one in facts], day=day)[0]


def _unstarted(make):
    """The run that `make` makes, without the worker, which in this process would draw at once."""
    with mock.patch("certificates.batches.making.go_on_printing"):
        return make()


def print_run_memory():
    """The most memory of a worker process that does nothing else than such a run."""
    run = _unstarted(_run)
    name = str(connection.settings_dict["NAME"])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.worker", str(run.pk), name],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    return Most(f"memory of the worker that prints {PRINTED}, in MB", int(done.stdout), MOST_MEGABYTES)
