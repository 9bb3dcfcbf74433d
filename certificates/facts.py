"""What is printed on a certificate, frozen at issue as plain values."""

import hashlib
import io
import re

from django.conf import settings
from django.urls import reverse
from PIL import Image

from certificates import wording
from certificates.codes import printed_code
from certificates.words import date_in_words, dates_in_words, hours_in_words
from courses.choices import CertificateKind

# 2: with kind, days and place.
SCHEMA = 2
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# Larger than any crest or signature needs in print; opening more is a waste or an attack.
MOST_PIXELS = 40_000_000
MOST_SIDE = 900


class PictureRefused(ValueError):
    """A crest or signature that cannot be printed."""


class NotDrawable(ValueError):
    """The design holds something that must not reach a style sheet: nothing is frozen from it."""


def picture(file):
    """The bytes of a picture as they will be embedded: PNG, not larger than print needs. b"" for none."""
    if not file:
        return b""
    with file.open("rb") as opened:
        image = _opened(opened)
    image.thumbnail((MOST_SIDE, MOST_SIDE))
    output = io.BytesIO()
    image.save(output, "PNG", optimize=True)
    return output.getvalue()


def check_picture(uploaded):
    """Refuse an upload that could not be printed."""
    _opened(uploaded)
    uploaded.seek(0)


def _opened(file):
    try:
        file.seek(0)
        # By name: some formats of Pillow's run other programs.
        image = Image.open(file, formats=["PNG", "JPEG"])
        if image.width * image.height > MOST_PIXELS:
            raise PictureRefused
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureRefused from error


def pictures_of(design, day):
    """The pictures that go with `facts_of`: {"crest": bytes, "signatures": [bytes, ...]}."""
    return {
        "crest": picture(design.crest),
        "signatures": [
            picture(line.signatory.image) if _signs(line, day) and line.signatory.consent_on else b""
            for line in design.signatures.all()
        ],
    }


def compose(
    design,
    pictures,
    *,
    day,
    name,
    agency,
    rank,
    course,
    minutes,
    completed_on,
    valid_until,
    number,
    token,
    short_code,
    specimen,
    replaces="",
    kind=CertificateKind.COMPLETION,
    days=(),
    place="",
    procedures=(),
):
    """Every fact to print, as JSON values. The pictures themselves are kept (see `artwork`); of them the
    facts have the SHA-256. `days` and `place`: where and when somebody took part. `procedures`: see
    `earned_on`.
    """
    if not (COLOUR.fullmatch(design.ink) and COLOUR.fullmatch(design.accent)):
        raise NotDrawable("A colour of the design is not # and six digits.")
    language = design.language
    hours, date = hours_in_words(minutes, language), dates_in_words(days or [completed_on], language)
    values = {
        "course": course,
        "hours": hours,
        "date": date,
        "agency": agency,
        "rank": rank,
        "dates": date,
        "place": place,
    }
    return {
        "schema": SCHEMA,
        "kind": str(kind),
        "language": language,
        "specimen": specimen,
        "name": name,
        "agency": agency,
        # Under the name, unless the wording has a place of its own for it.
        "agency_under_name": "" if wording.mentions(design.wording, "agency") else agency,
        "rank": rank,
        "course": course,
        "minutes": minutes,
        "hours": hours,
        "completed_on": completed_on.isoformat(),
        "completed_in_words": date,
        "days": [one.isoformat() for one in days],
        "place": place,
        "issued_on": day.isoformat(),
        "issued_in_words": date_in_words(day, language),
        "valid_until": valid_until.isoformat() if valid_until else "",
        "valid_in_words": date_in_words(valid_until, language) if valid_until else "",
        "number": number,
        "replaces": replaces,
        # Only where there are any: a certificate without them says nothing about procedures.
        **({"procedures": list(procedures)} if procedures else {}),
        "code": printed_code(short_code),
        "check_url": settings.SITE_URL + reverse("verify_token", args=[token]),
        "check_site": settings.SITE_URL.split("://", 1)[-1] + reverse("verify").rstrip("/"),
        "issuer": design.issuer,
        "programme": design.programme,
        "title": design.title,
        "before_name": design.before_name,
        "lines": wording.fill(design.wording, values),
        "ink": design.ink,
        "accent": design.accent,
        "crest_sha256": _sha256(pictures["crest"]),
        "signatures": [
            _signature(line, image, day)
            for line, image in zip(design.signatures.all(), pictures["signatures"], strict=True)
        ],
    }


def _signs(line, day):
    """Only a signatory in office on the day; otherwise the line is left blank for ink."""
    return line.signatory is not None and line.signatory.in_office_on(day)


def _signature(line, image, day):
    if _signs(line, day):
        return {
            "name": line.signatory.name,
            "title": line.signatory.title,
            "image_sha256": _sha256(image),
        }
    return {"name": "", "title": line.blank_title, "image_sha256": ""}


def _sha256(content):
    return hashlib.sha256(content).hexdigest() if content else ""
