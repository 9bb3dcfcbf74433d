"""An archive is ordered at the desk, made by the worker, taken away, and thrown away after a while."""

import io
import zipfile
from datetime import timedelta

import pyrage
import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from courses.audit.models import AuditEntry
from lms.archive import fulfilling, making
from lms.archive.models import ArchiveOrder, ArchiveState
from lms.archive.ordering import order
from lms.archive.throwing_away import throw_away_old
from lms.backups import files, sealing
from tests.factories import make_person, make_site

pytestmark = pytest.mark.django_db
PUBLIC, PRIVATE = sealing.new_key()


@pytest.fixture(autouse=True)
def keys(settings):
    make_site()
    settings.BACKUP_RECIPIENTS = [PUBLIC]


@pytest.fixture
def no_worker(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def verbs():
    wanted = AuditEntry.objects.filter(verb__startswith="archive ").order_by("pk")
    return list(wanted.values_list("verb", "actor_name"))


def opened(answer):
    identity = pyrage.x25519.Identity.from_str(PRIVATE)
    return zipfile.ZipFile(io.BytesIO(pyrage.decrypt(b"".join(answer.streaming_content), [identity])))


def make_order(**facts):
    at = facts.pop("at", timezone.now())
    return ArchiveOrder.objects.create(people=True, by="Jo", at=at, begun_at=at, **facts)


def make_ready(made_at):
    made = make_order(state=ArchiveState.READY, made_at=made_at, size=6, at=made_at)
    made.file.save("archive", io.BytesIO(b"sealed"))
    return made


def test_it_is_ordered_made_by_the_worker_and_taken_away(desk):
    make_person(full_name="Ann Archived")

    answer = desk.post(reverse("archives"), {"what": "all"}, follow=True)
    assert "being made" in answer.content.decode()
    made = ArchiveOrder.objects.get()
    listed = desk.get(reverse("archives")).content.decode()
    taken = desk.get(reverse("archive_file", args=[made.uuid]))

    assert made.state == ArchiveState.READY
    assert reverse("archive_file", args=[made.uuid]) in listed
    assert "no-store" in taken["Cache-Control"]
    assert taken["Content-Disposition"] == f'attachment; filename="{made.file_name}"'
    assert int(taken["Content-Length"]) == made.size
    with opened(taken) as archive:
        assert b"Ann Archived" in archive.read("people/people.csv")
    who = "Francine Focal"
    assert verbs() == [("archive ordered", who), ("archive made", who), ("archive taken out", who)]


def test_without_names_if_asked(desk):
    make_person(full_name="Ann Archived")

    desk.post(reverse("archives"), {"what": "nobody"})

    with opened(desk.get(reverse("archive_file", args=[ArchiveOrder.objects.get().uuid]))) as archive:
        assert "people/people.csv" not in archive.namelist()
    assert AuditEntry.objects.get(verb="archive made").facts == {"sealed": True, "people": False}


@pytest.mark.parametrize("recipients", [[], ["age1nonsense"]])
def test_without_a_key_it_is_said_what_to_do(desk, settings, recipients):
    settings.BACKUP_RECIPIENTS = recipients

    page = desk.get(reverse("archives")).content.decode()
    refused = desk.post(reverse("archives"), {"what": "all"}, follow=True).content.decode()

    for said in (page, refused):
        assert "manage.py backup --new-key" in said
        assert "BACKUP_RECIPIENTS" in said
        assert "Order an archive" not in said
    assert not ArchiveOrder.objects.exists()


def test_a_key_that_is_gone_when_the_worker_comes(settings):
    made = make_order()
    settings.BACKUP_RECIPIENTS = []

    fulfilling.fulfil(made.pk)

    made.refresh_from_db()
    assert (made.state, made.file) == (ArchiveState.REFUSED, "")


def test_one_is_made_at_a_time(focal_point, no_worker):
    at = timezone.now()
    first = order(people=True, actor=focal_point, at=at)

    assert order(people=False, actor=focal_point, at=at) == first
    assert [verb for verb, _who in verbs()] == ["archive ordered"]
    assert order(people=True, actor=focal_point, at=at + timedelta(hours=2)) == first
    assert [verb for verb, _who in verbs()] == ["archive ordered", "archive ordered again"]


def test_made_twice_one_file_is_kept(focal_point, no_worker):
    made = order(people=False, actor=focal_point, at=timezone.now())
    stale = ArchiveOrder.objects.get(pk=made.pk)

    fulfilling.fulfil(made.pk)
    fulfilling._make(stale, sealing.recipients([PUBLIC]), at=timezone.now())
    fulfilling.fulfil(made.pk)

    made.refresh_from_db()
    assert storages["private"].exists(made.file.name)
    assert not storages["private"].exists(stale.file.name)


def test_what_failed_is_said_and_made_when_it_is_tried_again(desk, monkeypatch):
    made = make_order()
    with monkeypatch.context() as broken:
        broken.setattr(making, "fill", _full)
        with pytest.raises(OSError, match="full"):
            fulfilling.fulfil(made.pk)
    assert "Failed" in desk.get(reverse("archives")).content.decode()

    fulfilling.fulfil(made.pk)

    made.refresh_from_db()
    assert made.is_ready


def _full(*arguments, **options):
    raise OSError("The disk is full")


def test_old_ones_are_thrown_away_and_cannot_be_taken(desk, django_capture_on_commit_callbacks):
    now = timezone.now()
    old, *others = (make_ready(now - timedelta(days=days)) for days in (15, 3, 2, 1))
    names = [one.file.name for one in (old, others[0])]

    with django_capture_on_commit_callbacks(execute=True):
        assert throw_away_old(at=now) == 2
    call_command("purge_archives")

    states = ArchiveOrder.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [ArchiveState.THROWN_AWAY] * 2 + [ArchiveState.READY] * 2
    assert not any(storages["private"].exists(name) for name in names)
    assert desk.get(reverse("archive_file", args=[old.uuid])).status_code == 404
    assert [verb for verb, _who in verbs()] == ["archive thrown away"] * 2


def test_a_file_that_is_gone_is_told_calmly(desk):
    made = make_ready(timezone.now())
    storages["private"].delete(made.file.name)

    answer = desk.get(reverse("archive_file", args=[made.uuid]), follow=True)

    assert "Order another archive" in answer.content.decode()
    assert verbs() == []


def test_backups_leave_archives_out():
    made = make_ready(timezone.now())

    names = [member.name for member in files.members([])]

    assert storages["private"].exists(made.file.name)
    assert not any("archives/" in name for name in names)


@pytest.mark.parametrize("who", ["constable", "facilitator", "supervisor_police"])
def test_it_is_for_the_desk_alone(client_of, request, who):
    client = client_of(request.getfixturevalue(who))
    made = make_ready(timezone.now())

    for address in (reverse("archives"), reverse("archive_file", args=[made.uuid])):
        assert client.get(address).status_code in (302, 403)
    assert client.post(reverse("archives"), {"what": "all"}).status_code in (302, 403)
    assert ArchiveOrder.objects.count() == 1
    assert verbs() == []
