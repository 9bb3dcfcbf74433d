import datetime

import pytest
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from lms import health

GOOD = {"database": "ok", "migrations": "ok", "worker": "ok"}


def task(minutes_ago, status=TaskResultStatus.READY, run_after=None):
    row = DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="x.y",
        backend_name="default",
        run_after=run_after or get_date_max(),
    )
    then = timezone.now() - datetime.timedelta(minutes=minutes_ago)
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=then, started_at=then)


def checks(client):
    response = client.get(reverse("readyz"))
    return response.status_code, response.json()["checks"]


def test_healthz_answers_without_a_database(client):
    response = client.get(reverse("healthz"))
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


def test_readyz_is_ready(db, client):
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.json()) == (200, {"status": "ready", "checks": GOOD})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_they_are_only_read(db, client, name):
    assert client.post(reverse(name)).status_code == 405


def test_unapplied_migrations_are_told(db, client):
    MigrationRecorder.Migration.objects.filter(app="courses").order_by("-id").first().delete()
    status, found = checks(client)
    assert (status, found) == (503, {"database": "ok", "migrations": "1 unapplied"})


def test_a_database_that_does_not_answer_is_told_without_details(db, client, monkeypatch):
    class Gone:
        def cursor(self):
            raise DatabaseError("password=secret")

    monkeypatch.setattr(health, "connection", Gone())
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.json()["checks"]) == (503, {"database": "unreachable"})


def test_a_task_that_nobody_takes_is_told(db, client):
    task(minutes_ago=4)
    assert checks(client) == (200, GOOD)
    task(minutes_ago=6)
    status, found = checks(client)
    assert (status, found["worker"]) == (503, "a task has waited for 360 seconds")


def test_a_task_meant_for_later_waits_rightly(db, client):
    task(minutes_ago=60, run_after=timezone.now() + datetime.timedelta(hours=1))
    assert checks(client) == (200, GOOD)


def test_a_worker_that_died_is_told(db, client):
    task(minutes_ago=40, status=TaskResultStatus.RUNNING)
    status, found = checks(client)
    assert (status, found["worker"]) == (503, "1 stuck")
