import hashlib
import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from PIL import Image
from pypdf import PdfReader

from certificates import pdf, tasks
from certificates.artwork import ArtworkGone, pictures_for
from certificates.facts import pictures_of
from certificates.filing import file_of
from certificates.issuing import issue
from certificates.models import CertificateArt, CertificateFile, Design
from courses.audit.models import AuditEntry
from lms.reports.figures import installing
from tests.certificates.conftest import NOW


def crest(colour):
    output = io.BytesIO()
    Image.new("RGB", (30, 30), colour).save(output, "PNG")
    return ContentFile(output.getvalue(), name="crest.png")


@pytest.mark.drawn
def test_it_is_drawn_once_and_never_again(certificate):
    first = file_of(certificate, at=NOW)
    again = file_of(certificate, at=NOW + timedelta(days=400))
    assert (again.pk, again.drawn_at, CertificateFile.objects.count()) == (first.pk, NOW, 1)
    assert first.sha256 == hashlib.sha256(bytes(first.pdf)).hexdigest()
    assert AuditEntry.objects.get(verb="certificate drawn").facts["sha256"] == first.sha256
    # Tagged, for whoever reads it alone with a screen reader; and the facts alone draw it.
    assert PdfReader(io.BytesIO(first.pdf)).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert bytes(first.pdf) == pdf.render(certificate.facts, {"crest": b"", "signatures": [b"", b""]})


def test_of_two_who_draw_at_once_the_first_to_store_wins(certificate, monkeypatch):
    def draw_late(facts, pictures):
        CertificateFile.objects.create(certificate=certificate, pdf=b"first", sha256="x", drawn_at=NOW)
        return b"second"

    monkeypatch.setattr(pdf, "render", draw_late)
    assert bytes(file_of(certificate, at=NOW).pdf) == b"first"
    assert not AuditEntry.objects.filter(verb="certificate drawn").exists()


def test_the_crest_is_kept_as_it_was(completion):
    design = Design.objects.create(name="Plain")
    design.crest.save("crest.png", crest("red"))
    was = pictures_of(design, NOW.date())
    certificate = issue(completion, actor=None, at=NOW)
    design.crest.save("crest.png", crest("blue"))
    assert pictures_for(certificate.facts) == was != pictures_of(design, NOW.date())
    CertificateArt.objects.all()._raw_delete("default")
    with pytest.raises(ArtworkGone):
        pictures_for(certificate.facts)


def test_the_task_issues_and_draws_and_may_run_twice(completion):
    for _turn in range(2):
        tasks.issue_certificate.enqueue(completion.pk, NOW.isoformat())
    assert CertificateFile.objects.get().certificate.completion == completion


@pytest.mark.django_db(transaction=True)
def test_bytes_issued_before_the_table_was_made_move_into_it_and_back(certificate):
    was = file_of(certificate, at=NOW)
    kept = (bytes(was.pdf), was.sha256)
    try:
        old = _migrate("0003_second_person").get_model("certificates", "Certificate").objects.get()
        assert (bytes(old.pdf), old.sha256) == kept
    finally:
        _migrate(None)
    file = CertificateFile.objects.get()
    assert (bytes(file.pdf), file.sha256, file.certificate_id) == (*kept, certificate.pk)


def _migrate(to):
    """As the command does it: without the views that look at the tables."""
    installing.drop()
    executor = MigrationExecutor(connection)
    targets = [("certificates", to)] if to else executor.loader.graph.leaf_nodes()
    apps = executor.migrate(targets).apps
    installing.make()
    return apps
