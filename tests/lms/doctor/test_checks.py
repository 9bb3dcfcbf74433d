"""Each check, in order and out of order."""

import datetime
import socket
import threading
from types import SimpleNamespace
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core import mail
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone

from certificates.batches.models import PrintRun
from courses.audit import log
from courses.choices import ImportState, LetterState, PrintRunState, RepairState, Role
from courses.directory.models import ContactRole, Entry, Signatory
from courses.imports.models import ImportJob
from courses.mailing.models import Letter
from courses.questions.models import Question
from courses.quizzes.repairs import KeyRepair
from lms.archive.models import ArchiveOrder
from lms.backups.standing import Standing
from lms.doctor import timing
from lms.doctor.checks import address, backups, staff
from lms.doctor.checks.clock import Clock
from lms.doctor.checks.database import Database
from lms.doctor.checks.deployment import Deployment
from lms.doctor.checks.directory import Directory
from lms.doctor.checks.disk import Disk
from lms.doctor.checks.letters import Letters
from lms.doctor.checks.long_works import WHAT_TO_DO, LongWorks, kept
from lms.doctor.checks.mail import MailServer
from lms.doctor.checks.migrations import Migrations
from lms.doctor.checks.private_files import PrivateFiles
from lms.doctor.checks.secret import Secret
from lms.doctor.checks.shared_cache import SharedCache
from lms.doctor.checks.signatories import Signatories
from lms.doctor.checks.timers import Timers
from lms.doctor.checks.worker import Worker
from lms.doctor.finding import Verdict, worst
from lms.handover.models import Handover
from lms.reports.packs.models import PackOrder
from tests.factories import make_person
from tests.lms.test_health import task

OK, LOOK, BROKEN = Verdict
NOW = timezone.now()


def ago(**kwargs):
    return NOW - datetime.timedelta(**kwargs)


def verdict(check, at=NOW):
    found = list(check.look(at))
    assert all(finding.says for finding in found)
    assert all(bool(finding.do) == (finding.verdict is not OK) for finding in found)
    return worst(found)


@pytest.mark.parametrize(
    "check", [Database(), Migrations(), Worker(), LongWorks(), Letters(), Disk(), SharedCache()]
)
def test_a_new_site_is_in_order(db, check):
    assert verdict(check) is OK


def test_a_worker_that_stands_still(db):
    task(minutes_ago=10)
    assert verdict(Worker(), timezone.now()) is BROKEN


def test_a_print_run_that_stands_still(db):
    run = PrintRun.objects.create(title="Statements", count=1, by="-", at=ago(days=1), moved_at=ago(minutes=50))
    assert verdict(LongWorks()) is OK
    PrintRun.objects.filter(pk=run.pk).update(moved_at=ago(minutes=70))
    assert verdict(LongWorks()) is LOOK
    PrintRun.objects.filter(pk=run.pk).update(state=PrintRunState.READY)
    assert verdict(LongWorks()) is OK


def test_an_import_that_stands_still(db):
    job = ImportJob.objects.create(
        kind="people", file_name="a.csv", sha256="0", created_at=ago(hours=2), state=ImportState.UPLOADED
    )
    assert verdict(LongWorks()) is OK
    ImportJob.objects.filter(pk=job.pk).update(state=ImportState.CHECKING)
    assert verdict(LongWorks()) is LOOK
    ImportJob.objects.filter(pk=job.pk).update(state=ImportState.RUNNING, confirmed_at=ago(minutes=5))
    assert verdict(LongWorks()) is OK
    ImportJob.objects.filter(pk=job.pk).update(confirmed_at=ago(hours=2))
    assert verdict(LongWorks()) is LOOK


def test_a_repair_that_stands_still(db):
    question = Question.objects.create(key=uuid4(), home="x")
    facts = {"meaning": 1, "wrong_version": 1, "key": {}, "reason": "B is right", "author": "-"}
    repair = KeyRepair.objects.create(question=question, created_at=ago(hours=2), **facts)
    assert verdict(LongWorks()) is LOOK
    KeyRepair.objects.filter(pk=repair.pk).update(state=RepairState.PROPOSED)
    assert verdict(LongWorks()) is OK
    KeyRepair.objects.filter(pk=repair.pk).update(state=RepairState.RUNNING, confirmed_at=ago(hours=2))
    assert verdict(LongWorks()) is LOOK


def test_figures_that_stand_still(db):
    made = PackOrder.objects.create(asked="", language="en", by="-", at=ago(hours=3), begun_at=ago(minutes=5))
    assert verdict(LongWorks()) is OK
    PackOrder.objects.filter(pk=made.pk).update(begun_at=ago(hours=2))
    assert verdict(LongWorks()) is LOOK


