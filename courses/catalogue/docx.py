"""From a Word document to the raw blocks of a lesson. Pure.

The file is hostile until checked: it is opened as an archive with limits, parsed without
document types and entities, and nothing it names is fetched. What the lesson cannot hold
is counted, so that its author hears of it.
"""

import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from courses.catalogue import raw

LARGEST_FILE = 10 * 1024 * 1024
MOST_PARTS = 2000
# Of the text, unpacked. A novel takes 4 MB.
LARGEST_PART = 8 * 1024 * 1024
DEEPEST = 30
MOST_COLUMNS = 12
MOST_ROWS = 500

NOT_A_DOCUMENT, TOO_LARGE, LOCKED, DAMAGED = "not a document", "too large", "locked", "damaged"

_MAIN = "word/document.xml"
_MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING = re.compile(r"heading ?(\d)", re.IGNORECASE)
_SAFE_LINK = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)
_OFF = {"0", "false", "none", "off"}


class NotReadable(ValueError):
    """This file makes no lesson. `code` says why."""

    def __init__(self, code):
        self.code = code
        super().__init__(code)


@dataclass
class Document:
    """`blocks`: raw blocks of a lesson. `left_out`: how many of each thing were dropped, by name."""

    blocks: list = field(default_factory=list)
    title: str = ""
    left_out: Counter = field(default_factory=Counter)


