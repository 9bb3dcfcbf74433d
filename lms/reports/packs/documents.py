"""What a pack can be taken out as. All of it is made from the stored content: the same bytes every time."""

import io
import re
import zipfile

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook

from courses import spreadsheets
from lms.reports.packs.showing import labelled, shown
from lms.reports.packs.styles import FULL_CSS, SHORT_CSS
from lms.reports.packs.wording import sentences_of

# Office programs know no earlier day in an archive.
FIXED = (1980, 1, 1, 0, 0, 0)


def document(pack, version, form):
    """(bytes, type of content, file name) of one of FORMS."""
    make, content_type, ending = FORMS[form]
    with override(pack.content["language"]):
        content = make(pack, version)
    return content, content_type, f"report-{pack.short}-{form}-{version}.{ending}"


def full_pdf(pack, version):
    return _pdf("lms/reports/packs/full.html", FULL_CSS, pack, version)


def short_pdf(pack, version):
    """One page of A4: four numbers, four sentences, two charts, what was learnt."""
    return _pdf("lms/reports/packs/short.html", SHORT_CSS, pack, version)


def _pdf(template, css, pack, version):
    # WeasyPrint is loaded where something is drawn, and not in every web process.
    from courses import printing  # noqa: PLC0415

    html = render_to_string(template, {"shown": shown(pack, version), "pack": pack})
    return printing.to_pdf(html, printing.office_style(css))


def plain_text(pack, version):
    """To be pasted: the sentences, then every table as lines."""
    lines = [_title(pack), ""]
    lines += [one.text for one in sentences_of(pack, version)]
    for table in pack.tables(version):
        lines += ["", table["title"].upper(), "; ".join(table["headings"])]
        lines += ["; ".join("" if value is None else str(value) for value in row) for row in labelled(table)]
    lines += ["", f"sha256 {pack.sha256}", ""]
    return "\r\n".join(lines).encode()


def csv_files(pack, version):
    """An archive with one file a table, and the sentences."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, _about, headings, rows in _sheets(pack, version):
            _add(archive, f"{name}.csv", "".join(spreadsheets.csv_lines(headings, rows)).encode())
    return output.getvalue()


def workbook(pack, version):
    """One sheet a table."""
    book = Workbook(write_only=True, iso_dates=True)
    for name, title, headings, rows in _sheets(pack, version):
        sheet = book.create_sheet(title=name)
        for row in ([title], headings, *rows):
            sheet.append([spreadsheets.xlsx_cell(sheet, value) for value in row])
    output = io.BytesIO()
    book.save(output)
    return _without_clock(output)


def _sheets(pack, version):
    """(name, title, headings, rows) of the sentences, each table and the definitions."""
    sentences = [[one.text] for one in sentences_of(pack, version)]
    yield "sentences", _title(pack), [_("Sentence")], sentences
    for table in pack.tables(version):
        yield table["name"], table["title"], table["headings"], labelled(table)
    notes = [*pack.content["definitions"], *([one["title"], one["definition"]] for one in pack.tables(version))]
    yield "definitions", _("What is counted"), [_("Figure"), _("Definition")], notes


def _title(pack):
    about = [pack.content["period"]["words"], *(f"{name}: {value}" for name, value in pack.content["scope"])]
    return "; ".join(about)


def _add(archive, name, content):
    entry = zipfile.ZipInfo(name, FIXED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def _without_clock(file):
    """The same workbook without the moment at which it was written."""
    output = io.BytesIO()
    with zipfile.ZipFile(file) as written, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in written.namelist():
            content = written.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", content)
            _add(archive, name, content)
    return output.getvalue()


FORMS = {
    "full": (full_pdf, "application/pdf", "pdf"),
    "short": (short_pdf, "application/pdf", "pdf"),
    "workbook": (workbook, spreadsheets.XLSX_TYPE, "xlsx"),
    "csv": (csv_files, "application/zip", "zip"),
    "text": (plain_text, "text/plain; charset=utf-8", "txt"),
}
