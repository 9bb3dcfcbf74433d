"""An archive opens without the software, is whole, and says what is in it."""

import csv
import hashlib
import io
import posixpath
import re
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from certificates.issuing import issue
from certificates.models import Certificate, CertificateFile
from courses.audit.models import AuditEntry
from courses.people.models import Person
from lms.backups import sealing
from lms.reports.figures.training import Training
from tests.factories import make_completion, make_person

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 as issued"


@pytest.fixture
def archive(tmp_path):
    make_person(full_name="=1+1")
    drawn, _not_drawn = (issue(make_completion(), actor=None, at=timezone.now()) for _ in range(2))
    CertificateFile.objects.create(
        certificate=drawn, pdf=PDF, sha256=hashlib.sha256(PDF).hexdigest(), drawn_at=timezone.now()
    )
    path = tmp_path / "a.zip"
    call_command("archive", to=str(path), plain=True)
    with zipfile.ZipFile(path) as opened:
        yield opened


def sheet(archive, name):
    return list(csv.DictReader(io.StringIO(archive.read(f"{name}/{name}.csv").decode("utf-8-sig"))))


def test_every_file_is_reached_and_no_link_is_dead_or_leaves(archive):
    seen, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        text = archive.read(path).decode() if path.endswith(".html") else ""
        assert "://" not in text
        assert "<script" not in text
        for link in re.findall(r'(?:href|src)="([^"]+)"', text):
            waiting.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), link)))
    assert seen == set(archive.namelist())


def test_the_manifest_names_every_other_file_with_its_sum(archive):
    lines = [line.split("  ", 1) for line in archive.read("SHA256SUMS").decode().splitlines()]
    assert {path for _sum, path in lines} == set(archive.namelist()) - {"SHA256SUMS"}
    assert all(hashlib.sha256(archive.read(path)).hexdigest() == known for known, path in lines)


def test_it_holds_as_many_as_the_database_and_no_formula(archive):
    models = {"people": Person, "training": Training, "certificates": Certificate, "audit": AuditEntry}
    assert {name: len(sheet(archive, name)) for name in models} == {
        name: model.objects.count() for name, model in models.items()
    }
    assert "'=1+1" in [row["full_name"] for row in sheet(archive, "people")]
    assert sheet(archive, "audit")[-1]["what"] == "archive made"


def test_a_certificate_lies_there_as_it_was_drawn(archive):
    drawn, not_drawn = sheet(archive, "certificates")
    assert archive.read(f"certificates/{drawn['file']}") == PDF
    assert hashlib.sha256(PDF).hexdigest() == drawn["sha256"]
    assert not_drawn["file"] == not_drawn["sha256"] == ""
    assert len([name for name in archive.namelist() if name.endswith(".pdf")]) == 1


def test_without_a_key_nothing_is_written_unless_plain_is_typed(tmp_path, settings):
    settings.BACKUP_RECIPIENTS = []
    with pytest.raises(CommandError, match="--plain"):
        call_command("archive", to=str(tmp_path / "a.zip.age"))
    assert not list(tmp_path.iterdir())
    assert not AuditEntry.objects.filter(verb="archive made").exists()


def test_sealed_for_the_key_of_the_backups(tmp_path, settings):
    public, private = sealing.new_key()
    settings.BACKUP_RECIPIENTS = [public]
    path = tmp_path / "a.zip.age"
    call_command("archive", to=str(path))
    with sealing.unsealed(path, sealing.identities(private.encode())) as stream:
        assert "index.html" in zipfile.ZipFile(io.BytesIO(stream.read())).namelist()


def test_queries_do_not_grow(archive, django_assert_max_num_queries):
    from lms.archive import making  # noqa: PLC0415

    for _ in range(3):
        make_completion()
    with django_assert_max_num_queries(6):
        assert b"".join(making.chunks(timezone.now()))
