"""A worker that is killed at every stage: in the end exactly as many pages as certificates, each its own."""

import io
import zipfile

import pytest
from django.core.files.storage import storages
from pypdf import PdfReader

from certificates.batches import drawing, sheets
from certificates.batches.making import print_selected
from certificates.batches.models import PrintRun
from certificates.batches.purging import purge_print_runs
from certificates.filing import file_of
from certificates.models import CertificateFile
from courses.choices import PrintRunState
from tests.certificates.batches.conftest import NOW

STAGES = [
    # What breaks, after how many times that it went well.
    (sheets, "draw", 0),
    (sheets, "draw", 2),
    (drawing, "_keep_part", 0),
    (drawing, "_keep_part", 1),
    (drawing, "_close", 0),
    (drawing, "_join", 0),
    (drawing, "_pack", 0),
    (drawing, "remove_files", 0),
]


class Killed(BaseException):
    """Nothing of ours catches it, as nothing catches a kill."""


def until_killed(monkeypatch, module, name, after):
    """The worker at its work, killed before the deed and, the second time, right after it."""
    whole, calls = getattr(module, name), []

    def breaks(*args, **kwargs):
        calls.append(name)
        if len(calls) == after + 1:
            raise Killed
        result = whole(*args, **kwargs)
        if len(calls) == after + 2:
            raise Killed
        return result

    monkeypatch.setattr(module, name, breaks)


def work(run):
    for _step in range(40):
        try:
            if not drawing.go_on(run.pk, at=NOW):
                return
        except Killed:
            pass
    raise AssertionError("It never ends.")


def numbers_in(content):
    return [
        page.get_contents().get_data().decode().strip("% \n") for page in PdfReader(io.BytesIO(content)).pages
    ]


def files_of(run):
    return sorted(storages["private"].listdir(f"prints/{run.uuid}")[1])


@pytest.mark.parametrize(("module", "name", "after"), STAGES)
def test_killed_at_any_stage_nothing_is_lost_and_nothing_twice(
    module, name, after, twelve, small_parts, no_worker, monkeypatch
):
    run = print_selected(twelve, title="Run", actor=None, at=NOW, separate=True).run
    until_killed(monkeypatch, module, name, after)
    work(run)
    work(run)  # and a task that comes late

    run.refresh_from_db()
    assert (run.state, run.count) == (PrintRunState.READY, 12)
    assert numbers_in(run.pdf.read()) == [one.number for one in twelve]
    with zipfile.ZipFile(run.archive) as archive:
        assert archive.namelist() == [f"certificate-{one.number}.pdf" for one in twelve]
        assert archive.testzip() is None
    assert CertificateFile.objects.count() == 12
    if name != "remove_files":
        # Of a worker killed at the very end the parts stay until the run is purged.
        assert len(files_of(run)) == 2
    assert run.parts.count() == 0


def test_two_workers_at_the_same_part_keep_it_once(twelve, small_parts, no_worker):
    run = print_selected(twelve, title="Run", actor=None, at=NOW).run
    part = run.parts.get(n=1)
    for _worker in range(2):
        drawing._keep_part(run, part, drawing._draw(run, part, NOW), NOW)
    kept = run.parts.get(n=1).file.name
    work(run)
    run.refresh_from_db()
    assert kept
    assert numbers_in(run.pdf.read()) == [one.number for one in twelve]
    assert files_of(run) == [run.pdf.name.rpartition("/")[2]]


def test_old_files_are_removed_and_the_rows_stay(twelve, small_parts):
    run = print_selected(twelve, title="Run", actor=None, at=NOW).run
    PrintRun.objects.update(finished_at=NOW)
    assert purge_print_runs(at=NOW, days=1) == 0
    assert purge_print_runs(at=NOW.replace(day=30), days=1) == 1
    run.refresh_from_db()
    assert (run.state, bool(run.pdf), files_of(run), run.items.count()) == ("purged", False, [], 12)


@pytest.mark.drawn
def test_what_is_printed_says_what_was_frozen_and_shares_the_artwork(twelve, small_parts):
    run = print_selected(twelve, title="Run", actor=None, at=NOW, separate=True, duplicate=True).run
    run.refresh_from_db()
    reader = PdfReader(run.pdf)
    texts = ["".join(page.extract_text().split()) for page in reader.pages]
    assert [one.number in text for one, text in zip(twelve, texts, strict=True)] == [True] * 12
    for words in ("PersonN07", "DUPLICATE", "Printedagainon8December2026", "CertificateofCompletion"):
        assert words in texts[7]
    assert reader.metadata.title == "Certificates"
    # The ground of each part is drawn once, and every page of the part refers to it.
    grounds = {str(page["/Resources"]["/XObject"].raw_get("/ground0")) for page in reader.pages}
    assert len(grounds) == 3
    with zipfile.ZipFile(run.archive) as archive:
        content = archive.read(f"certificate-{twelve[3].number}.pdf")
    assert content == bytes(file_of(twelve[3], at=NOW).pdf)
    assert "DUPLICATE" not in PdfReader(io.BytesIO(content)).pages[0].extract_text()
