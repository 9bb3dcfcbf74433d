"""Where backups are made and looked into: one at a time, and nothing unencrypted stays."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings

from lms.backups.refusing import Refused

WORK = ".work-"


@contextlib.contextmanager
def only_one():
    """Two at once would take each other's disk: the second is Refused. What a killed one left is removed."""
    root = _root()
    with open(root / ".lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused("Another backup or restore is running. Try again when it is through.") from error
        for left in root.glob(WORK + "*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


@contextlib.contextmanager
def room():
    """An empty folder that only we can read, and that is gone afterwards. Never on what can be carried away:
    what lies in it is not encrypted."""
    folder = Path(tempfile.mkdtemp(prefix=WORK, dir=_root()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def settle(path):
    """What is in the file, or in the folder's list of names, survives a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _root():
    root = Path(settings.BACKUP_ROOT)
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Refused(f"BACKUP_ROOT ({root}) cannot be made: {error.strerror}.") from error
    return root
