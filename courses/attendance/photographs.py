"""Photographs of signed sheets: hostile until checked, drawn anew without what a camera writes into them."""

import hashlib
import io
import uuid as uuids

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageOps

from courses.attendance.models import SheetPhoto
from courses.audit import log
from courses.workshops.models import Workshop

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
# A sheet of A4 with 300 dots to an inch.
MOST_SIDE = 3508
# Of one workshop: a sheet has few pages.
MOST = 40
TYPES = {"jpg": "image/jpeg", "pdf": "application/pdf"}


class PhotoRefused(ValueError):
    """`code`: "size", "type" (neither JPEG, PNG nor PDF by its content), "broken" or "many"."""

    def __init__(self, code):
        self.code = code
        super().__init__(code)


@transaction.atomic
def attach(workshop, session, uploaded, *, actor, at):
    """Keep one photograph or scan as evidence; the same file again is the one there is. The SheetPhoto.

    Raises PhotoRefused.
    """
    kind, content = cleaned(uploaded)
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    digest = hashlib.sha256(content).hexdigest()
    there = SheetPhoto.objects.filter(workshop=workshop)
    known = there.filter(sha256=digest, session=session).first()
    if known is not None:
        return known
    if there.count() >= MOST:
        raise PhotoRefused("many")
    photo = SheetPhoto.objects.create(
        uuid=uuids.uuid4(),
        workshop=workshop,
        session=session,
        # Its own name is forgotten: it may name somebody.
        file=ContentFile(content, name=f"sheet.{kind}"),
        sha256=digest,
        author=str(actor),
        at=at,
    )
    log.record("sheet photograph added", workshop, actor=actor, at=at, sha256=digest)
    return photo


def cleaned(uploaded):
    """("jpg" or "pdf", the bytes to keep). Raises PhotoRefused."""
    if uploaded.size > MOST_BYTES:
        raise PhotoRefused("size")
    uploaded.seek(0)
    start = uploaded.read(5)
    uploaded.seek(0)
    if start == b"%PDF-":
        content = uploaded.read()
        if b"%%EOF" not in content[-2048:]:
            raise PhotoRefused("broken")
        return "pdf", content
    if not start.startswith((b"\xff\xd8\xff", b"\x89PNG")):
        raise PhotoRefused("type")
    return "jpg", _drawn_anew(uploaded)


def _drawn_anew(file):
    """The picture alone: where and with what it was taken is left out, which way is up is kept."""
    try:
        # By name: some formats of Pillow's run other programs.
        image = Image.open(file, formats=["PNG", "JPEG"])
        if image.width * image.height > MOST_PIXELS:
            raise PhotoRefused("size")
        image.draft("RGB", (MOST_SIDE, MOST_SIDE))
        image = ImageOps.exif_transpose(image)
        image.thumbnail((MOST_SIDE, MOST_SIDE))
        if image.has_transparency_data:
            image = image.convert("RGBA")
            paper = Image.new("RGBA", image.size, "white")
            image = Image.alpha_composite(paper, image)
        output = io.BytesIO()
        # Onto a new sheet: nothing that travelled with the old one does so any more.
        clean = Image.new("RGB", image.size, "white")
        clean.paste(image.convert("RGB"))
        clean.save(output, "JPEG", quality=80, optimize=True)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, PhotoRefused):
            raise
        raise PhotoRefused("broken") from error
    return output.getvalue()
