"""The evidence file: everything with its hash, and nothing that an auditor may not see."""

import csv
import hashlib
import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.audit.models import AuditEntry
from lms.reports.packs import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(client_of, auditor, year):
    """opened(name, uuid): the archive behind an address, as the auditor gets it."""

    def get(name, uuid):
        answer = client_of(auditor).get(reverse(name, args=[uuid]))
        return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    return get


def hashes_hold(archive):
    sums = dict(reversed(line.split("  ")) for line in archive.read("sha256sums.txt").decode().splitlines())
    assert set(sums) == set(archive.namelist()) - {"sha256sums.txt"}
    for name, digest in sums.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest, name
    manifest = list(csv.reader(archive.read("manifest.csv").decode("utf-8-sig").splitlines()))[1:]
    assert {name: int(size) for name, size, _digest in manifest} == {
        name: archive.getinfo(name).file_size for name in sums if name != "manifest.csv"
    }


def says_nothing_more(archive):
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"4521234" not in everything


def test_of_a_pack(opened, year):
    pack = making.make(year.scope, actor=None, at=timezone.now())
    archive = opened("reports_pack_evidence", pack.uuid)
    hashes_hold(archive)
    says_nothing_more(archive)
    # As its README says it.
    both = archive.read("content.json") + archive.read("rows.jsonl")
    assert hashlib.sha256(both).hexdigest() == pack.sha256
    assert pack.sha256 in archive.read("README.txt").decode()
    register = archive.read("register.csv").decode("utf-8-sig").splitlines()
    assert len(register) == 1 + 11
    [scan] = [name for name in archive.namelist() if name.startswith("sheets/")]
    assert archive.read(scan) == b"%PDF-1.7 scan %%EOF"
    assert "IOM" in archive.read("workshops.csv").decode()
    assert AuditEntry.objects.filter(verb="evidence file taken out").count() == 1


def test_of_a_workshop(opened, year):
    archive = opened("reports_workshop_evidence", year.room.uuid)
    hashes_hold(archive)
    says_nothing_more(archive)
    register = list(csv.reader(archive.read("register.csv").decode("utf-8-sig").splitlines()))
    assert len(register) == 1 + 6
    assert register[1][0] == "Officer A"
    assert register[1][-1] == "180"
    materials = archive.read("materials.csv").decode()
    assert year.room.quiz.title in materials
    assert "Jane Trainer" in archive.read("workshop.csv").decode()


def test_a_scan_that_was_lost_is_named(opened, year):
    photo = year.room.sheet_photos.get()
    photo.file.storage.delete(photo.file.name)
    archive = opened("reports_workshop_evidence", year.room.uuid)
    hashes_hold(archive)
    assert photo.sha256 in archive.read("sheets/missing.txt").decode()
