"""The files of the site, wherever Django's storages keep them: a disk or an S3-compatible store."""

from django.core.files import File
from django.core.files.storage import storages

from lms.backups.packing import CHUNK, Member
from lms.backups.refusing import Refused

# The first part of a member's name, and the storage.
STORES = {"media": "default", "private": "private"}
# Copies of what a backup holds already: each would double it.
COPIES = {"private": ("archives/",)}


def members(gone):
    """Yields a Member for each file. Names of those that went away while we read are appended to `gone`."""
    for prefix, alias in STORES.items():
        storage = storages[alias]
        for name in _names(storage):
            if name.startswith(COPIES.get(prefix, ())):
                continue
            try:
                file = storage.open(name, "rb")
                size = storage.size(name)
            except FileNotFoundError:
                gone.append(f"{prefix}/{name}")
                continue
            with file:
                yield Member(f"{prefix}/{name}", size, _chunks(file))


def put_back(folder, names):
    """Write the unpacked files into the storages, over what has the same name. Returns how many."""
    count = 0
    for member in names:
        prefix, _slash, name = member.partition("/")
        if prefix not in STORES or not name:
            continue
        storage = storages[STORES[prefix]]
        if storage.exists(name):
            storage.delete(name)
        with open(folder / member, "rb") as file:
            stored = storage.save(name, File(file, name=name))
        if stored != name:
            raise Refused(f"{member} could not be written under its name.")
        count += 1
    return count


def are_any():
    """Whether a storage holds a file."""
    return any(True for alias in STORES.values() for _name in _names(storages[alias]))


def _names(storage, folder=""):
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(names):
        if name:
            yield f"{folder}{name}"
    for name in sorted(folders):
        yield from _names(storage, f"{folder}{name}/")


def _chunks(file):
    while chunk := file.read(CHUNK):
        yield chunk
