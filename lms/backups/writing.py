"""A file that is whole or not there at all: what backups and archives share."""

import contextlib
import hashlib
import os

from lms.backups import workplace
from lms.backups.refusing import Refused


def write(path, fill):
    """Let `fill(file)` write, read it back, and only then give the file its name. Returns (sha256, size).

    It is written beside its place under another name, for the owner's eyes alone; what fails leaves nothing.
    Raises FileExistsError while another is written under the same name, and Refused for a lying disk.
    """
    part = part_of(path)
    with open(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
        try:
            hashed = _Hashed(file)
            fill(hashed)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            read_back = hashlib.file_digest(file, "sha256").hexdigest()
            if read_back != hashed.sha256.hexdigest():
                raise Refused("What was read back is not what was written: look at the disk.")
            os.rename(part, path)
            workplace.settle(path.parent)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    return read_back, path.stat().st_size


def part_of(path):
    return path.with_name(f".{path.name}.part")


class _Hashed:
    def __init__(self, file):
        self.file, self.sha256 = file, hashlib.sha256()

    def write(self, data):
        self.sha256.update(data)
        return self.file.write(data)

    def flush(self):
        self.file.flush()
