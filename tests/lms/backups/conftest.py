"""A small site with all that a backup must bring back, and a pair of keys."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.utils import timezone

from certificates.filing import file_of
from certificates.issuing import issue
from lms.backups import making, sealing
from lms.reports.figures import everything
from tests.factories import make_completion, make_course, make_enrolment, make_person, make_site, make_user

SECRET = "the name that nobody outside may read"
BIG = bytes(range(256)) * 9000  # more than two megabytes


def figures():
    return everything.values(timezone.localdate())


def stored(alias):
    """{name: content} of a storage."""

    def walk(folder):
        folders, names = storages[alias].listdir(folder)
        for name in names:
            with storages[alias].open(f"{folder}{name}") as file:
                yield f"{folder}{name}", file.read()
        for name in folders:
            yield from walk(f"{folder}{name}/")

    return dict(walk(""))


@pytest.fixture
def keys(settings):
    """The private key of the backups; the site knows the public one."""
    public, private = sealing.new_key()
    settings.BACKUP_RECIPIENTS = [public]
    return private


@pytest.fixture
def key_file(keys, tmp_path):
    path = tmp_path / "key.txt"
    path.write_text(f"# from the safe\n{keys}\n")
    return path


@pytest.fixture
def opened_by(keys):
    return sealing.identities(keys.encode())


@pytest.fixture
def place(settings, tmp_path):
    """Folders of this test alone: media, private files, backups; where the settings' file lies."""
    for alias in ("default", "private"):
        folder = tmp_path / alias
        folder.mkdir()
        storage = FileSystemStorage(folder)
        storages._storages[alias], before = storage, storages._storages.get(alias)
        settings.BACKUP_ROOT = str(tmp_path / "backups")
        del before
    yield tmp_path
    for alias in ("default", "private"):
        del storages._storages[alias]


@pytest.fixture
def site(transactional_db, place, keys):
    """Constance Joseph has an account, a certificate with its file, a signature and a film."""
    make_site()
    person = make_person(full_name="Constance Joseph")
    make_user(person=person, email="constance@example.org")
    at = timezone.now() - datetime.timedelta(days=1)
    completion = make_completion(
        make_enrolment(person, make_course(validity_months=24), at=at), at=at, minutes=90
    )
    certificate = issue(completion, actor=None, at=at)
    file_of(certificate, at=at)
    storages["private"].save("signatures/ab12.png", ContentFile(SECRET.encode()))
    storages["default"].save("documents/Kwéyòl film.mp4", ContentFile(BIG))
    storages["default"].save("documents/empty.txt", ContentFile(b""))
    return certificate


@pytest.fixture
def made(site, place):
    """The path of a backup of that site."""
    folder = place / "carried away"
    folder.mkdir()
    backup = making.make(folder, at=timezone.now(), figures=figures)
    return folder / backup.name