def test_an_archive_that_stands_still(db):
    made = ArchiveOrder.objects.create(people=True, by="-", at=ago(hours=3), begun_at=ago(minutes=5))
    assert verdict(LongWorks()) is OK
    ArchiveOrder.objects.filter(pk=made.pk).update(begun_at=ago(hours=2))
    assert verdict(LongWorks()) is LOOK


def test_a_hand_over_whose_old_access_is_still_open(db):
    one = Handover.objects.create(
        goes=make_person(), role=Role.FOCAL_POINT, both_until=NOW.date(), begun_at=ago(days=9), begun_by="-"
    )
    Handover.objects.filter(pk=one.pk).update(finished_at=ago(days=8))
    assert verdict(LongWorks()) is OK
    Handover.objects.filter(pk=one.pk).update(both_until=ago(days=3).date())
    assert verdict(LongWorks()) is LOOK


def test_every_long_work_has_words_of_what_to_do():
    assert {model._meta.label_lower for model in kept()} == set(WHAT_TO_DO)
    busy = {
        model for model in apps.get_models() if hasattr(model, "is_busy") or hasattr(model, "is_being_made")
    }
    assert {ArchiveOrder, ImportJob, KeyRepair, PackOrder} <= busy <= set(kept())


def _letter(**facts):
    when = {"posted_at": NOW, "next_try_at": ago(hours=2)}
    return Letter.objects.create(key=str(facts), address="a@example.org", subject="s", **when | facts)


def test_letters_that_wait(db):
    _letter(next_try_at=ago(minutes=30))
    assert verdict(Letters()) is OK
    _letter()
    assert verdict(Letters()) is LOOK


def test_letters_that_came_back(db):
    letter = _letter(state=LetterState.BOUNCED)
    assert verdict(Letters()) is LOOK
    Letter.objects.filter(pk=letter.pk).update(set_aside_at=NOW)
    assert verdict(Letters()) is OK


def test_timers(db):
    assert verdict(Timers()) is LOOK
    timing.ran("tick", at=ago(minutes=5))
    timing.ran("nightly", at=ago(hours=20))
    assert verdict(Timers()) is OK
    timing.ran("tick", at=ago(hours=9))
    assert verdict(Timers()) is BROKEN
    with pytest.raises(ValueError):
        timing.ran("weekly", at=NOW)


def test_backups_of_a_new_site(db):
    assert verdict(backups.Backups()) is BROKEN


@pytest.mark.parametrize(
    ("made", "verified", "rehearsed", "expected"),
    [(1, 30, 30, OK), (1, None, 30, LOOK), (1, 30, 200, LOOK), (3, 30, 30, LOOK), (9, 30, 30, BROKEN)],
)
def test_backups(monkeypatch, made, verified, rehearsed, expected):
    stands = Standing(
        at=NOW,
        last_good=SimpleNamespace(made_at=ago(days=made)),
        last_verified=verified and SimpleNamespace(verified_at=ago(days=verified)),
        last_rehearsed=rehearsed and SimpleNamespace(at=ago(days=rehearsed)),
    )
    monkeypatch.setattr(backups, "standing", lambda at: stands)
    assert verdict(backups.Backups()) is expected


def test_a_clock_that_went_back(db, constable):
    log.record("x", constable, actor=constable, at=timezone.now())
    assert verdict(Clock(), timezone.now()) is OK
    assert verdict(Clock(), timezone.now() - datetime.timedelta(hours=1)) is BROKEN


def test_directory(db):
    assert verdict(Directory()) is LOOK
    entry = Entry.objects.create(role=ContactRole.HOTLINE, name="Hotline", checked_on=ago(days=300))
    assert verdict(Directory()) is OK
    Entry.objects.filter(pk=entry.pk).update(checked_on=ago(days=400))
    assert verdict(Directory()) is LOOK


def test_signatories(db):
    assert verdict(Signatories()) is LOOK
    signatory = Signatory.objects.create(name="A", title="B", mandate_from=ago(days=9).date())
    assert verdict(Signatories()) is OK
    signatory.mandate_to = (NOW + datetime.timedelta(days=30)).date()
    signatory.save()
    assert verdict(Signatories()) is LOOK


def test_one_focal_point_alone(db, focal_point, administrator):
    assert verdict(staff.Succession()) is LOOK
    administrator.role = Role.FOCAL_POINT
    administrator.save()
    administrator.__class__.objects.filter(pk=administrator.pk).update(is_superuser=True)
    assert verdict(staff.Succession()) is OK


def test_nobody_is_administrator(db, focal_point):
    assert verdict(staff.Succession()) is BROKEN


