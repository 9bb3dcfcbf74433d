"""An archive as a zip file, written piece by piece: its size does not show in memory."""

import hashlib
import zipfile

from django.db import transaction
from django.utils.html import escape

from courses.audit import log
from courses.spreadsheets import csv_lines
from lms.archive.folders import FOLDERS
from lms.archive.members import moment, page

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


def _of_folder(folder):
    yield folder.sheet, folder.lines()
    names = []
    for name, content in folder.files() if folder.files else ():
        names.append(name)
        yield f"{folder.name}/{name}", [content]
    sheet = f"{folder.name}.csv"
    links = "".join(f'<li><a href="{escape(name)}">{escape(name)}</a></li>\n' for name in [sheet, *names])
    back = '<p><a href="../index.html">All folders</a></p>'
    yield (
        f"{folder.name}/index.html",
        [page(folder.title, f"<p>{escape(folder.about)}</p>\n<ul>\n{links}</ul>\n{back}")],
    )


def _dictionary():
    rows = ((folder.sheet, column.name, column.meaning) for folder in FOLDERS for column in folder.columns)
    return (line.encode() for line in csv_lines(["file", "column", "meaning"], rows))


def _index(at):
    items = "".join(
        f'<li><a href="{folder.name}/index.html">{escape(folder.title)}</a>: {escape(folder.about)}</li>\n'
        for folder in FOLDERS
    )
    body = (
        f"<p>Made {moment(at)}. It holds personal data: keep it under lock.</p>\n<ul>\n{items}"
        '<li><a href="dictionary.csv">Data dictionary</a>: what each column means.</li>\n</ul>\n'
        "<p>Not in here: lessons, questions, answers, registers and packs. A backup holds those.</p>\n"
        f"<p>To check that nothing was changed: <code>sha256sum -c {MANIFEST}</code> in this folder, with "
        f'<a href="{MANIFEST}">the list of files</a>.</p>'
    )
    return page("Archive of the training record", body)


def members(at):
    """Pairs of a path and its pieces, in the order in which they are written."""
    for folder in FOLDERS:
        yield from _of_folder(folder)
    yield "dictionary.csv", _dictionary()
    yield "index.html", [_index(at)]


def chunks(at):
    """The bytes of the zip file. The manifest comes last and names every other file."""
    sink, sums = _Sink(), []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, pieces in members(at):
            digest = hashlib.sha256()
            with archive.open(path, "w") as member:
                for piece in pieces:
                    digest.update(piece)
                    member.write(piece)
                    yield sink.taken()
            sums.append(f"{digest.hexdigest()}  {path}\n")
        archive.writestr(MANIFEST, "".join(sums))
    yield sink.taken()


@transaction.atomic
def note(site, *, actor, at, sealed):
    """An archive is an export of everybody's data: it is written down."""
    return log.record("archive made", site, actor=actor, at=at, sealed=sealed)