def read(file):
    """The Document in an open binary file. Raises NotReadable."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _Reader(archive).read()
    except NotReadable:
        raise
    except (DefusedXmlException, ParseError, zlib.error, EOFError, UnicodeError) as error:
        raise NotReadable(DAMAGED) from error
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise NotReadable(NOT_A_DOCUMENT) from error


class _Archive:
    """The parts of the file that are text, within limits."""

    def __init__(self, archive):
        self.archive = archive
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            raise NotReadable(TOO_LARGE)
        self.parts = {part.filename: part for part in parts}
        if any(part.flag_bits & 1 for part in parts):
            raise NotReadable(LOCKED)
        if _MAIN not in self.parts or _MAIN_TYPE not in self.bytes_of("[Content_Types].xml"):
            raise NotReadable(NOT_A_DOCUMENT)

    def bytes_of(self, name):
        part = self.parts.get(name)
        if part is None:
            return b""
        if part.file_size > LARGEST_PART:
            raise NotReadable(TOO_LARGE)
        with self.archive.open(part) as opened:
            data = opened.read(LARGEST_PART + 1)  # the size written in the file may be a lie
        if len(data) > LARGEST_PART:
            raise NotReadable(TOO_LARGE)
        return data

    def tree(self, name):
        data = self.bytes_of(name)
        return fromstring(data, forbid_dtd=True) if data else None


def _value(element, name):
    """The w:val of a child, or None."""
    child = element.find(_W + name) if element is not None else None
    return None if child is None else child.get(_W + "val", "")


def _is_on(properties, name):
    value = _value(properties, name)
    return value is not None and value.lower() not in _OFF


class _Styles:
    """Which paragraphs are headings, and which stand in lists."""

    def __init__(self, styles, numbering):
        self.levels, self.lists_of_styles = {}, {}
        for style in styles.iter(_W + "style") if styles is not None else ():
            name, key = _value(style, "name") or "", style.get(_W + "styleId", "")
            self.levels[key] = _level_of(name)
            self.lists_of_styles[key] = style.find(f"{_W}pPr/{_W}numPr")
        self.formats, self.abstract = {}, {}
        for each in numbering.iter(_W + "abstractNum") if numbering is not None else ():
            levels = {level.get(_W + "ilvl"): _value(level, "numFmt") for level in each.findall(_W + "lvl")}
            self.formats[each.get(_W + "abstractNumId")] = levels
        for each in numbering.iter(_W + "num") if numbering is not None else ():
            self.abstract[each.get(_W + "numId")] = _value(each, "abstractNumId")

    def heading(self, properties):
        """ "h2", "h3" or ""."""
        style = _value(properties, "pStyle") or ""
        level = self.levels.get(style) or _level_of(style)
        return "" if not level else "h2" if level == 1 else "h3"

    def list_of(self, properties):
        """("ul" or "ol", depth), or None."""
        if properties is None:
            return None
        numbered = properties.find(_W + "numPr")
        if numbered is None:
            numbered = self.lists_of_styles.get(_value(properties, "pStyle"))
        number, level = _value(numbered, "numId"), _value(numbered, "ilvl") or "0"
        if not number or number == "0":
            return None
        form = self.formats.get(self.abstract.get(number), {}).get(level)
        if form == "none":
            return None
        depth = int(level) if level.isdecimal() else 0
        return ("ul" if form in (None, "bullet") else "ol", min(depth, 8))


def _level_of(name):
    if name.lower() == "title":
        return 1
    found = _HEADING.fullmatch(name.strip())
    return int(found[1]) if found else 0


class _Reader:
    def __init__(self, archive):
        parts = _Archive(archive)
        self.body = parts.tree(_MAIN).find(_W + "body")
        self.styles = _Styles(parts.tree("word/styles.xml"), parts.tree("word/numbering.xml"))
        rels = parts.tree("word/_rels/document.xml.rels")
        self.links = {each.get("Id"): each.get("Target", "") for each in rels} if rels is not None else {}
        self.document = Document()
        self.left_out = self.document.left_out
        self.html, self.list = [], []

    def read(self):
        if self.body is None:
            raise NotReadable(DAMAGED)
        self._blocks(self.body)
        self._end_text()
        return self.document

    # --- Blocks -------------------------------------------------------------------------

    def _blocks(self, parent, depth=0):
        for element in parent:
            name = element.tag.removeprefix(_W)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo") and depth < DEEPEST:
                self._blocks(element, depth + 1)

    def _paragraph(self, element):
        properties = element.find(_W + "pPr")
        runs = self._runs(element)
        heading = self.styles.heading(properties)
        text = "".join(run[0] for run in runs).strip()
        if not text:
            return
        listed = None if heading else self.styles.list_of(properties)
        if listed:
            self.list.append((*listed, _markup(runs)))
            return
        self._end_list()
        if heading == "h2":
            self._end_text()
        if heading:
            plain = " ".join(text.split())
            self.document.title = self.document.title or plain
            self.html.append(f"<{heading}>{escape(plain, quote=False)}</{heading}>")
        else:
            self.html.append(f"<p>{_markup(runs)}</p>")

    def _end_list(self):
        if self.list:
            self.html.append(_nested(self.list))
            self.list = []

    def _end_text(self):
        self._end_list()
        if self.html:
            self.document.blocks.append(raw.block("paragraph", text="".join(self.html), sectors=[]))
            self.html = []

    def _table(self, element):
        rows = [self._row(row) for row in element.findall(_W + "tr")[:MOST_ROWS]]
        width = min(max((len(row) for row in rows), default=0), MOST_COLUMNS)
        if width == 0:
            return
        if width == 1:  # a frame around text
            for row in element.findall(_W + "tr")[:MOST_ROWS]:
                for cell in row.findall(_W + "tc"):
                    for paragraph in cell.findall(_W + "p"):
                        self._paragraph(paragraph)
            return
        if any(len(row) > width for row in rows) or len(element.findall(_W + "tr")) > MOST_ROWS:
            self.left_out["cells"] += 1
        self._end_text()
        rows = [(row + [""] * width)[:width] for row in rows]
        table = {
            "columns": [{"type": "text", "heading": heading} for heading in rows[0]],
            "rows": [{"values": row} for row in rows[1:]],
            "caption": "",
        }
        self.document.blocks.append(raw.block("table", caption="", table=table, note="", sectors=[]))

    def _row(self, row):
        cells = []
        for cell in row.findall(_W + "tc"):
            self.left_out["tables"] += len(cell.findall(_W + "tbl"))
            texts = (self._plain(paragraph) for paragraph in cell.findall(_W + "p"))
            span = _value(cell.find(_W + "tcPr"), "gridSpan") or "1"
            extra = int(span) - 1 if span.isdecimal() and len(span) < 3 else 0
            cells += [" ".join(filter(None, texts)), *[""] * min(extra, MOST_COLUMNS)]
        return cells

    def _plain(self, paragraph):
        return " ".join("".join(run[0] for run in self._runs(paragraph)).split())

    # --- What stands in a paragraph: (text, bold, italic, link) -------------------------

    def _runs(self, parent, link="", depth=0):
        runs = []
        for element in parent:
            name = element.tag.removeprefix(_W)
            if name == "r":
                runs += self._run(element, link)
            elif name in ("del", "moveFrom"):
                self.left_out["deletions"] += 1
            elif name == "hyperlink" and depth < DEEPEST:
                runs += self._runs(element, self._link(element), depth + 1)
            elif name in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple") and depth < DEEPEST:
                self.left_out["insertions"] += name == "ins"
                runs += self._runs(element, link, depth + 1)
        return runs

    def _link(self, element):
        target = self.links.get(element.get(_R + "id"), "").strip()
        if target and not _SAFE_LINK.fullmatch(target):
            self.left_out["links"] += 1
            return ""
        return target

    def _run(self, run, link):
        properties = run.find(_W + "rPr")
        if _is_on(properties, "vanish"):
            self.left_out["hidden"] += 1
            return []
        text = "".join(self._text(child) for child in run)
        coloured = any(_value(properties, name) not in (None, "auto") for name in ("color", "highlight"))
        self.left_out["colours"] += coloured and bool(text.strip())
        return [(text, _is_on(properties, "b"), _is_on(properties, "i"), link)] if text else []

    def _text(self, child):
        name = child.tag.removeprefix(_W)
        if name == "t":
            return child.text or ""
        if name in ("tab", "ptab"):
            return " "
        if name in ("br", "cr"):
            return "" if child.get(_W + "type") in ("page", "column") else "\n"
        if name == "noBreakHyphen":
            return "\u2011"
        if name in ("drawing", "pict", "object", f"{_MC}AlternateContent"):
            boxed = next(child.iter(_W + "txbxContent"), None) is not None
            self.left_out["text boxes" if boxed else "pictures"] += 1
        elif name in ("footnoteReference", "endnoteReference"):
            self.left_out["footnotes"] += 1
        elif name == "commentReference":
            self.left_out["comments"] += 1
        return ""


def _markup(runs):
    """Runs as Wagtail stores rich text; neighbours that look alike are one."""
    merged = []
    for text, *look in runs:
        if merged and merged[-1][1] == look:
            merged[-1][0] += text
        else:
            merged.append([text, look])
    return "".join(_styled(text, *look) for text, look in merged).strip()


def _styled(text, bold, italic, link):
    html = escape(text, quote=False).replace("\n", "<br/>")
    if not text.strip():
        return html
    html = f"<i>{html}</i>" if italic else html
    html = f"<b>{html}</b>" if bold else html
    return f'<a href="{escape(link)}">{html}</a>' if link else html


def _nested(entries):
    """[("ul" or "ol", depth, html), ...] as lists within lists."""
    out, opened = [], []
    for tag, depth, html in entries:
        while opened and (opened[-1][1] > depth or (opened[-1][1] == depth and opened[-1][0] != tag)):
            out.append(f"</li></{opened.pop()[0]}>")
        if opened and opened[-1][1] == depth:
            out.append("</li><li>")
        else:
            out.append(f"<{tag}><li>")
            opened.append((tag, depth))
        out.append(html)
    out += [f"</li></{tag}>" for tag, _depth in reversed(opened)]
    return "".join(out)
