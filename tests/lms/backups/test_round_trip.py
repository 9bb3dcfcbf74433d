"""What went into a backup comes out of it: rows, files, and the bytes of certificates."""

import json
import subprocess
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from certificates.models import Certificate, CertificateFile
from courses.audit.digest import digest_of
from courses.audit.models import AuditEntry
from lms.backups import databases, restoring, sealing, verifying
from lms.backups.models import Backup, Rehearsal
from lms.backups.packing import unpack
from lms.backups.refusing import Refused
from tests.factories import make_person
from tests.lms.backups.conftest import BIG, SECRET, stored

MINE = {"lms_backup", "courses_auditentry"}  # what a backup or restore itself adds a row to


def rows():
    return {table: count for table, count in databases.count_rows(connection).items() if table not in MINE}


def run(*command, **options):
    out = StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


def test_the_site_comes_back_as_it_was(site, made, opened_by, place, settings):
    settings.BASE_DIR = place
    before, kept = rows(), CertificateFile.objects.get()
    number, pdf, files = site.number, bytes(kept.pdf), [stored("default"), stored("private")]
    make_person(full_name="Somebody later")
    (place / "default/documents/Kwéyòl film.mp4").write_bytes(b"another film")
    (place / "private/signatures/ab12.png").unlink()

    done = restoring.restore(made, opened_by, at=timezone.now(), typed="127.0.0.1")

    assert rows() == before
    assert bytes(CertificateFile.objects.get().pdf) == pdf
    assert Certificate.objects.get().number == number
    assert [stored("default"), stored("private")] == files
    assert files[0]["documents/Kwéyòl film.mp4"] == BIG
    assert AuditEntry.objects.filter(verb="site restored").count() == 1
    assert done.settings_path == place / ".env"
    assert f"SECRET_KEY={settings.SECRET_KEY}" in done.settings_path.read_text()
    assert done.settings_path.stat().st_mode & 0o777 == 0o600
    # And again, over what was restored: nothing of the first time is in the way.
    restoring.restore(made, opened_by, at=timezone.now(), typed="127.0.0.1")
    assert rows() == before


def test_nothing_can_be_read_without_the_key_and_age_itself_opens_it(made, key_file, place):
    assert SECRET.encode() not in made.read_bytes()
    assert b"Constance" not in made.read_bytes()
    assert made.stat().st_mode & 0o777 == 0o600

    command = f"age -d -i {key_file} '{made}' | tar -x -C {place} -O manifest.json"
    manifest = json.loads(subprocess.check_output(command, shell=True))
    assert manifest["rows"]["certificates_certificate"] == 1
    assert manifest["database"]["kind"] == connection.vendor
    assert manifest["figures"]["issued"] == 1
    backup = Backup.objects.get()
    assert manifest["audit"] == {
        "entries": backup.audit_entries,
        "last": backup.audit_last,
        "sha256": backup.audit_sha256,
    }
    assert digest_of(AuditEntry.objects.filter(pk__lte=backup.audit_last)).sha256 == backup.audit_sha256


def test_it_is_verified_and_that_is_noted(made, key_file):
    assert f"Good: {made.name}" in run("backup", verify=str(made), identity=str(key_file))

    assert Backup.objects.get().verdict == "good"
    assert AuditEntry.objects.filter(verb="backup verified").count() == 1


def test_a_rehearsal_looks_at_a_whole_site_and_leaves_this_one_alone(site, made, key_file, place):
    before, files = rows(), stored("default")

    said = run("restore", str(made), identity=str(key_file), rehearse=True)

    rehearsal = Rehearsal.objects.get()
    assert rehearsal.verdict == "good", said
    assert [what for what, right, _found in rehearsal.checks if right] == [
        "every file and row as it was kept",
        "the log-in page opens",
        "a log-in is possible",
        "a certificate verifies",
        "certificates have the bytes they were issued with",
        "the figures are equal",
    ]
    assert {**rows(), "lms_rehearsal": 0} == before
    assert stored("default") == files
    assert not list((place / "backups").glob(".work-*"))


def test_a_site_that_is_there_is_not_replaced_by_mistake(site, made, opened_by):
    for typed in ("", "yes", "127.0.0"):
        with pytest.raises(Refused, match="type its name in full: 127.0.0.1"):
            restoring.restore(made, opened_by, at=timezone.now(), typed=typed)
    assert Certificate.objects.count() == 1


def test_a_restore_that_fails_gives_the_database_back(site, made, opened_by, place):
    make_person(full_name="Somebody later")
    before = rows()
    (place / "default").rename(place / "elsewhere")
    (place / "default").write_text("no folder")

    with pytest.raises((Refused, OSError)):
        restoring.restore(made, opened_by, at=timezone.now(), typed="127.0.0.1")

    (place / "default").unlink()
    (place / "elsewhere").rename(place / "default")
    assert rows() == before


def test_a_backup_of_a_newer_version_is_refused(made, opened_by):
    with pytest.raises(Refused, match="newer version.*lms.9999_from_the_future"):
        restoring.refuse_what_does_not_fit(
            {
                "database": {"kind": connection.vendor},
                "migrations": ["lms.0001_initial", "lms.9999_from_the_future", "gone_app.0001_initial"],
                "product": "9.0",
                "commit": "",
            }
        )


def test_a_backup_of_another_kind_of_database_is_refused():
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    with pytest.raises(Refused, match=f"backup is of {other}, DATABASE_URL names {connection.vendor}"):
        restoring.refuse_what_does_not_fit({"database": {"kind": other}})


def test_without_a_public_key_nothing_is_made(site, place, settings):
    settings.BACKUP_RECIPIENTS = []
    with pytest.raises(CommandError, match="backup --new-key"):
        run("backup", to=str(place))


def test_a_new_key_opens_what_it_closes(site, place, settings):
    page = run("backup", new_key=True)
    settings.BACKUP_RECIPIENTS = [page.split("BACKUP_RECIPIENTS=")[1].split()[0]]
    private = next(word for word in page.split() if word.startswith("AGE-SECRET-KEY-1"))

    run("backup", to=str(place))

    path = next(place.glob("learning-*.age"))
    verifying.verify(path, sealing.identities(private.encode()), at=timezone.now())
    assert Backup.objects.get().verdict == "good"


def test_the_log_is_compared_with_the_backups(made, key_file):
    assert "agrees with all 1 backups" in run("audit_verify")
    assert f"agrees with {made.name}" in run("audit_verify", str(made), identity=str(key_file))

    first = AuditEntry.objects.order_by("pk").first()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE courses_auditentry SET verb = 'nothing' WHERE id = %s", [first.pk])

    with pytest.raises(CommandError, match=f"differs from what {made.name} kept"):
        run("audit_verify")
    with pytest.raises(CommandError, match=f"Entry {first.pk} of the audit log was changed"):
        run("audit_verify", str(made), identity=str(key_file))


def test_the_list_of_contents_comes_last(made, opened_by, place):
    folder = place / "unpacked"
    folder.mkdir()
    with sealing.unsealed(made, opened_by) as stream:
        names = [each.name for each in unpack(stream, folder)]
    assert names[-1] == "manifest.json"
    assert {"audit.txt", "settings.env", "media/documents/empty.txt"} < set(names)
