"""Uploaded pictures are drawn anew: what a camera wrote beside them, and what else hid in them, stays out."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageOps, ImageSequence

# By name: some formats of Pillow's run other programs.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
MOST_PIXELS = 40_000_000
# What the picture needs to look the same; place, camera, thumbnails, comments and XMP are not among it.
KEPT = ("icc_profile", "transparency", "duration", "loop", "background", "disposal", "gamma")
HOW = {"JPEG": {"quality": 90}, "WEBP": {"quality": 90}, "AVIF": {"quality": 80}}


class Undrawable(ValueError):
    """No picture of a known format, damaged, or too large."""


def drawn_anew(uploaded):
    """The same picture in the same format, as a new upload of the same name. Raises Undrawable."""
    uploaded.seek(0)
    try:
        image = Image.open(uploaded, formats=FORMATS)
        if image.width * image.height * getattr(image, "n_frames", 1) > MOST_PIXELS:
            raise Undrawable("size")
        kind, output = image.format, io.BytesIO()
        frames = [_bare(frame, kind) for frame in ImageSequence.Iterator(image)]
        more = {"save_all": True, "append_images": frames[1:]} if len(frames) > 1 else {}
        frames[0].save(output, kind, **HOW.get(kind, {}), **frames[0].info, **more)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        if isinstance(error, Undrawable):
            raise
        raise Undrawable("broken") from error
    return SimpleUploadedFile(uploaded.name, output.getvalue(), Image.MIME[kind])


def _bare(frame, kind):
    """A copy of this frame, upright, that knows nothing but what it needs to look the same."""
    copy = frame.copy() if kind == "GIF" else ImageOps.exif_transpose(frame).copy()
    copy.info = {name: frame.info[name] for name in KEPT if name in frame.info}
    return copy
