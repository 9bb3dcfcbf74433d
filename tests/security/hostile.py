"""Files that mean harm, each made of the little that matters in it."""

import io
import struct
import zipfile
import zlib

from PIL import Image

MARK = b"alert(document.domain)"
SECRET = b"Secret place"


def picture(kind="PNG", size=(60, 40), **kwargs):
    data = io.BytesIO()
    Image.new("RGB", size, "grey").save(data, kind, **kwargs)
    return data.getvalue()


def located(kind="JPEG"):
    """A photograph that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (13.0, 54.0, 0.0), 3: "W", 4: (60.0, 58.0, 0.0)})
    return picture(kind, exif=exif)


def bomb(width=60_000, height=60_000):
    """A PNG of a few hundred bytes that says it is so large."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    dots = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


def zipped(parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8)
)
LAUGHS += b'<!ENTITY z SYSTEM "file:///etc/passwd">]><worksheet>&i;&z;</worksheet>'
ZEROS = b"<a>" + b"0" * 60_000_000 + b"</a>"

# (file name, content, what the browser says it is)
FILES = {
    "html as picture": ("a.png", b"<html><script>" + MARK + b"</script>", "image/png"),
    "svg": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='" + MARK + b"'/>", "image/svg+xml"),
    "svg as picture": (
        "a.png",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='" + MARK + b"'/>",
        "image/png",
    ),
    "gif and script": ("a.gif", picture("GIF") + b"*/=1;" + MARK, "image/gif"),
    "picture and page": ("a.html", picture() + b"<script>" + MARK + b"</script>", "image/png"),
    "jpeg comment": ("a.jpg", picture("JPEG", comment=b"<script>" + MARK), "text/html"),
    "pixel bomb": ("a.png", bomb(), "image/png"),
    "zip bomb": ("a.xlsx", zipped({"xl/worksheets/sheet1.xml": ZEROS}), "application/zip"),
    "zip bomb of words": ("a.docx", zipped({"[Content_Types].xml": ZEROS, "word/document.xml": ZEROS}), ""),
    "entities": ("a.xlsx", zipped({"xl/worksheets/sheet1.xml": LAUGHS, "xl/workbook.xml": LAUGHS}), ""),
    "entities of words": ("a.docx", zipped({"[Content_Types].xml": LAUGHS, "word/document.xml": LAUGHS}), ""),
    "way out": ("../../../../tmp/lms-way-out.png", picture(), "image/png"),
    "nothing in the name": ("a\0.html\0.png", picture(), "image/png"),
    "endless name": ("a" * 3000 + ".png", picture(), "image/png"),
    "backwards": ("\u202egnp.exe", picture(), "application/x-msdownload"),
    "program": ("a.png", b"MZ\x90\x00" + b"\0" * 200, "image/png"),
}
