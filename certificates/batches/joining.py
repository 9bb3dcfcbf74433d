"""Joining PDFs of our own drawing into one, page after page. Pure.

Only of files that our renderer wrote: numbered objects one after the other, a plain table of where they
are, no encryption. An object that several parts have, such as the picture of a crest, is written once.
One part is in memory at a time.
"""

import hashlib
import re

_STREAM = re.compile(rb"\bstream\r?\n")
# A text in brackets is passed over: it may hold what looks like a reference.
_REFERENCE = re.compile(rb"\((?:\\.|[^\\()])*\)|\b(\d+) 0 R\b", re.DOTALL)
# What leads out of a page: its place among the others, and its part in a tree of tags that is left behind.
_OUTWARD = re.compile(rb"/(?:Parent \d+ 0 R|StructParents \d+|Tabs ?/S)")
_HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"


class NotJoinable(ValueError):
    """A part is not a PDF as our renderer writes it."""


class Joined:
    """A PDF that grows in `out`, a binary file: `add` each part, then `close`."""

    def __init__(self, out):
        self._out = out
        self._at = 0
        # 1 is the catalog, 2 the list of pages; both are written at the end.
        self._offsets = [0, 0, 0]
        self._written = {}
        self._pages = []
        self._put(_HEAD)

    def add(self, content):
        """Append every page of this PDF."""
        part = _Part(content)
        copied = {}
        for number in part.pages():
            body = self._copy_references(part, _OUTWARD.sub(b"", part.bodies[number]), copied)
            # A page stands for itself, even if another looks the same.
            self._pages.append(self._write(body.replace(b"/Type /Page", b"/Type /Page/Parent 2 0 R", 1)))

    def close(self, *, title=""):
        """Write what closes a PDF. Returns how many pages there are."""
        kids = b" ".join(b"%d 0 R" % number for number in self._pages)
        info = self._write(b"<</Title (%s)>>" % title.encode("ascii"))
        self._place(1, b"<</Type /Catalog/Pages 2 0 R/ViewerPreferences <</DisplayDocTitle true>>>>")
        self._place(2, b"<</Type /Pages/Count %d/Kids [%s]>>" % (len(self._pages), kids))
        table = self._at
        rows = b"".join(b"%010d 00000 n \n" % offset for offset in self._offsets[1:])
        count = len(self._offsets)
        self._put(b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, rows))
        self._put(b"trailer\n<</Size %d/Root 1 0 R/Info %d 0 R>>\n" % (count, info))
        self._put(b"startxref\n%d\n%%%%EOF\n" % table)
        return len(self._pages)

    def _copy(self, part, number, copied):
        if number not in copied:
            body = self._copy_references(part, part.bodies[number], copied)
            mark = hashlib.sha256(body).digest()
            if mark not in self._written:
                self._written[mark] = self._write(body)
            copied[number] = self._written[mark]
        return copied[number]

    def _copy_references(self, part, body, copied):
        """The object with the numbers that what it refers to has here."""
        cut = _STREAM.search(body)
        head, rest = (body[: cut.start()], body[cut.start() :]) if cut else (body, b"")

        def renumber(match):
            if match[1] is None:
                return match[0]
            return b"%d 0 R" % self._copy(part, int(match[1]), copied)

        return _REFERENCE.sub(renumber, head) + rest

    def _write(self, body):
        self._offsets.append(0)
        number = len(self._offsets) - 1
        self._place(number, body)
        return number

    def _place(self, number, body):
        self._offsets[number] = self._at
        self._put(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def _put(self, content):
        self._out.write(content)
        self._at += len(content)


class _Part:
    def __init__(self, content):
        try:
            self._read(content)
        except (AttributeError, IndexError, KeyError, ValueError) as error:
            raise NotJoinable(str(error)) from error

    def _read(self, content):
        table = int(re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", content)[1])
        count = int(re.match(rb"xref\s+0 (\d+)\s", content[table : table + 40])[1])
        rows = re.findall(rb"(\d{10}) \d{5} ([nf])", content[table:])[:count]
        starts = {n: int(offset) for n, (offset, used) in enumerate(rows) if used == b"n"}
        ends = sorted([*starts.values(), table])
        self.bodies = {}
        for number, start in starts.items():
            end = ends[ends.index(start) + 1]
            body = re.sub(rb"\s*endobj\s*$", b"", content[start:end])
            self.bodies[number] = body.removeprefix(b"%d 0 obj" % number).lstrip()
        self._root = int(re.search(rb"/Root (\d+) 0 R", content[table:])[1])

    def pages(self):
        """The numbers of its page objects, in order."""
        try:
            tree = int(re.search(rb"/Pages (\d+) 0 R", self.bodies[self._root])[1])
            kids = re.search(rb"/Kids ?\[([^\]]*)\]", self.bodies[tree])[1]
            return [int(number) for number in re.findall(rb"(\d+) 0 R", kids)]
        except (KeyError, TypeError) as error:
            raise NotJoinable("It has no list of pages.") from error
