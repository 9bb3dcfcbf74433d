"""Drawing a print run, a step at a time. Where it stands is in the rows alone.

A worker may be killed anywhere: a part counts as drawn when its row says so, and not before, so the next
worker draws what is missing and nothing twice. A file that no row names is removed at the end.
"""

import tempfile
import zipfile

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from certificates.artwork import Artwork
from certificates.batches.joining import Joined
from certificates.batches.models import PrintPart, PrintRun
from certificates.filing import file_of
from certificates.models import Certificate, CertificateFile
from certificates.words import date_in_words
from courses.audit import log
from courses.choices import PrintRunState

TITLE = "Certificates"


class PagesMissing(Exception):
    """The parts together do not have the pages that the run should have."""


def go_on(run_id, *, at):
    """Take one step. Returns whether there is another one to take."""
    run = PrintRun.objects.get(pk=run_id)
    if run.state != PrintRunState.DRAWING:
        return False
    part = run.parts.filter(file="").order_by("n").first()
    if part is not None:
        _keep_part(run, part, _draw(run, part, at), at)
        return True
    _close(run, at)
    return False


def _draw(run, part, at):
    # WeasyPrint takes half a second and 50 MB to load: only the worker pays.
    from certificates.batches import sheets  # noqa: PLC0415

    items = run.items.filter(n__gte=part.first, n__lte=part.last).select_related("certificate")
    certificates = [item.certificate for item in items]
    if run.separate:
        for one in certificates:
            file_of(one, at=at)
    art = Artwork([one.facts for one in certificates])
    day = timezone.localdate(run.at)
    return sheets.draw(
        [(one.facts, art.pictures_for(one.facts)) for one in certificates],
        day=day,
        duplicate=date_in_words(day, certificates[0].facts["language"]) if run.duplicate else "",
    )


def _keep_part(run, part, content, at):
    part.file.save(f"{run.uuid}/pdf", ContentFile(content), save=False)
    with transaction.atomic():
        PrintRun.objects.select_for_update().get(pk=run.pk)
        # Of two workers that drew it the first to say so wins.
        if PrintPart.objects.filter(pk=part.pk, file="").update(file=part.file.name):
            PrintRun.objects.filter(pk=run.pk).update(moved_at=at)


def _close(run, at):
    with tempfile.TemporaryFile() as joined:
        _join(run, joined)
        run.pdf.save(f"{run.uuid}/pdf", File(joined), save=False)
    if run.separate:
        with tempfile.TemporaryFile() as packed:
            _pack(run, packed)
            run.archive.save(f"{run.uuid}/zip", File(packed), save=False)
    with transaction.atomic():
        locked = PrintRun.objects.select_for_update().get(pk=run.pk)
        if locked.state == PrintRunState.DRAWING:
            locked.pdf, locked.archive = run.pdf.name, run.archive.name
            locked.state, locked.finished_at, locked.moved_at = PrintRunState.READY, at, at
            locked.save(update_fields=["pdf", "archive", "state", "finished_at", "moved_at"])
            locked.parts.all().delete()
            log.record("print run finished", locked, actor=None, at=at, pages=locked.count)
    remove_files(locked, all_but={locked.pdf.name, locked.archive.name})


def _join(run, out):
    joined = Joined(out)
    for part in run.parts.order_by("n"):
        with part.file.open("rb") as opened:
            joined.add(opened.read())
    pages = joined.close(title=TITLE)
    if pages != run.count:
        raise PagesMissing(f"{pages} of {run.count}")


def _pack(run, out):
    """The stored file of each certificate. They are packed already: pressing them again saves nothing."""
    keys = list(run.items.order_by("n").values_list("certificate_id", flat=True))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for key in keys:
            certificate = Certificate.objects.only("number").get(pk=key)
            content = CertificateFile.objects.get(certificate_id=key).pdf
            archive.writestr(certificate.file_name, bytes(content))


def remove_files(run, *, all_but=()):
    """Remove what lies in the run's folder, also what no row names."""
    storage, folder = PrintRun._meta.get_field("pdf").storage, f"prints/{run.uuid}"
    try:
        names = storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    for name in names:
        if f"{folder}/{name}" not in all_but:
            storage.delete(f"{folder}/{name}")
