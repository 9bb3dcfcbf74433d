"""The evidence file of a pack or a workshop, for an auditor: a ZIP whose every file has its hash beside it.

It holds who took part, the signed sheets, what was taught with, and numbers of certificates with the hashes of
their PDF. It holds no answers, no scores of anybody, no telephone numbers and no service numbers.
"""

import hashlib
import tempfile
import zipfile

from django.template.loader import render_to_string
from django.utils.translation import override

from courses import spreadsheets
from courses.attendance.models import SheetPhoto
from lms.reports.figures.tables import SHEET_CSS, Table, on_paper
from lms.reports.packs import canonical, documents
from lms.reports.packs.models import Version
from lms.reports.packs.registers import of_pack, of_workshop

IN_MEMORY = 4 * 1024 * 1024
CHUNK = 65536
MANIFEST = ["name", "size", "sha256"]


class Archive:
    """A ZIP that is written file by file into `file`; it keeps the name, size and hash of each."""

    def __init__(self, file):
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.listed = []

    def add(self, name, parts):
        """`parts`: pieces of bytes, one at a time."""
        digest, size = hashlib.sha256(), 0
        entry = zipfile.ZipInfo(name, documents.FIXED)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with self.zip.open(entry, "w", force_zip64=True) as target:
            for part in parts:
                digest.update(part)
                size += len(part)
                target.write(part)
        self.listed.append((name, size, digest.hexdigest()))

    def add_table(self, name, table):
        """A Table of `figures.tables`, as CSV and as PDF."""
        table.rows = list(table.rows)
        headings = [str(heading) for heading in table.headings]
        lines = spreadsheets.csv_lines(headings, table.plain_rows())
        self.add(f"{name}.csv", (line.encode() for line in lines))
        self.add(f"{name}.pdf", [_pdf(table)])

    def close(self):
        """Add the list of all files, for people and for `sha256sum -c`, and end the archive."""
        rows = list(self.listed)
        self.add("manifest.csv", (line.encode() for line in spreadsheets.csv_lines(MANIFEST, rows)))
        sums = "".join(f"{digest}  {name}\n" for name, _size, digest in self.listed)
        self.add("sha256sums.txt", [sums.encode()])
        self.zip.close()


def evidence_of_pack(pack):
    """A temporary file, at its beginning; the caller closes it."""
    with override(pack.content["language"]):
        return _write(lambda archive: _pack_into(archive, pack))


def evidence_of_workshop(workshop):
    """The same of one workshop of `gathering.with_facts`, as its record stands now."""
    return _write(lambda archive: _workshop_into(archive, workshop))


def _write(fill):
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    archive = Archive(file)
    fill(archive)
    archive.close()
    file.seek(0)
    return file


def _pack_into(archive, pack):
    archive.add("README.txt", [_readme(pack=pack)])
    archive.add("content.json", [canonical.as_bytes(pack.content) + b"\n"])
    archive.add("rows.jsonl", canonical.read_lines(pack.compressed()))
    content, _type, _name = documents.document(pack, Version.INSIDE, "full")
    archive.add("report.pdf", [content])
    for name, table in of_pack(pack).items():
        archive.add_table(name, table)
    workshops = [row for row in pack.evidence() if row["row"] == "workshop"]
    _scans_into(archive, [(row["uuid"], digest) for row in workshops for digest in row["scans"]])


def _workshop_into(archive, workshop):
    archive.add("README.txt", [_readme(workshop=workshop)])
    for name, table in of_workshop(workshop).items():
        archive.add_table(name, table)
    scans = [(str(workshop.uuid), photo.sha256) for photo in workshop.sheet_photos.all()]
    _scans_into(archive, scans)


def _scans_into(archive, scans):
    """`scans`: (uuid of the workshop, hash). What is missing from the store is said in a list of its own."""
    lost, done = [], set()
    for workshop, digest in scans:
        if (workshop, digest) in done:
            continue
        done.add((workshop, digest))
        photo = SheetPhoto.objects.filter(workshop__uuid=workshop, sha256=digest).first()
        name = f"sheets/{workshop[:8]}-{digest[:12]}"
        try:
            with photo.file.open("rb") as opened:
                ending = photo.file.name.rpartition(".")[2]
                archive.add(f"{name}.{ending}", iter(lambda opened=opened: opened.read(CHUNK), b""))
        except (AttributeError, OSError):
            lost.append(f"{digest}  {name}\n")
    if lost:
        archive.add("sheets/missing.txt", ["".join(lost).encode()])


def _readme(**context):
    return render_to_string("lms/reports/packs/evidence_readme.txt", context).encode()


def _pdf(table: Table):
    # WeasyPrint is loaded where something is drawn, and not in every web process.
    from courses import printing  # noqa: PLC0415

    rows = list(on_paper(table))
    html = render_to_string("lms/reports/packs/evidence_sheet.html", {"table": table, "rows": rows})
    return printing.to_pdf(html, printing.office_style(SHEET_CSS))
