"""For whoever watches the site: is it alive, is it ready? Nothing here is secret."""

import datetime

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult, get_date_max

from lms.reaping import RUNNING_TOO_LONG

# The worker looks every second: a task that waits for so long has nobody to run it.
WAITING_TOO_LONG = datetime.timedelta(minutes=5)


def waiting_since(at):
    """Since when the oldest task that could run has been waiting, or None."""
    ready = DBTaskResult.objects.ready()
    times = [
        ready.filter(run_after=get_date_max())
        .order_by("enqueued_at")
        .values_list("enqueued_at", flat=True)
        .first(),
        ready.filter(run_after__lte=at).order_by("run_after").values_list("run_after", flat=True).first(),
    ]
    return min((time for time in times if time), default=None)


def database_problem():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return None


def migrations_problem():
    executor = MigrationExecutor(connection)
    unapplied = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(unapplied)} unapplied" if unapplied else None


def worker_problem(at):
    since = waiting_since(at)
    if since and at - since > WAITING_TOO_LONG:
        return f"a task has waited for {int((at - since).total_seconds())} seconds"
    stuck = DBTaskResult.objects.running().filter(started_at__lt=at - 2 * RUNNING_TOO_LONG).count()
    return f"{stuck} stuck" if stuck else None


def readiness(at):
    """{"database": problem or None, ...}. Without a database nothing else is asked."""
    problems = {"database": database_problem()}
    if problems["database"] is None:
        problems["migrations"] = migrations_problem()
    if not any(problems.values()):
        problems["worker"] = worker_problem(at)
    return problems


@never_cache
@require_safe
def healthz(request):
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request):
    """The site can do its work: database, migrations, background worker."""
    problems = readiness(timezone.now())
    ready = not any(problems.values())
    return JsonResponse(
        {
            "status": "ready" if ready else "not ready",
            "checks": {name: problem or "ok" for name, problem in problems.items()},
        },
        status=200 if ready else 503,
    )
