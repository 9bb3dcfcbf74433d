"""A lawful erasure does not look like tampering; tampering with what was redacted still does."""

import datetime

import pytest
from django.db import connection

from courses.audit import chain, log
from courses.audit.digest import agreeing, digest_of, hashes, hashes_in
from courses.audit.models import AuditEntry
from courses.audit.redacting import MARK, redact
from tests.factories import make_person

AT = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC)
LATER = AT + datetime.timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_person(full_name="Renée Old")


@pytest.fixture
def entries(person):
    other = make_person(full_name="Somebody Else")
    return [
        log.record("refused", person, actor=None, at=AT, reason="Did not answer."),
        log.record("took in", other, actor=None, at=AT, name="Renée OLD", merged=person.pk),
        log.record("refused", other, actor=None, at=AT, reason="Works elsewhere."),
    ]


def redacted(person, word="renée old"):
    objects = [("people.person", str(person.pk))]
    return redact(objects, [word], names={}, erased=person, actor=None, at=LATER)


def facts_of(entries):
    return [AuditEntry.objects.get(pk=entry.pk).facts for entry in entries]


def touch(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_what_is_personal_goes_and_the_rest_stays(person, entries):
    done = redacted(person)

    assert facts_of(entries) == [
        {"reason": MARK},
        {"name": MARK, "merged": person.pk},
        {"reason": "Works elsewhere."},
    ]
    assert [key for key, _before, _after in done.facts["redacted"]] == [entries[0].pk, entries[1].pk]
    assert done.verb == "erased"


def test_the_acts_of_somebody_stay_under_the_name_that_is_kept(person):
    act = AuditEntry.objects.create(
        at=AT, actor_id=77, actor_name="old@example.org", verb="did", object_type="a.b", object_id="1"
    )

    redact([], [], names={77: "Renée New"}, erased=person, actor=None, at=LATER)

    assert AuditEntry.objects.get(pk=act.pk).actor_name == "Renée New"


def test_a_digest_that_was_kept_before_still_agrees(person, entries):
    kept, digest = list(hashes()), digest_of()

    redacted(person)

    assert chain.first_difference(kept, hashes()) is None
    assert agreeing({"before": digest}) == [("before", digest, True)]
    assert list(hashes_in(connection)) == list(hashes())


def test_a_second_erasure_of_the_same_entry_is_followed_too(person, entries):
    kept = list(hashes())
    redacted(person)

    done = redacted(person, word="works elsewhere")
    again = redact(
        [("people.person", entries[1].object_id)], ["nothing"], names={}, erased=person, actor=None, at=LATER
    )

    assert [key for key, _before, _after in done.facts["redacted"]] == [entries[2].pk]
    assert again.facts["redacted"] == []
    assert chain.first_difference(kept, hashes()) is None

    twice = log.record("took in", person, actor=None, at=AT, name="Ann", other="Bob")
    kept = list(hashes())
    redacted(person, word="ann")
    redacted(person, word="bob")
    assert AuditEntry.objects.get(pk=twice.pk).facts == {"name": MARK, "other": MARK}
    assert chain.first_difference(kept, hashes()) is None


@pytest.mark.parametrize("which", [0, 1])
def test_who_touches_a_redacted_entry_is_found(person, entries, which):
    kept = list(hashes())
    redacted(person)

    touch("UPDATE courses_auditentry SET verb = 'approved' WHERE id = %s", entries[which].pk)

    assert chain.first_difference(kept, hashes()) == chain.Difference(entries[which].pk, chain.CHANGED)


def test_who_removes_the_erasing_entry_is_found(person, entries):
    kept = list(hashes())
    done = redacted(person)

    touch("DELETE FROM courses_auditentry WHERE id = %s", done.pk)

    assert chain.first_difference(kept, hashes()) == chain.Difference(entries[0].pk, chain.CHANGED)


def test_an_entry_that_erases_is_itself_never_redacted(person, entries):
    done = redacted(person)

    redact([("people.person", str(person.pk))], ["erased"], names={}, erased=person, actor=None, at=LATER)

    assert AuditEntry.objects.get(pk=done.pk).facts == done.facts
