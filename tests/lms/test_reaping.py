import datetime
import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from lms.reaping import GIVEN_UP, reap_tasks
from tests.lms.slow_task import write_down

ROOT = Path(settings.BASE_DIR)
NOW = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)


def enqueue(*args):
    backend = DatabaseBackend("default", {"QUEUES": [], "OPTIONS": {}})
    return DBTaskResult.objects.get(pk=backend.enqueue(write_down, args, {}).id)


def running_since(minutes, workers=1):
    task = enqueue("/nowhere")
    task.status = TaskResultStatus.RUNNING
    task.started_at = NOW - datetime.timedelta(minutes=minutes)
    task.worker_ids = [f"worker-{n}" for n in range(workers)]
    task.save()
    return task


def statuses():
    return list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))


def test_only_what_has_run_for_too_long_is_put_back(db):
    running_since(minutes=16)
    running_since(minutes=14)
    assert reap_tasks(at=NOW) == (1, 0)
    assert statuses() == ["READY", "RUNNING"]


def test_a_second_run_does_nothing(db):
    running_since(minutes=16)
    reap_tasks(at=NOW)
    assert reap_tasks(at=NOW) == (0, 0)


def test_a_task_that_kills_every_worker_is_given_up(db):
    task = running_since(minutes=16, workers=3)
    assert reap_tasks(at=NOW) == (0, 1)
    task.refresh_from_db()
    assert (task.status, task.finished_at) == ("FAILED", NOW)
    assert "died 3 times" in task.traceback


def test_what_is_finished_or_waiting_is_left_alone(db):
    enqueue("/nowhere")
    done = running_since(minutes=60)
    done.status = TaskResultStatus.SUCCESSFUL
    done.save()
    assert reap_tasks(at=NOW) == (0, 0)


@pytest.mark.parametrize(
    ("why", "hours", "status"),
    [
        ("builtins.OSError", 1, "READY"),
        ("builtins.FileNotFoundError", 1, "READY"),
        ("django.db.utils.OperationalError", 23, "READY"),
        ("botocore.exceptions.EndpointConnectionError", 1, "READY"),
        ("builtins.OSError", 25, "FAILED"),
        ("builtins.ValueError", 1, "FAILED"),
        (GIVEN_UP, 1, "FAILED"),
    ],
)
def test_what_failed_because_something_was_away_is_tried_again_for_a_day(db, why, hours, status):
    task = running_since(minutes=10, workers=2)
    task.status, task.exception_class_path, task.finished_at = TaskResultStatus.FAILED, why, NOW
    task.enqueued_at = NOW - datetime.timedelta(hours=hours)
    task.save()
    assert reap_tasks(at=NOW) == (int(status == "READY"), 0)
    task.refresh_from_db()
    assert (task.status, len(task.worker_ids)) == ((status, 0) if status == "READY" else (status, 2))


def test_the_command_says_what_it_did(db):
    running_since(minutes=16)
    out = StringIO()
    call_command("reap_tasks", stdout=out)
    assert out.getvalue() == "1 put back, 0 given up.\n"


# --- With real workers, one of which is killed ------------------------------------------


def database_url():
    wanted = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{wanted['NAME']}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**wanted)


def worker(*options):
    command = [sys.executable, "manage.py", "db_worker", "--no-reload", "--no-startup-delay", *options]
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "lms.settings.development",
    }
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("It did not happen in time.")


@pytest.mark.django_db(transaction=True)
def test_the_task_of_a_killed_worker_is_finished_by_another(tmp_path):
    place = tmp_path / "written"
    task = enqueue(str(place))
    first = worker("--interval", "0.1")
    try:
        wait_for(place.exists)
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    task.refresh_from_db()
    assert task.status == "RUNNING"

    later = timezone.now() + datetime.timedelta(minutes=20)
    assert reap_tasks(at=later) == (1, 0)
    place.with_suffix(".go").touch()
    assert worker("--batch").wait(60) == 0
    task.refresh_from_db()
    assert (task.status, len(task.worker_ids), place.read_text()) == (
        "SUCCESSFUL",
        2,
        "started\nstarted\ndone\n",
    )
