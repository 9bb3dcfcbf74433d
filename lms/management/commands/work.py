from django.core.management import call_command
from django.core.management.base import BaseCommand

from lms.queueing import handing_out


class Command(BaseCommand):
    help = "Runs background tasks until it is stopped, from the queue that TASK_QUEUE names."

    def add_arguments(self, parser):
        parser.add_argument("--until-empty", action="store_true", help="stop when nothing is left to do")

    def handle(self, *, until_empty, verbosity, **options):
        if not handing_out.by_redis():
            call_command("db_worker", queue_name="*", reload=False, batch=until_empty, verbosity=verbosity)
            return
        # In this process, as the other worker does it: a child for each task would load the drawing of
        # certificates anew each time.
        call_command(
            "rqworker",
            "default",
            worker_class="rq.worker.SimpleWorker",
            job_class="lms.queueing.jobs.RecordedJob",
            burst=until_empty,
            verbosity=0 if verbosity == 1 else verbosity,
        )
