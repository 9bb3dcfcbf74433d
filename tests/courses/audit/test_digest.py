"""The chain over the audit log: the same on every database, and no entry can be touched unseen."""

import datetime
import hashlib

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.audit import chain, log
from courses.audit.digest import agreeing, digest_of, hashes
from courses.audit.models import AuditEntry
from tests.factories import make_agency

AT = datetime.datetime(2026, 3, 2, 8, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=-4)))
FACTS = {"name": "José ☃", "part": 0.5, "whole": 2.0, "large": 1e20, "list": [None, True, {"b": 1, "a": 2}]}


def write(**facts):
    return log.record("looked", make_agency(), actor=None, at=AT, **facts)


def touch(sql, *values):
    """What an insider does past the product's own guard."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_rule_as_it_is_written_down():
    entry = {
        "id": 7,
        "at": AT,
        "actor_id": None,
        "actor_name": "system",
        "verb": "looked",
        "object_type": "a.b",
        "object_id": "1",
    }
    written = (
        '{"actor_id":null,"actor_name":"system","at":"2026-03-02T12:00:00.000000Z",'
        '"facts":{"large":100000000000000000000,"list":[null,true,{"a":2,"b":1}],"name":"José ☃",'
        '"part":0.5,"whole":2},"id":7,"object_id":"1","object_type":"a.b","verb":"looked"}'
    )
    assert chain.line({**entry, "facts": FACTS}) == written.encode()

    hashed = hashlib.sha256(written.encode()).hexdigest()
    after = hashlib.sha256(("0" * 64 + hashed).encode()).hexdigest()
    assert chain.end_of([(7, hashed)]) == chain.Digest(1, 7, after)
    assert chain.end_of([]) == chain.Digest(0, 0, "0" * 64)


@pytest.mark.django_db
def test_a_row_that_was_stored_digests_like_the_row_that_was_written():
    entry = write(**FACTS)
    given = {name: getattr(entry, name) for name in chain.KEYS}

    assert dict(hashes())[entry.pk] == chain.hash_of({**given, "facts": FACTS})


@pytest.mark.django_db
def test_what_was_touched_is_named_and_what_came_later_is_not():
    entries = [write(n=n) for n in range(5)]
    kept, digest = list(hashes()), digest_of()
    assert digest == chain.Digest(len(kept), entries[-1].pk, digest.sha256)

    write(n="later")
    assert chain.first_difference(kept, hashes()) is None
    assert agreeing({"a": digest, "none yet": chain.Digest(0, 0, chain.BEGINNING)}) == [
        ("a", digest, True),
        ("none yet", chain.Digest(0, 0, chain.BEGINNING), True),
    ]

    touch("UPDATE courses_auditentry SET actor_name = 'nobody' WHERE id = %s", entries[3].pk)
    assert chain.first_difference(kept, hashes()) == chain.Difference(entries[3].pk, chain.CHANGED)
    touch("DELETE FROM courses_auditentry WHERE id = %s", entries[2].pk)
    assert chain.first_difference(kept, hashes()) == chain.Difference(entries[2].pk, chain.REMOVED)
    AuditEntry(pk=-1, at=timezone.now(), actor_name="", verb="", object_type="", object_id="").save()
    assert chain.first_difference(kept, hashes()) == chain.Difference(-1, chain.PUT_IN)
    assert agreeing({"a": digest}) == [("a", digest, False)]


LOGS = st.dictionaries(st.integers(1, 12), st.sampled_from("abc"))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LOGS, LOGS)
def test_a_difference_is_found_wherever_there_is_one(kept, today):
    last = max(kept, default=0)
    keys = sorted(set(kept) | {key for key in today if key <= last})
    first = next((key for key in keys if kept.get(key) != today.get(key)), None)

    found = chain.first_difference(sorted(kept.items()), sorted(today.items()))

    assert (found and found.key) == first
    if found:
        expected = chain.REMOVED if first not in today else chain.PUT_IN if first not in kept else chain.CHANGED
        assert found.kind == expected
