"""A stranger restores by the printed page: its own commands, in an empty folder, into an empty database."""

import os
import re
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from certificates.models import CertificateFile
from lms.backups import databases, making
from lms.erasing import listing
from lms.erasing.models import Erasure
from tests.factories import make_person, make_user
from tests.lms.backups.conftest import BIG, SECRET, figures

ROOT = Path(settings.BASE_DIR)
PAGE = (ROOT / "docs" / "restore.md").read_text()
PROGRAM = ["lms", "courses", "certificates", "templates", "locale", "deploy"]
PROGRAM += ["manage.py", "pyproject.toml", ".env.example"]
# Where the tests' PostgreSQL is, if their address names no host.
SOCKET = {name: os.environ[name] for name in ("PGHOST",) if name in os.environ}
# What only a machine of one's own allows, with the times that the page calls it. Everything else is really run.
STOOD_IN_FOR = {
    "sqlite": {"apt-get": 2, "adduser": 1, "git": 1, "make": 1, "pip": 1, "chown": 1, "cp": 1, "systemctl": 2},
    "postgresql": {
        "apt-get": 3,
        "adduser": 1,
        "git": 1,
        "runuser": 2,
        "make": 1,
        "pip": 1,
        "chown": 1,
        "cp": 1,
        "systemctl": 2,
    },
}
OLD_SETTINGS = {
    "SITE_URL": "https://learning.example.org",
    "ALLOWED_HOSTS": "learning.example.org",
    "EMAIL_URL": "smtp://localhost:25",
    "DEFAULT_FROM_EMAIL": "Learning <learning@example.org>",
    "SECRET_KEY": "the-old-machine-" + "kept-this-" * 6,
}


def commands(values):
    """The page's own commands, with the values of its first block put in."""
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE, re.M | re.S)
    names = re.findall(r"^(\w+)=", blocks[0], re.M)
    assert names == list(values)
    return "\n".join(
        ["set -euo pipefail", *(f"{name}='{value}'" for name, value in values.items()), *blocks[1:]]
    )


def stand_ins(folder, site):
    """Programs that note how they were called; `git` and `make` bring what they would bring."""
    folder.mkdir()
    bodies = dict.fromkeys(STOOD_IN_FOR["postgresql"], "")
    copied = " ".join(str(ROOT / name) for name in PROGRAM)
    bodies["git"] = f'mkdir -p "{site}" && /bin/cp -r {copied} "{site}"'
    bodies["make"] = (
        f"mkdir -p {site}/.venv/bin {site}/var/static && cp {folder}/pip {site}/.venv/bin/pip\n"
        f"printf '#!/bin/sh\\nexec {sys.executable} \"$@\"\\n' > {site}/.venv/bin/python\n"
        f"chmod +x {site}/.venv/bin/python"
    ).replace("cp ", "/bin/cp ")
    for name, body in bodies.items():
        (folder / name).write_text(f'#!/bin/sh\nset -e\necho {name} "$@" >> {folder}/called\n{body}\n')
        (folder / name).chmod(0o755)


@pytest.fixture
def empty_database(site, tmp_path):
    """Its settings. Made by the test as the page's createdb would."""
    database = databases.of(connection)
    with database.throwaway(connection.settings_dict, "restored_by_the_page", tmp_path) as where:
        yield where


def erased_since(person, folder):
    """The list beside the backups names somebody."""
    at = timezone.now()
    erasure = Erasure(person=person, why="asked", asked_at=at, asked_by="Jo", asked_by_id=1)
    erasure.done_at, erasure.confirmed_by, erasure.confirmed_by_id = at, "Al", 2
    erasure.save()
    listing.write(folder)


def test_a_stranger_restores_by_the_page(site, place, key_file, empty_database, monkeypatch):
    kept = CertificateFile.objects.get()
    for name, value in OLD_SETTINGS.items():
        monkeypatch.setenv(name, value)
    gone = make_user(email="gone@example.org", person=make_person(left_on=date(2020, 1, 31)))
    backup = making.make(place, at=timezone.now(), figures=figures)
    erased_since(gone.person, place)
    machine, bin_folder = place / "machine", place / "bin"
    stand_ins(bin_folder, machine)
    script = commands(
        {
            "SITE": machine,
            "PROGRAM": "https://example.org/learning.git",
            "BACKUP": place / backup.name,
            "KEY": key_file,
            "DATABASE_URL": databases.of(connection).url(empty_database),
        }
    )

    done = subprocess.run(
        ["bash", "-c", script],
        cwd=place,
        env={"PATH": f"{bin_folder}:{os.environ['PATH']}", "HOME": str(place), "LANG": "C.UTF-8", **SOCKET},
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert f'"kind": "{connection.vendor}"' in done.stdout
    assert f"The audit log agrees with {backup.name}" in done.stdout
    assert "Erased again: 1." in done.stdout
    called = [line.split()[0] for line in (bin_folder / "called").read_text().splitlines()]
    assert {name: called.count(name) for name in called} == STOOD_IN_FOR[connection.vendor]
    # The settings came back, and the database is the new machine's.
    restored_settings = (machine / ".env").read_text()
    assert f"SECRET_KEY={OLD_SETTINGS['SECRET_KEY']}" in restored_settings
    assert f"DATABASE_URL={databases.of(connection).url(empty_database)}" in restored_settings
    # Files, rows and the bytes of the certificate.
    assert (machine / "var/media/documents/Kwéyòl film.mp4").read_bytes() == BIG
    assert (machine / "var/private/signatures/ab12.png").read_text() == SECRET
    with closing(connection.copy(alias="restored")) as other:
        other.settings_dict = empty_database
        with other.cursor() as cursor:
            cursor.execute("SELECT pdf, sha256 FROM certificates_certificatefile")
            [(pdf, sha256)] = cursor.fetchall()
            cursor.execute("SELECT COUNT(*) FROM people_user WHERE email = 'constance@example.org'")
            assert cursor.fetchone() == (1,)
            cursor.execute("SELECT COUNT(*) FROM people_user WHERE email = 'gone@example.org'")
            assert cursor.fetchone() == (0,)
    assert (bytes(pdf), sha256) == (bytes(kept.pdf), kept.sha256)


def test_the_page_needs_only_programs_that_it_installs():
    assert shutil.which("age"), "The page uses age: apt-get install age"
