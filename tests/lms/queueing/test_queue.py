"""Tasks handed out by a real Redis: the rows of the database say what is to be done and what was."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import default_task_backend, task
from django_tasks_db.models import DBTaskResult
from rq.worker import SimpleWorker

from lms import reaping
from lms.desk import tasks as desk_tasks
from lms.queueing import handing_out
from lms.queueing.jobs import RecordedJob
from tests.redis_server import free_port

RAN = []
LATER = datetime.timedelta(minutes=5)


@task()
def write_down(text):
    RAN.append(text)


@task()
def break_down():
    raise RuntimeError("It broke.")


@pytest.fixture(autouse=True)
def _nothing_ran(monkeypatch):
    RAN.clear()
    # The connection of a test is in a transaction, and closes otherwise.
    monkeypatch.setattr("lms.queueing.jobs.close_old_connections", lambda: None)


@pytest.fixture
def queue(redis, settings, db):
    choose(settings, redis.url)
    return handing_out.queue()


def choose(settings, url):
    settings.TASK_QUEUE = "redis"
    settings.RQ_QUEUES = {"default": {"URL": url, "DEFAULT_TIMEOUT": 60}}
    settings.TASKS = {"default": {"BACKEND": "lms.queueing.backend.RecordedQueue"}}


def work(queue):
    SimpleWorker([queue], connection=queue.connection, job_class=RecordedJob).work(
        burst=True, logging_level="ERROR"
    )


def enqueued(capture, which=write_down, *args):
    with capture(execute=True):
        return DBTaskResult.objects.get(pk=which.enqueue(*args).id)


def statuses():
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def test_a_task_runs_once_and_its_row_says_so(queue, django_capture_on_commit_callbacks):
    row = enqueued(django_capture_on_commit_callbacks, write_down, "done")
    assert (row.status, queue.get_job_ids()) == ("READY", [str(row.pk)])
    # Told twice, by mistake.
    handing_out._tell(row)
    work(queue)
    row.refresh_from_db()
    assert (RAN, row.status, len(row.worker_ids)) == (["done"], "SUCCESSFUL", 1)
    assert default_task_backend.get_result(str(row.pk)).is_finished


def test_nothing_is_told_of_what_was_rolled_back(queue, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        write_down.enqueue("never")
        transaction.set_rollback(True)
    assert (queue.get_job_ids(), statuses()) == ([], [])


def test_what_fails_is_shown_at_the_desk_and_tried_again(
    queue, django_capture_on_commit_callbacks, monkeypatch, focal_point
):
    row = enqueued(django_capture_on_commit_callbacks, break_down)
    work(queue)
    row.refresh_from_db()
    assert (row.status, row.exception_class_path) == ("FAILED", "builtins.RuntimeError")
    monkeypatch.setitem(desk_tasks.WORDS, row.task_path, "It broke")
    assert list(desk_tasks.failed()) == [row]
    with django_capture_on_commit_callbacks(execute=True):
        assert desk_tasks.try_again(actor=focal_point, at=timezone.now()) == 1
    assert queue.get_job_ids() == [str(row.pk)]


def test_an_emptied_redis_loses_no_task(queue, redis, django_capture_on_commit_callbacks):
    enqueued(django_capture_on_commit_callbacks, write_down, "kept")
    queue.connection.flushall()
    at = timezone.now()
    assert handing_out.hand_out_untold(at=at) == 0  # perhaps it is only on its way
    assert handing_out.hand_out_untold(at=at + LATER) == 1
    assert handing_out.hand_out_untold(at=at + LATER) == 0
    work(queue)
    assert (RAN, statuses()) == (["kept"], ["SUCCESSFUL"])


def test_without_redis_the_task_waits(settings, db, redis_program, django_capture_on_commit_callbacks):
    choose(settings, f"redis://127.0.0.1:{free_port()}/1")
    row = enqueued(django_capture_on_commit_callbacks, write_down, "later")
    assert row.status == "READY"


def test_the_task_of_a_dead_worker_is_told_again(queue, django_capture_on_commit_callbacks):
    row = enqueued(django_capture_on_commit_callbacks, write_down, "again")
    queue.empty()
    row.claim("dead")
    with django_capture_on_commit_callbacks(execute=True):
        assert reaping.reap_tasks(at=timezone.now() + 2 * reaping.RUNNING_TOO_LONG) == (1, 0)
    work(queue)
    assert (RAN, statuses()) == (["again"], ["SUCCESSFUL"])


def test_a_task_for_later_waits_for_its_time(queue, django_capture_on_commit_callbacks):
    later = write_down.using(run_after=timezone.now() + datetime.timedelta(hours=1))
    row = enqueued(django_capture_on_commit_callbacks, later, "then")
    assert queue.get_job_ids() == []
    DBTaskResult.objects.filter(pk=row.pk).update(run_after=timezone.now())
    assert handing_out.hand_out_untold(at=timezone.now() + LATER) == 1


def test_the_table_hands_out_what_redis_was_to(queue, redis, settings, django_capture_on_commit_callbacks):
    """Back to TASK_QUEUE=database: the rows are the same."""
    enqueued(django_capture_on_commit_callbacks, write_down, "table")
    settings.TASK_QUEUE = "database"
    assert DBTaskResult.objects.ready().filter(backend_name="default").count() == 1
    assert handing_out.hand_out_untold(at=timezone.now() + LATER) == 0
