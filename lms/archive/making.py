"""An archive as a zip file, written piece by piece: its size does not show in memory."""

import contextlib
import hashlib
import zipfile

from django.db import connection, transaction
from django.utils.html import escape

from courses.audit import log
from courses.spreadsheets import csv_lines
from lms.archive.folders import folders
from lms.archive.members import moment, page
from lms.backups import databases, sealing

MANIFEST = "SHA256SUMS"


class _Sink:
    """A file that only takes: what was written is fetched by `taken`."""

    def __init__(self):
        self.pieces = []

    def write(self, piece):
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self):
        pass

    def taken(self):
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def _of_folder(folder, people):
    yield folder.sheet, folder.lines()
    names = []
    for name, pieces in folder.tables():
        names.append(name)
        yield f"{folder.name}/{name}", pieces
    for name, content in folder.files(people) if folder.files else ():
        names.append(name)
        yield f"{folder.name}/{name}", [content]
    sheet = f"{folder.name}.csv"
    links = "".join(f'<li><a href="{escape(name)}">{escape(name)}</a></li>\n' for name in [sheet, *names])
    back = '<p><a href="../index.html">All folders</a></p>'
    yield (
        f"{folder.name}/index.html",
        [page(folder.title, f"<p>{escape(folder.about)}</p>\n<ul>\n{links}</ul>\n{back}")],
    )


def _dictionary(held):
    rows = ((folder.sheet, column.name, column.meaning) for folder in held for column in folder.columns)
    return (line.encode() for line in csv_lines(["file", "column", "meaning"], rows))


README = """\
ARCHIVE OF THE TRAINING RECORD
made {at}, universal time

Open index.html with any browser. No program of the training site is needed, and no network.
The tables are there twice: as pages to read, and as CSV files for any spreadsheet.
dictionary.csv says what each column means.

{about}

The folder answer-keys says which answers are right. Keep it apart from the rest.

Was anything changed since? On Linux or macOS, in this folder: sha256sum -c SHA256SUMS
On Windows, for one file: certutil -hashfile NAME SHA256, and compare with SHA256SUMS.

Not in here: each single answer, scans of signed sheets, letters, log-ins and passwords. A backup holds those.
"""
ABOUT = {
    True: "It holds personal data: keep it under lock, and give it to nobody who may not see all of it.",
    False: "It names nobody who was trained: lessons, questions, workshops by number, figures, the directory.",
}


def _index(at, held, people):
    items = "".join(
        f'<li><a href="{folder.name}/index.html">{escape(folder.title)}</a>: {escape(folder.about)}</li>\n'
        for folder in held
    )
    body = (
        f"<p>Made {moment(at)}. {ABOUT[people]}</p>\n<ul>\n{items}"
        '<li><a href="dictionary.csv">Data dictionary</a>: what each column means.</li>\n'
        '<li><a href="README.txt">Read me</a>: how to open and check it, and what is not in here.</li>\n'
        f"</ul>\n<p>To check that nothing was changed: <code>sha256sum -c {MANIFEST}</code> in this folder, "
        f'with <a href="{MANIFEST}">the list of files</a>.</p>'
    )
    return page("Archive of the training record", body)


def members(at, people=True):
    """Pairs of a path and its pieces, in the order in which they are written."""
    held = folders(people)
    for folder in held:
        yield from _of_folder(folder, people)
    yield "dictionary.csv", _dictionary(held)
    yield "README.txt", [README.format(at=moment(at), about=ABOUT[people]).encode()]
    yield "index.html", [_index(at, held, people)]


@contextlib.contextmanager
def _one_moment():
    """Everything is read as of one moment, while the site goes on. Who holds a transaction has theirs."""
    if connection.in_atomic_block:
        yield
        return
    with databases.of(connection).snapshot(connection):
        yield


def chunks(at, people=True):
    """The bytes of the zip file. The manifest comes last and names every other file."""
    sink, sums = _Sink(), []
    with _one_moment(), zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, pieces in members(at, people):
            digest = hashlib.sha256()
            with archive.open(path, "w") as member:
                for piece in pieces:
                    digest.update(piece)
                    member.write(piece)
                    yield sink.taken()
            sums.append(f"{digest.hexdigest()}  {path}\n")
        archive.writestr(MANIFEST, "".join(sums))
    yield sink.taken()


def fill(file, at, keys, *, people=True):
    """Write the archive, sealed for the public `keys`, or plain where they are None."""
    if keys is None:
        for chunk in chunks(at, people):
            file.write(chunk)
    else:
        sealing.seal(chunks(at, people), file, keys)


@transaction.atomic
def note(site, *, actor, at, sealed, people=True):
    """An archive is an export of everybody's data: it is written down."""
    return log.record("archive made", site, actor=actor, at=at, sealed=sealed, people=people)
