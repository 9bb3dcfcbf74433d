"""What is damaged, hostile, for another key or half there is refused in words, and nothing is left behind."""

import io
import json
import os
import resource
import tarfile
import time

import pyrage
import pytest
from django.utils import timezone

from lms.backups import making, packing, sealing, verifying, workplace
from lms.backups.models import Backup
from lms.backups.opening import opened
from lms.backups.refusing import Damaged, Refused
from tests.lms.backups.conftest import figures

PUBLIC, PRIVATE = sealing.new_key()
KEYS = sealing.identities(PRIVATE.encode())


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.BACKUP_ROOT = str(tmp_path / "backups")
    return tmp_path / "backups"


def sealed(path, content):
    path.write_bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(PUBLIC)]))
    return path


def archive(*members, **more):
    """A tar with (name, content), as anybody who knows the public key can close one for us."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            for key, value in more.items():
                setattr(info, key, value)
            tar.addfile(info, io.BytesIO(content))
    return out.getvalue()


def ours(*members):
    packed = []

    def everything():
        for name, content in members:
            yield packing.Member(name, len(content), [content])
        manifest = {"format": making.FORMAT, "members": [each.as_dict() for each in packed]}
        content = json.dumps(manifest).encode()
        yield packing.Member(packing.MANIFEST, len(content), [content])

    return b"".join(packing.pack(everything(), packed))


def look(path, keys=KEYS):
    with opened(path, keys) as (manifest, folder):
        return {each["name"]: (folder / each["name"]).read_bytes() for each in manifest["members"]}


GOOD = [("audit.txt", b"1 a\n"), ("media/Kwéyòl/x.txt", bytes(200_000)), ("private/empty", b"")]


def test_what_is_whole_opens(tmp_path, root):
    assert look(sealed(tmp_path / "a.age", ours(*GOOD))) == dict(GOOD)
    assert not list(root.glob(".work-*"))


def test_a_flipped_byte_anywhere_and_a_cut_anywhere_are_refused(tmp_path):
    path = sealed(tmp_path / "a.age", ours(*GOOD))
    whole = path.read_bytes()
    # Every byte of the head, and some of every part behind it.
    places = [*range(0, 250), *range(250, len(whole), 3571), len(whole) - 1]
    for place in places:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Refused, match="damaged|another one"):
            look(path)
        path.write_bytes(whole[:place])
        with pytest.raises(Refused, match="damaged"):
            look(path)
    path.write_bytes(whole + b"x")
    with pytest.raises(Damaged):
        look(path)


def test_another_key_and_what_is_no_key_are_told_apart(tmp_path):
    path = sealed(tmp_path / "a.age", ours(*GOOD))
    other = sealing.identities(sealing.new_key()[1].encode())

    with pytest.raises(Refused, match="closed for another one") as found:
        look(path, other)
    assert not isinstance(found.value, Damaged)
    for content in (b"", b"# nothing\n", PRIVATE.replace("1", "2", 1).encode(), PUBLIC.encode()):
        with pytest.raises(Refused, match="no private key"):
            sealing.identities(content)
    with pytest.raises(Refused, match="cannot be read: No such file"):
        look(tmp_path / "none.age")


def test_a_key_file_may_have_a_passphrase(tmp_path):
    closed = pyrage.passphrase.encrypt(PRIVATE.encode(), "four words from paper")
    path = sealed(tmp_path / "a.age", ours(*GOOD))

    assert look(path, sealing.identities(closed, lambda: "four words from paper"))
    with pytest.raises(Refused, match="passphrase does not open"):
        sealing.identities(sealing.MAGIC + b"what age -p did not write", lambda: "wrong")


HOSTILE = [
    "../x",
    "/tmp/x",
    "media/../../x",
    "media/./x",
    "media//x",
    "media/a\\..\\x",
    "other/x",
    "media",
    "manifest",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_leads_out_of_the_folder(tmp_path, root, name):
    path = sealed(tmp_path / "a.age", archive((name, b"evil")))
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(Damaged, match="no backup of ours"):
        look(path)

    assert [each for each in sorted(tmp_path.rglob("*")) if each != root] == before
    assert not list(root.rglob("x"))


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE]
)
def test_nothing_but_files_is_taken(tmp_path, kind):
    with pytest.raises(Damaged, match="no backup of ours"):
        look(sealed(tmp_path / "a.age", archive(("media/x", b""), type=kind, linkname="/etc/passwd")))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no archive at all" * 100, "no archive|no list"),
        (archive(("media/x", b"1"), ("media/x", b"2")), "no backup of ours"),
        (archive(("media/x", b"1")), "no list of contents"),
        (archive(("manifest.json", b"{}")), "cannot be read"),
        (archive(("manifest.json", b'{"format": 99, "members": []}')), "format 99"),
        (archive(("manifest.json", b'{"format": 1, "members": []}'), ("media/x", b"")), "not what was put"),
        (ours(*GOOD).replace(b"1 a\n", b"1 b\n"), "not what was put"),
        (ours(*GOOD)[:3000], "ends too early|damaged"),
    ],
)
def test_what_was_closed_well_but_is_not_ours_is_refused(tmp_path, content, words):
    with pytest.raises(Refused, match=words):
        look(sealed(tmp_path / "a.age", content))


def test_a_missing_member_is_named(tmp_path):
    manifest = {"format": 1, "members": [{"name": "media/gone", "size": 1, "sha256": ""}]}
    path = sealed(tmp_path / "a.age", archive(("manifest.json", json.dumps(manifest).encode())))
    with pytest.raises(Damaged, match="media/gone is missing"):
        look(path)


def test_a_full_disk_leaves_no_half_file(site, place, root):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    folder = place / "stick"
    folder.mkdir()
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, before[1]))
    try:
        with pytest.raises(Refused, match="could not be written|pg_dump says"):
            making.make(folder, at=timezone.now(), figures=figures)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert list(folder.iterdir()) == []
    assert not list(root.glob(".work-*"))
    assert Backup.objects.count() == 0
    making.make(folder, at=timezone.now(), figures=figures)


def test_a_folder_that_cannot_be_written_is_told(site, place):
    (place / "file").write_text("")
    with pytest.raises(Refused, match="could not be written"):
        making.make(place / "file", at=timezone.now(), figures=figures)


def test_the_second_at_once_is_refused_and_what_a_killed_one_left_is_removed(site, place, root):
    with workplace.only_one(), pytest.raises(Refused, match="Another backup or restore is running"):
        making.make(place, at=timezone.now(), figures=figures)
    (root / ".work-of-the-dead").mkdir()
    (root / ".work-of-the-dead" / "database.sqlite3").write_text("not encrypted")
    for name, hours in ((".learning-old.age.part", 25), (".learning-new.age.part", 1)):
        (place / name).write_text("half")
        os.utime(place / name, (time.time() - hours * 3600,) * 2)

    making.make(place, at=timezone.now(), figures=figures)

    assert not list(root.glob(".work-*"))
    assert [path.name for path in place.glob(".*.part")] == [".learning-new.age.part"]


def test_a_damaged_backup_is_noted_as_bad(made, opened_by):
    content = bytearray(made.read_bytes())
    content[-100] ^= 1
    made.write_bytes(content)

    with pytest.raises(Damaged):
        verifying.verify(made, opened_by, at=timezone.now())

    assert Backup.objects.get().verdict == "bad"


def test_a_file_that_shrinks_while_it_is_read_is_no_backup():
    with pytest.raises(packing.Broken, match="media/x became shorter"):
        list(packing.pack([packing.Member("media/x", 10, [b"12345"])], []))
    grown = b"".join(packing.pack([packing.Member("media/x", 3, [b"12345"])], []))
    with tarfile.open(fileobj=io.BytesIO(grown)) as tar:
        assert tar.extractfile("media/x").read() == b"123"
