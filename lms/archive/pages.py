"""Lessons as plain HTML: every block by what it is made of, with pictures and files beside it.

No template of the site is used: what a browser of later years shows hangs on nothing but this text.
"""

import re

from bs4 import BeautifulSoup
from django.db.models import Model
from django.utils.html import escape
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.rich_text import RichText

# What tells which answer is right, and what is said about it.
KEYS = {"right", "why"}
# For the site alone.
LEFT_OUT = {"sectors", "decorative", "alt_text"}
PICTURE, DOCUMENT = get_image_model(), get_document_model()


class Kept:
    """Pictures and documents that were met; `name_of` gives the file's name in the archive's folder `files`."""

    def __init__(self):
        self.rows = {}

    def name_of(self, row):
        ending = row.file.name.rpartition(".")[2].lower()
        ending = ending if re.fullmatch(r"[a-z0-9]{1,5}", ending) else "bin"
        name = f"{'picture' if isinstance(row, PICTURE) else 'document'}-{row.pk}.{ending}"
        self.rows[name] = row
        return name

    def files(self):
        """(name, bytes) of each, one at a time. One that is gone from the disk is empty: a page links to it."""
        for name, row in self.rows.items():
            try:
                with row.file.storage.open(row.file.name, "rb") as file:
                    yield name, file.read()
            except FileNotFoundError:
                yield name, b""


def html_of(value, block, kept, *, keys):
    """The HTML of a block's value. `keys`: whether it is told what is right."""
    if value is None or value == "":
        return ""
    if isinstance(value, blocks.StreamValue):
        return "\n".join(html_of(child.value, child.block, kept, keys=keys) for child in value)
    if isinstance(value, blocks.StructValue):
        return _struct(value, block, kept, keys)
    if isinstance(value, blocks.list_block.ListValue):
        items = [html_of(child.value, child.block, kept, keys=keys) for child in value.bound_blocks]
        return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    if isinstance(value, RichText):
        return rich(value.source, kept)
    if isinstance(value, Model):
        return _file(value, "", kept)
    if hasattr(value, "columns") and hasattr(value, "rows"):
        return _table(value)
    return f"<p>{escape(_in_words(value, block))}</p>"


def _struct(value, block, kept, keys):
    parts = []
    for name, child in value.bound_blocks.items():
        if name in LEFT_OUT or (name in KEYS and not keys):
            continue
        if isinstance(child.value, PICTURE):
            parts.append(_file(child.value, value.get("alt_text") or "", kept))
            continue
        html = html_of(child.value, child.block, kept, keys=keys)
        if html and (isinstance(child.value, blocks.list_block.ListValue) or name in KEYS):
            html = f"<p><b>{escape(child.block.label)}</b></p>{html}"
        parts.append(html)
    return f"<div>{''.join(parts)}</div>"


def _in_words(value, block):
    if isinstance(value, bool):
        return "yes" if value else "no"
    values = value if isinstance(value, list) else [value]
    labels = dict(getattr(block.field, "choices", ())) if hasattr(block, "field") else {}
    return ", ".join(str(labels.get(one, one)) for one in values)


def _file(row, alt, kept):
    if not isinstance(row, PICTURE | DOCUMENT):
        return f"<p>{escape(row)}</p>"
    name = kept.name_of(row)
    if isinstance(row, PICTURE):
        return f'<p><img src="files/{name}" alt="{escape(alt)}" style="max-width:100%"></p>'
    return f'<p><a href="files/{name}">{escape(row.title)}</a></p>'


def _table(value):
    head = "".join(f"<th>{escape(column['heading'])}</th>" for column in value.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell.value)}</td>" for cell in row) + "</tr>" for row in value.rows
    )
    return f'<table border="1"><tr>{head}</tr>{rows}</table>'


def rich(source, kept):
    """Rich text without any address of elsewhere: a link is followed by where it led, as text."""
    soup = BeautifulSoup(source, "html.parser")
    for link in soup.find_all("a"):
        led = link.get("href", "")
        if led.startswith(("http:", "https:", "mailto:", "tel:")):
            link.append(f" ({led})")
        link.unwrap()
    for embed in soup.find_all("embed"):
        row = PICTURE.objects.filter(pk=embed.get("id")).first() if embed.get("embedtype") == "image" else None
        if row is None:
            embed.decompose()
        else:
            embed.replace_with(BeautifulSoup(_file(row, embed.get("alt", ""), kept), "html.parser"))
    for tag in soup.find_all(True):
        tag.attrs = {name: value for name, value in tag.attrs.items() if name in ("src", "alt", "lang")}
    return str(soup)
