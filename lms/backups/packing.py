"""Files as one stream in the tar format (POSIX pax), and back; a hostile stream puts nothing anywhere else."""

import hashlib
import os
import re
import tarfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass

CHUNK = 1 << 20
BLOCK = tarfile.BLOCKSIZE
MANIFEST = "manifest.json"
# The manifest of a site with a million files.
LARGEST_MANIFEST = 500 << 20
_ALLOWED = re.compile(
    r"(manifest\.json|audit\.txt|settings\.env|database\.(dump|sqlite3)|(media|private)/.+)", re.S
)


class Broken(Exception):
    """The stream is not what was packed; the words say where."""


@dataclass
class Member:
    """One file to be packed: its size in bytes is known before its content is read."""

    name: str
    size: int
    chunks: Iterable[bytes]


@dataclass(frozen=True)
class Packed:
    """One file that was packed or unpacked."""

    name: str
    size: int
    sha256: str

    def as_dict(self):
        return asdict(self)


def pack(members, packed):
    """Yields the bytes of the stream. Each member that is through is appended to `packed`, a list.

    A file that grew since it was listed is cut to its size; one that became shorter raises Broken.
    """
    for member in members:
        info = tarfile.TarInfo(member.name)
        info.size, info.mode = member.size, 0o600
        yield info.tobuf(tarfile.PAX_FORMAT)
        left, sha256 = member.size, hashlib.sha256()
        for chunk in member.chunks:
            chunk = chunk[:left]
            left -= len(chunk)
            sha256.update(chunk)
            yield chunk
            if not left:
                break
        if left:
            raise Broken(f"{member.name} became shorter while it was read.")
        yield bytes(-member.size % BLOCK)
        packed.append(Packed(member.name, member.size, sha256.hexdigest()))
    yield bytes(2 * BLOCK)


def unpack(stream, folder):
    """Write what the stream holds below `folder`, an empty folder of our own. Returns [Packed]."""
    unpacked = {}
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                if not info.isfile() or info.issparse() or not is_safe(info.name) or info.name in unpacked:
                    raise Broken(f"It holds {info.name[:200]!r}, which no backup of ours does.")
                unpacked[info.name] = _write(archive.extractfile(info), folder, info.name)
    except (tarfile.TarError, EOFError, UnicodeError) as error:
        raise Broken(f"It is no archive, or ends too early ({error}).") from error
    return list(unpacked.values())


def is_safe(name):
    """Whether a name lies below the folder it is written to, and is one of those that we pack."""
    parts = name.split("/")
    return bool(_ALLOWED.fullmatch(name)) and not (
        "\0" in name or "\\" in name or any(part in ("", ".", "..") for part in parts)
    )


def _write(file, folder, name):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    sha256, size = hashlib.sha256(), 0
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as out:
        while chunk := file.read(CHUNK):
            out.write(chunk)
            sha256.update(chunk)
            size += len(chunk)
    return Packed(name, size, sha256.hexdigest())
