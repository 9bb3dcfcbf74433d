"""Making a backup: one encrypted file, whole or not there at all."""

import json
import os
import time
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from courses.audit import chain, digest, log
from lms.backups import databases, files, names, product, sealing, settings_file, workplace, writing
from lms.backups.models import Backup
from lms.backups.packing import CHUNK, MANIFEST, Broken, Member, pack
from lms.backups.refusing import Refused

FORMAT = 1
AUDIT = "audit.txt"
SETTINGS = "settings.env"
PART_SECONDS = 24 * 3600


def make(folder, *, at, figures):
    """Write a backup of the connected site into `folder`. Returns the Backup.

    `figures()` returns {name: number} of what the site counts; they are read at the moment of the
    database's copy. Refused when it is not possible: then no half file is left.
    """
    to = sealing.recipients(settings.BACKUP_RECIPIENTS)
    path = Path(folder) / names.name_of(at)
    if path.exists():
        raise Refused(f"{path} is there already.")
    try:
        with workplace.only_one(), workplace.room() as room:
            about = _copy_database(room, at, figures)
            _remove_left_parts(path.parent)
            packed, members = [], _members(room, about)
            sha256, size = writing.write(
                path, lambda file: sealing.seal(pack(members(packed), packed), file, to)
            )
    except Broken as error:
        raise Refused(f"{error} Run it again.") from error
    except OSError as error:
        raise Refused(f"The backup could not be written: {error.strerror}. No half file was left.") from error
    try:
        return _recorded(path.name, size, sha256, chain.Digest(**about["audit"]), at)
    except DatabaseError as error:
        raise Refused(f"{path} was written and is good, but could not be noted: {error}") from error


def _copy_database(room, at, figures):
    """Copy the database into the room. Returns what the manifest tells of the same moment."""
    database = databases.of(connection)
    with database.snapshot(connection) as moment:
        kept = _write_audit(room / AUDIT)
        about = {
            "format": FORMAT,
            "made_at": at.isoformat(),
            "site": settings.SITE_URL,
            **product.versions(),
            "database": {"kind": database.KIND, "server": database.server_version(connection)},
            "migrations": product.applied_migrations(connection),
            "rows": databases.count_rows(connection),
            "audit": {"entries": kept.entries, "last": kept.last, "sha256": kept.sha256},
            "figures": figures(),
        }
        database.dump(connection, moment, room / database.MEMBER)
    return about


def _write_audit(path):
    """One line for each entry: its key and its hash. Whoever has them can name the entry that was touched."""
    with open(path, "w") as file:

        def written():
            for key, hashed in digest.hashes():
                file.write(f"{key} {hashed}\n")
                yield key, hashed

        return chain.end_of(written())


def _members(room, about):
    """Yields what is packed, the manifest last: by then all the others are known."""

    def everything(packed):
        for name in (databases.of(connection).MEMBER, AUDIT):
            yield _member(room / name, name)
        content = _settings().encode()
        yield Member(SETTINGS, len(content), [content])
        gone = []
        yield from files.members(gone)
        manifest = {**about, "gone_while_reading": gone, "members": [each.as_dict() for each in packed]}
        content = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
        yield Member(MANIFEST, len(content), [content])

    return everything


def _member(path, name):
    def chunks():
        with open(path, "rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk

    return Member(name, path.stat().st_size, chunks())


def _settings():
    root = Path(settings.BASE_DIR)
    if (root / ".env").exists():
        return (root / ".env").read_text()
    known = settings_file.names_in((root / ".env.example").read_text())
    return settings_file.from_environment(known, {"SECRET_KEY": settings.SECRET_KEY, **os.environ})


def _remove_left_parts(folder):
    """What a killed backup left a day ago or earlier."""
    for part in folder.glob(".learning-*.age.part"):
        if time.time() - part.stat().st_mtime > PART_SECONDS:
            part.unlink(missing_ok=True)


@transaction.atomic
def _recorded(name, size, sha256, kept, at):
    backup = Backup.objects.create(
        made_at=at,
        name=name,
        size=size,
        sha256=sha256,
        audit_entries=kept.entries,
        audit_last=kept.last,
        audit_sha256=kept.sha256,
    )
    log.record("backup made", backup, actor=None, at=at, name=name, size=size, sha256=sha256)
    return backup
