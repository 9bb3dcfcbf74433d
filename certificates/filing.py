"""The file of a certificate: drawn once, when it is first wanted, and the same bytes ever after."""

import hashlib

from django.db import transaction

from certificates.artwork import pictures_for
from certificates.models import CertificateFile
from courses.audit import log


def file_of(certificate, *, at):
    """The CertificateFile: the one there is, or drawn from the frozen facts and stored.

    Drawn outside the transaction: nobody who writes waits for it. Of two who draw at once the first to
    store wins, and both get its bytes.
    """
    found = CertificateFile.objects.filter(certificate=certificate).first()
    return found or _store(certificate, _draw(certificate.facts), at)


def _draw(facts):
    # WeasyPrint takes half a second and 50 MB to load: who never draws does not pay.
    from certificates import pdf  # noqa: PLC0415

    return pdf.render(facts, pictures_for(facts))


@transaction.atomic
def _store(certificate, content, at):
    sha256 = hashlib.sha256(content).hexdigest()
    file, is_new = CertificateFile.objects.get_or_create(
        certificate=certificate, defaults={"pdf": content, "sha256": sha256, "drawn_at": at}
    )
    if is_new:
        log.record(
            "certificate drawn", certificate, actor=None, at=at, number=certificate.number, sha256=sha256
        )
    return file
