"""Earlier paper certificates, recorded later."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from courses.attendance.photographs import cleaned
from courses.audit import log
from courses.people.models import Person
from courses.transcript.models import EarlierTraining, EarlierTrainingStruck


@transaction.atomic
def record_earlier(person, *, title, provider, held_on, minutes, scan, actor, at):
    """Keep one earlier training. `scan`: an uploaded file or None. The same again is the one there is.

    Returns (the EarlierTraining, whether it is new). Raises PhotoRefused for a scan that is neither a picture
    nor a PDF.
    """
    kind, content = cleaned(scan) if scan else ("", b"")
    # The lock: two clicks on the button come one after the other.
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    facts = {
        "person": person,
        "title": title,
        "provider": provider,
        "held_on": held_on,
        "minutes": minutes,
        "sha256": hashlib.sha256(content).hexdigest() if content else "",
    }
    known = EarlierTraining.objects.filter(**facts).first()
    if known is not None:
        return known, False
    # Its own name is forgotten: it may name somebody.
    file = ContentFile(content, name=f"scan.{kind}") if content else ""
    training = EarlierTraining.objects.create(scan=file, recorded_by=str(actor), at=at, **facts)
    log.record(
        "earlier training recorded",
        training,
        actor=actor,
        at=at,
        person=str(person.uuid),
        held_on=str(held_on),
        sha256=training.sha256,
    )
    return training, True


@transaction.atomic
def strike(training, reason, *, actor, at):
    """Take an earlier training out of the count; it stays on record. Doing it again changes nothing."""
    training = EarlierTraining.objects.select_for_update().get(pk=training.pk)
    struck, is_new = EarlierTrainingStruck.objects.get_or_create(
        training=training, defaults={"reason": reason, "actor": str(actor), "at": at}
    )
    if is_new:
        log.record("earlier training struck out", training, actor=actor, at=at, reason=reason)
    return struck
