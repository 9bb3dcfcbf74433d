"""The pictures that certificates were issued with, kept by what they are: facts name them by hash.

So a certificate can be drawn, or printed again, after its design was changed.
"""

import hashlib

from django.utils import timezone

from certificates.facts import pictures_of
from certificates.models import CertificateArt, Design


class ArtworkGone(LookupError):
    """A picture that these facts name is not kept: they are older than the keeping of pictures."""


def keep(pictures):
    """Keep what `facts.pictures_of` gave. In the caller's transaction; what is known costs a look."""
    for content in {pictures["crest"], *pictures["signatures"]} - {b""}:
        CertificateArt.objects.get_or_create(
            sha256=hashlib.sha256(content).hexdigest(), defaults={"png": content}
        )


def pictures_for(facts):
    """The pictures of these facts. Raises ArtworkGone."""
    return Artwork([facts]).pictures_for(facts)


class Artwork:
    """The pictures of many certificates, each read once."""

    def __init__(self, many_facts):
        wanted = {name for facts in many_facts for name in _hashes(facts)} - {""}
        self._kept = {"": b"", **_kept(wanted)}
        if wanted - set(self._kept):
            adopt()
            self._kept |= _kept(wanted)

    def has(self, facts):
        return all(name in self._kept for name in _hashes(facts))

    def pictures_for(self, facts):
        try:
            crest, *signatures = [self._kept[name] for name in _hashes(facts)]
        except KeyError as unknown:
            raise ArtworkGone(str(unknown)) from None
        return {"crest": crest, "signatures": signatures}


def adopt():
    """Keep today's pictures of every design: those of certificates issued before pictures were kept."""
    day = timezone.localdate()
    for design in Design.objects.all():
        keep(pictures_of(design, day))


def _kept(hashes):
    return {art.sha256: bytes(art.png) for art in CertificateArt.objects.filter(sha256__in=hashes)}


def _hashes(facts):
    return [facts["crest_sha256"], *(signature["image_sha256"] for signature in facts["signatures"])]
