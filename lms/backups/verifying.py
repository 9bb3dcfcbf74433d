"""Looking into a backup: each hash, then the database itself, restored and counted."""

import hashlib

from django.db import DatabaseError, transaction

from courses.audit import chain, digest, log
from lms.backups import databases, throwaway, workplace
from lms.backups.making import AUDIT
from lms.backups.models import Backup, Verdict
from lms.backups.opening import opened
from lms.backups.refusing import Damaged


def verify(path, keys, *, at):
    """Open the backup, restore its database into a throw-away one and compare. Returns (manifest, noted).

    Refused, with what is wrong. `noted`: whether it is one of this site's own backups, whose verdict
    is kept.
    """
    try:
        with (
            workplace.only_one(),
            opened(path, keys) as (manifest, folder),
            throwaway.loaded(manifest, folder) as where,
        ):
            compare_database(manifest, folder, where)
    except Damaged:
        note(path, Verdict.BAD, at=at)
        raise
    return manifest, note(path, Verdict.GOOD, at=at)


def compare_database(manifest, folder, where):
    """Raises Damaged where the database that was loaded from the backup is not what the manifest says."""
    kept = chain.end_of(audit_lines(folder))
    if chain.Digest(**manifest["audit"]) != kept:
        raise Damaged("The list of audit entries in the backup is not the one that was kept.")
    with throwaway.connected(where) as restored:
        if wrong := wrong_rows(manifest, databases.count_rows(restored)):
            raise Damaged(f"Rows of the restored database: {wrong}")
        if chain.end_of(digest.hashes_in(restored)) != kept:
            raise Damaged("The audit log of the restored database is not the one that was kept.")


def wrong_rows(manifest, counts):
    """In words, the tables that do not have as many rows as when the backup was made; empty when all have."""
    kept = manifest["rows"]
    return "; ".join(
        f"{table}: {counts.get(table, 'none')} instead of {kept.get(table, 'none')}"
        for table in sorted(set(counts) | set(kept))
        if counts.get(table) != kept.get(table)
    )


def audit_lines(folder):
    """Yields (key, hash) as they were kept."""
    with open(folder / AUDIT) as file:
        for line in file:
            key, hashed = line.split()
            yield int(key), hashed


def note(path, verdict, *, at):
    """Keep the verdict where the file is one of this site's own. Returns whether it is.

    Whether it is: by its hash; a damaged one has another, and is known by its name alone.
    """
    with open(path, "rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    known = {"name": path.name} if verdict == Verdict.BAD else {"sha256": sha256}
    try:
        with transaction.atomic():
            backup = Backup.objects.select_for_update().filter(**known).first()
            if backup is None:
                return False
            backup.verified_at, backup.verdict = at, verdict
            backup.save(update_fields=["verified_at", "verdict"])
            log.record("backup verified", backup, actor=None, at=at, name=backup.name, verdict=str(verdict))
    except DatabaseError:
        return False  # An empty machine, where the backup is only looked at.
    return True
