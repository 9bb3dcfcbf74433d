"""Files come from wherever the storages keep them, and memory does not grow with their size."""

import subprocess
import sys

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from moto import mock_aws
from storages.backends.s3 import S3Storage

from lms.backups import files, packing
from tests.lms.backups.conftest import stored

FOUND = {"a.txt": b"1", "documents/deep/Kwéyòl.txt": b"2" * 3_000_000, "documents/empty": b""}

ROUND = """
import io, os, resource, sys, tempfile
from pathlib import Path
from lms.backups import packing, sealing
public, private = sealing.new_key()
size = int(sys.argv[1])
chunks = (bytes(packing.CHUNK) for _ in range(size // packing.CHUNK))
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "a.age"
    with open(path, "wb") as file:
        film = packing.Member("media/film", size, chunks)
        sealing.seal(packing.pack([film], []), file, sealing.recipients([public]))
    (Path(folder) / "out").mkdir()
    with sealing.unsealed(path, sealing.identities(private.encode())) as stream:
        [film] = packing.unpack(stream, Path(folder) / "out")
    assert film.size == size
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.fixture
def bucket(place, monkeypatch):
    """Uploads in an S3-compatible store."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="uploads")
        monkeypatch.setitem(
            storages._storages, "default", S3Storage(bucket_name="uploads", region_name="us-east-1")
        )
        yield storages["default"]


def packed_into(folder):
    """Pack all files and unpack them into `folder`. Returns the members' names."""
    (folder / "unpacked").mkdir()
    with open(folder / "stream", "wb") as file:
        for chunk in packing.pack(files.members([]), []):
            file.write(chunk)
    with open(folder / "stream", "rb") as file:
        return [each.name for each in packing.unpack(file, folder / "unpacked")]


def put(storage):
    for name, content in FOUND.items():
        storage.save(name, ContentFile(content))


def test_a_store_of_objects_is_backed_up_and_restored(bucket, tmp_path):
    put(bucket)
    storages["private"].save("signatures/x.png", ContentFile(b"3"))

    names = packed_into(tmp_path)
    assert sorted(names) == [*(f"media/{name}" for name in sorted(FOUND)), "private/signatures/x.png"]

    for name in FOUND:
        bucket.delete(name)
    bucket.save("a.txt", ContentFile(b"another"))
    assert files.put_back(tmp_path / "unpacked", ["audit.txt", *names]) == 4
    assert stored("default") == FOUND


def test_a_file_that_goes_away_meanwhile_is_told(place):
    put(storages["default"])
    (place / "default" / "broken").symlink_to("/nowhere")
    gone = []

    assert [member.name for member in files.members(gone)] == [
        "media/a.txt",
        "media/documents/empty",
        "media/documents/deep/Kwéyòl.txt",
    ]

    assert gone == ["media/broken"]


def test_memory_does_not_grow_with_the_size():
    few, many = (
        int(subprocess.check_output([sys.executable, "-c", ROUND, str(size << 20)])) for size in (8, 256)
    )
    assert many - few < 32 * 1024  # kilobytes