def test_staff_without_a_second_step(db, focal_point, constable, settings):
    settings.STAFF_SECOND_FACTOR = False
    assert verdict(staff.SecondStep()) is LOOK
    settings.STAFF_SECOND_FACTOR = True
    assert verdict(staff.SecondStep()) is LOOK
    Authenticator.objects.create(user=focal_point, type=Authenticator.Type.TOTP, data={})
    assert verdict(staff.SecondStep()) is OK  # a trainee needs none


def test_secrets(settings):
    assert verdict(Secret()) is BROKEN
    settings.SECRET_KEY = "kY3_" + "Qw8-zR5t" * 8
    assert verdict(Secret()) is OK


def test_settings_of_a_test_are_not_those_of_a_site(settings):
    assert verdict(Deployment()) is not OK


def test_settings_are_told_plainly_and_the_programs_own_words_are_kept(settings):
    settings.SECURE_SSL_REDIRECT = False
    found = Deployment().look(timezone.now())
    (told,) = [finding for finding in found if "security.W008" in finding.detail]
    assert told.says == "Whoever types the address without https is not led to the safe connection."
    assert "SECURE_SSL_REDIRECT" in told.do
    assert not [finding for finding in found if "security.W" in finding.says + finding.do]


def test_private_files(settings, tmp_path):
    settings.BASE_DIR, settings.PRIVATE_ROOT = tmp_path, tmp_path / "private"
    assert verdict(PrivateFiles()) is OK
    (tmp_path / ".env").write_text("SECRET_KEY=x")
    (tmp_path / ".env").chmod(0o640)
    (tmp_path / "private").mkdir(mode=0o750)
    assert verdict(PrivateFiles()) is OK
    (tmp_path / "private").chmod(0o755)
    assert verdict(PrivateFiles()) is LOOK
    (tmp_path / ".env").chmod(0o644)
    assert verdict(PrivateFiles()) is BROKEN


def test_a_cache_that_is_not_shared(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert verdict(SharedCache()) is BROKEN


class Answering(threading.Thread):
    """A server on this machine that says these lines, one to each line that it hears; the first at once."""

    def __init__(self, *lines):
        super().__init__(daemon=True)
        self.lines, self.heard = lines, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def run(self):
        with self.socket.accept()[0] as other, other.makefile("rb") as words:
            for line in self.lines:
                other.sendall(line)
                self.heard.append(words.readline())


@pytest.fixture
def smtp(settings, monkeypatch):
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5
    monkeypatch.setattr("lms.doctor.checks.mail.get_connection", lambda: EmailBackend())


def test_a_mail_server_is_greeted_and_sent_nothing(settings, smtp):
    server = Answering(b"220 here\r\n", b"250 good day\r\n", b"221 bye\r\n")
    server.start()
    settings.EMAIL_PORT = server.port
    assert verdict(MailServer()) is OK
    server.join(5)
    assert [words[:4].strip() for words in server.heard] == [b"ehlo", b"quit", b""]


def test_a_mail_server_that_is_away(settings, smtp):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.EMAIL_PORT = taken.getsockname()[1]
    assert verdict(MailServer()) is BROKEN


def test_redis_that_is_away(settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings.CACHES = {
        "default": {"BACKEND": "lms.shared_cache.Redis", "LOCATION": f"redis://127.0.0.1:{port}/0"}
    }
    assert verdict(SharedCache()) is BROKEN


def test_mail_that_stays_here(settings):
    assert verdict(MailServer()) is LOOK
    assert mail.outbox == []


@pytest.mark.parametrize(("days", "expected"), [(60, OK), (10, LOOK), (1, BROKEN)])
def test_the_certificate_of_the_address(settings, monkeypatch, days, expected):
    settings.SITE_URL = "https://learning.example.org"
    monkeypatch.setattr(address, "certificate_until", lambda host, port: NOW + datetime.timedelta(days=days))
    monkeypatch.setattr(address, "date_said", lambda where: timezone.now())
    assert verdict(address.Address()) is expected


def test_the_clock_of_the_address(settings):
    server = Answering(
        b"", b"HTTP/1.1 200 OK\r\nDate: Mon, 02 Jan 2023 00:00:00 GMT\r\nContent-Length: 0\r\n\r\n"
    )
    server.start()
    settings.SITE_URL = f"http://127.0.0.1:{server.port}"
    assert verdict(address.Address()) is BROKEN


def test_an_address_that_does_not_answer(settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.SITE_URL = f"https://127.0.0.1:{taken.getsockname()[1]}"
    assert verdict(address.Address()) is LOOK
