"""The panel of backups: when they were last good, and in red when that is too long ago."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from lms.backups.models import Backup, Rehearsal, Verdict
from lms.backups.standing import standing

pytestmark = pytest.mark.django_db


def make_backup(days_ago, **kwargs):
    at = timezone.now() - datetime.timedelta(days=days_ago)
    return Backup.objects.create(
        **{"made_at": at, "name": f"b-{days_ago}", "size": 1, "audit_entries": 0, "audit_last": 0, **kwargs}
    )


def make_rehearsal(days_ago, verdict=Verdict.GOOD):
    at = timezone.now() - datetime.timedelta(days=days_ago)
    return Rehearsal.objects.create(at=at, backup_name="b", verdict=verdict, took=datetime.timedelta(seconds=9))


def panel(client):
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    section = page.select_one(".desk-backups")
    return [red.get_text(strip=True).split(":")[0] for red in section.select(".desk-late")], len(
        section.select("time")
    )


def test_nothing_was_ever_done(client_of, focal_point):
    assert panel(client_of(focal_point)) == (["None yet", "Never", "Never"], 0)


def test_all_is_well(client_of, administrator):
    make_backup(1, verdict=Verdict.GOOD, verified_at=timezone.now())
    make_rehearsal(179)
    assert panel(client_of(administrator)) == ([], 3)


def test_too_long_ago(client_of, focal_point):
    make_backup(3, verdict=Verdict.GOOD, verified_at=timezone.now() - datetime.timedelta(days=181))
    make_rehearsal(181)
    late = "More than 180 days ago"
    assert panel(client_of(focal_point)) == (["Older than 2 days", late, late], 3)


def test_what_was_bad_or_thrown_away_is_no_backup():
    good = make_backup(9, verdict=Verdict.GOOD, verified_at=timezone.now())
    make_backup(1, verdict=Verdict.BAD, verified_at=timezone.now())
    make_backup(2, removed_at=timezone.now())
    make_backup(-5)  # by a clock that was ahead
    practised = make_rehearsal(40)
    make_rehearsal(3, verdict=Verdict.BAD)

    now = standing(timezone.now())

    assert (now.last_good, now.last_verified, now.last_rehearsed) == (good, good, practised)
    assert (now.backup_is_late, now.verification_is_late, now.rehearsal_is_late) == (True, False, False)
