"""Today's audit log as a chain of hashes: see `chain` for the rule."""

import datetime
import json

from courses.audit import chain
from courses.audit.chain import Digest
from courses.audit.models import AuditEntry

CHUNK = 2000


def hashes(entries=None):
    """Yields (key, hash) of each entry in order of its key. `entries` is a queryset; None is the whole log.

    It reads in chunks, so that a log of millions needs no more memory than one of a thousand.
    """
    entries = AuditEntry.objects.all() if entries is None else entries
    erasing = AuditEntry.objects.filter(verb=chain.ERASED).order_by("pk")
    steps = chain.steps_of(erasing.values_list("facts", flat=True))
    for entry in entries.order_by("pk").values(*chain.KEYS).iterator(chunk_size=CHUNK):
        yield entry["id"], chain.counted_as(chain.hash_of(entry), steps.get(entry["id"], ()))


def hashes_in(connection):
    """The same for the whole log of a database that no model uses: one restored from a backup."""
    columns = ", ".join(chain.KEYS)
    table = AuditEntry._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT facts FROM {table} WHERE verb = %s ORDER BY id", [chain.ERASED])  # noqa: S608
        steps = chain.steps_of([_json(facts) for (facts,) in cursor.fetchall()])
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} ORDER BY id")  # noqa: S608
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                entry = dict(zip(chain.KEYS, row, strict=True))
                entry |= {"at": _moment(entry["at"]), "facts": _json(entry["facts"])}
                yield entry["id"], chain.counted_as(chain.hash_of(entry), steps.get(entry["id"], ()))


def _moment(value):
    """SQLite keeps moments as text, in UTC."""
    if isinstance(value, str):
        value = datetime.datetime.fromisoformat(value)
    return value if value.tzinfo else value.replace(tzinfo=datetime.UTC)


def _json(value):
    return json.loads(value) if isinstance(value, str) else value


def digest_of(entries=None) -> Digest:
    return chain.end_of(hashes(entries))


def agreeing(kept):
    """[(name, Digest, agrees)] for the digests that were kept, a dict of names: in one reading of the log."""
    wanted = {digest.last for digest in kept.values()}
    now = {0: Digest(0, 0, chain.BEGINNING)}
    for digest in chain.follow(hashes(AuditEntry.objects.filter(pk__lte=max(wanted, default=0)))):
        if digest.last in wanted:
            now[digest.last] = digest
    return [(name, digest, now.get(digest.last) == digest) for name, digest in kept.items()]
