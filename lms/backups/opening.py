"""Opening a backup: everything is looked at before anything is believed."""

import contextlib
import json

from lms.backups import sealing, workplace
from lms.backups.making import FORMAT
from lms.backups.packing import LARGEST_MANIFEST, MANIFEST, Broken, unpack
from lms.backups.refusing import Damaged, Refused


@contextlib.contextmanager
def opened(path, keys):
    """(manifest, folder with the unpacked files), each file as its hash says. The folder is gone afterwards."""
    with workplace.room() as room:
        try:
            with sealing.unsealed(path, keys) as stream:
                unpacked = unpack(stream, room)
        except Broken as error:
            raise Damaged(f"The file is no backup of this product. {error}") from error
        except OSError as error:
            raise Refused(f"The backup could not be unpacked: {error.strerror}.") from error
        yield _manifest(room, unpacked), room


def _manifest(room, unpacked):
    found = {each.name: each for each in unpacked}
    if MANIFEST not in found or found[MANIFEST].size > LARGEST_MANIFEST:
        raise Damaged("The file has no list of contents: it is no backup of this product.")
    try:
        manifest = json.loads((room / MANIFEST).read_text())
        listed = {each["name"]: each for each in manifest["members"]}
        number = manifest["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged("The list of contents cannot be read: it is no backup of this product.") from error
    if number != FORMAT:
        raise Refused(
            f"The backup has format {number}; this version reads {FORMAT}. Install the newer version."
        )
    for name in sorted(set(listed) | set(found) - {MANIFEST}):
        if name not in found:
            raise Damaged(f"{name} is missing in the backup.")
        if name not in listed or found[name].as_dict() != listed[name]:
            raise Damaged(f"{name} in the backup is not what was put into it.")
    return manifest
