"""A backup while people write: of one moment, and nobody waits for it."""

import threading
import time

from django.db import connection, transaction
from django.utils import timezone

from courses.audit import log
from courses.audit.digest import hashes
from courses.audit.models import AuditEntry
from courses.people.models import Person
from lms.backups import comparing, making, verifying
from lms.backups.opening import opened
from lms.backups.verifying import audit_lines
from tests.factories import make_person
from tests.lms.backups.conftest import figures


def write_pairs(stop, began, written):
    """Each transaction adds a person and the audit entry of it, and holds them for a moment."""
    try:
        while not stop.is_set():
            with transaction.atomic():
                person = make_person(full_name="Somebody meanwhile")
                began.set()
                log.record("person written", person, actor=None, at=timezone.now())
            written.append(person.pk)
            time.sleep(0.01)  # SQLite has no queue of writers: whoever never rests keeps the others out.
    finally:
        connection.close()


def test_rows_that_belong_together_are_both_there_or_neither(site, place, opened_by):
    stop, began, written = threading.Event(), threading.Event(), []
    writers = [threading.Thread(target=write_pairs, args=(stop, began, written)) for _ in range(3)]
    for writer in writers:
        writer.start()
    assert began.wait(30)
    try:
        backup = making.make(place, at=timezone.now(), figures=figures)
    finally:
        stop.set()
        for writer in writers:
            writer.join()

    path = place / backup.name
    others = Person.objects.exclude(full_name="Somebody meanwhile").count()
    with opened(path, opened_by) as (manifest, folder):
        kept = list(audit_lines(folder))
        of_pairs = AuditEntry.objects.filter(pk__in=[key for key, _hash in kept], verb="person written").count()
        assert manifest["rows"]["people_person"] - others == of_pairs
        assert manifest["rows"]["courses_auditentry"] == len(kept)
    verifying.verify(path, opened_by, at=timezone.now())
    # Keys are given before rows are written: none came in afterwards among those that were kept.
    assert "agrees" in comparing.with_file(path, opened_by)
    assert kept == [pair for pair in hashes() if pair[0] <= kept[-1][0]]


def test_an_entry_that_was_begun_before_is_not_put_in_afterwards(site, place, opened_by):
    begun = threading.Event()

    def write_slowly():
        try:
            with transaction.atomic():
                log.record("person written", Person.objects.first(), actor=None, at=timezone.now())
                begun.set()
                time.sleep(4)  # longer than a backup keeps writers waiting
        finally:
            connection.close()

    writer = threading.Thread(target=write_slowly)
    writer.start()
    assert begun.wait(30)
    # It has a later key, and on PostgreSQL it is there first.
    log.record("person written", Person.objects.first(), actor=None, at=timezone.now())
    backup = making.make(place, at=timezone.now(), figures=figures)
    writer.join()

    assert AuditEntry.objects.filter(verb="person written").count() == 2
    assert "agrees" in comparing.with_file(place / backup.name, opened_by)
    assert "agrees with all 1 backups" in comparing.with_noted()
