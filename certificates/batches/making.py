"""Making a print run: the rows first, then the worker draws.

Printing gives no number and changes no certificate. A sheet that was spoilt is printed again from the same
frozen facts; where the first sheet may still be somewhere, the new one says "Duplicate" and the day, and an
event of the certificate says that it was printed. The stored file of the certificate stays as it is.
"""

import uuid as uuids
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from certificates.artwork import Artwork
from certificates.attending import issue_attendance, originals_of
from certificates.batches.models import PrintPart, PrintRun, PrintRunItem
from certificates.batches.tasks import go_on_printing
from certificates.models import Certificate, CertificateEvent
from certificates.states import CertificateState
from courses.audit import log
from courses.choices import CertificateVerb

STILL_COUNTS = (CertificateState.IN_FORCE, CertificateState.EXPIRED)
# Half a megabyte a page is needed while they are drawn: so many keep the worker below 200 MB.
PAGES_A_PART = 50


@dataclass(frozen=True)
class Made:
    """The run, None if nothing was left to print; and the certificates that were left out."""

    run: PrintRun | None
    left_out: list


@transaction.atomic
def print_selected(
    certificates, *, title, actor, at, workshop=None, separate=False, duplicate=False, uuid=None
):
    """Print these certificates, a page each, in their order. Returns Made.

    Withdrawn and replaced ones are left out, and those whose pictures are no longer kept. `separate`: the
    stored file of each as well, in an archive; these bear no mark of a duplicate. Asked again with the same
    `uuid`, it is the run there is.
    """
    uuid = uuid or uuids.uuid4()
    known = PrintRun.objects.filter(uuid=uuid).first()
    if known is not None:
        return Made(known, [])
    wanted = list(dict.fromkeys(one.pk for one in certificates))
    printed, left_out = _printable(wanted, at)
    if not printed:
        return Made(None, left_out)
    run = PrintRun.objects.create(
        uuid=uuid,
        title=str(title)[:200],
        workshop=workshop,
        count=len(printed),
        duplicate=duplicate,
        separate=separate,
        by=str(actor or log.SYSTEM),
        at=at,
        moved_at=at,
    )
    PrintRunItem.objects.bulk_create(
        PrintRunItem(run=run, n=n, certificate=one) for n, one in enumerate(printed, start=1)
    )
    PrintPart.objects.bulk_create(
        PrintPart(run=run, n=n, first=first, last=min(first + PAGES_A_PART - 1, len(printed)))
        for n, first in enumerate(range(1, len(printed) + 1, PAGES_A_PART), start=1)
    )
    if duplicate:
        _note_duplicates(printed, actor, at)
    log.record("certificates printed", run, actor=actor, at=at, count=len(printed), duplicate=duplicate)
    # Inside the transaction: the queue is a table, so it is drawn if and only if this holds.
    go_on_printing.enqueue(run.pk)
    return Made(run, left_out)


@transaction.atomic
def print_workshop(workshop, registrations, *, actor, at, separate=False, uuid=None):
    """Give numbers to those of these registrations that meet the rule and have none, all at once, and print
    the certificates of all of them that have one. Returns Made. Pressed twice, with the same `uuid`: the run
    there is."""
    known = PrintRun.objects.filter(uuid=uuid).first() if uuid else None
    if known is not None:
        return Made(known, [])
    issue_attendance(workshop, registrations, actor=actor, at=at)
    return print_selected(
        latest_of(registrations),
        title=workshop.title,
        actor=actor,
        at=at,
        workshop=workshop,
        separate=separate,
        uuid=uuid,
    )


def latest_of(registrations):
    """The certificates that stand now for these registrations, in the order of their numbers."""
    bases = [one.uuid for one in registrations]
    if not originals_of(registrations).exists():
        return []
    return list(Certificate.objects.filter(attendance_basis__in=bases, replaced_by=None).order_by("number"))


def _printable(wanted, at):
    """(those that can be printed, in the order wanted; the rest)."""
    rows = Certificate.objects.with_state(timezone.localdate(at)).in_bulk(wanted)
    ordered = [rows[pk] for pk in wanted if pk in rows]
    counting = [one for one in ordered if one.state in STILL_COUNTS]
    art = Artwork([one.facts for one in counting])
    printed = [one for one in counting if art.has(one.facts)]
    kept = {one.pk for one in printed}
    return printed, [one for one in ordered if one.pk not in kept]


def _note_duplicates(certificates, actor, at):
    CertificateEvent.objects.bulk_create(
        CertificateEvent(
            certificate=one, verb=CertificateVerb.DUPLICATED, actor=str(actor or log.SYSTEM), at=at
        )
        for one in certificates
    )
    for one in certificates:
        log.record("duplicate printed", one, actor=actor, at=at, number=one.number)
