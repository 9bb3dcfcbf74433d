"""Notes of the office about a person: added, never changed."""

from django.db import transaction

from courses.audit import log
from courses.people.models import PersonNote


@transaction.atomic
def add_note(person, text, *, actor, at):
    note = PersonNote.objects.create(person=person, text=text, author=str(actor), at=at)
    log.record("note added", person, actor=actor, at=at, note=note.pk)
    return note
