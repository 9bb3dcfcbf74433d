"""The list of erasures that lies beside the backups: a backup made before an erasure brings its person back.

One line of JSON each, without a name or anything that was erased: who it was is known by the record's key.
"""

import json
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.dateparse import parse_datetime

from courses.people.models import Person
from lms.backups import workplace
from lms.erasing import applying
from lms.erasing.models import Erasure

NAME = "erasures.jsonl"
MOMENTS = ("asked_at", "done_at")
FACTS = ("why", "filed_as", "asked_by", "asked_by_id", "confirmed_by", "confirmed_by_id")


class BadList(ValueError):
    """A line of the list cannot be read; nothing was done."""


def in_place():
    return Path(settings.BACKUP_ROOT) / NAME


def write(folder=None):
    """Write every erasure that is done, and what the list knew already, into `folder` (the backups' own).

    What only the list knows stays: the database may be older than it. Returns the path.
    """
    path = Path(folder) / NAME if folder else in_place()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    known = read(path) if path.exists() else {}
    for erasure in Erasure.objects.done().select_related("person").order_by("pk"):
        known[str(erasure.uuid)] = _line(erasure)
    # A name of its own, for the owner's eyes alone: two may write at once, and one is whole.
    handle, new = tempfile.mkstemp(prefix=f".{NAME}-", dir=path.parent)
    with open(handle, "w") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in known.values())
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)
    workplace.settle(path.parent)
    return path


def read(path):
    """{key of the erasure: its line}. Raises BadList."""
    found = {}
    for n, text in enumerate(Path(path).read_text().splitlines(), start=1):
        try:
            line = json.loads(text)
            found[line["erasure"]] = line
            line["person"], *(parse_datetime(line[name]).tzinfo for name in MOMENTS)
            line.update({name: line[name] for name in FACTS})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadList(f"Line {n} of {path} cannot be read.") from error
    return found


def do_again(path=None, *, at):
    """After an older backup was restored: erase again whom the list names. Returns (how many were erased, how
    many of the list are not in this database at all). Raises BadList, and FileNotFoundError without a list."""
    path = Path(path) if path else in_place()
    lines = read(path)
    done = {str(one) for one in Erasure.objects.done().values_list("uuid", flat=True)}
    again = absent = 0
    for key, line in lines.items():
        if key in done:
            continue
        person = Person.objects.filter(uuid=line["person"]).first()
        if person is None:
            absent += 1
            continue
        _do_one_again(key, line, person, at)
        again += 1
    return again, absent


@transaction.atomic
def _do_one_again(key, line, person, at):
    facts = {name: line[name] for name in FACTS}
    moments = {name: parse_datetime(line[name]) for name in MOMENTS}
    # It may have been asked for when the backup was made.
    Erasure.objects.open().filter(person=person).delete()
    erasure = Erasure.objects.create(uuid=key, person=person, **facts, **moments)
    applying.erase(erasure, actor=None, at=at)


def _line(erasure):
    return {
        "erasure": str(erasure.uuid),
        "person": str(erasure.person.uuid),
        **{name: getattr(erasure, name).isoformat() for name in MOMENTS},
        **{name: getattr(erasure, name) for name in FACTS},
    }
