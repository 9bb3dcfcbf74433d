from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks_db.models import DBTaskResult

from lms.doctor.check import Check
from lms.doctor.finding import broken, look, ok
from lms.health import worker_problem

LATELY = timedelta(days=7)


class Worker(Check):
    """Work in the background: certificates, letters, imports."""

    name = "worker"
    title = gettext_lazy("Worker")

    def look(self, at):
        problem = worker_problem(at)
        if problem:
            return [
                broken(
                    _("Work in the background stands still: %(problem)s.") % {"problem": problem},
                    _("Start the worker again: systemctl restart learning-worker."),
                )
            ]
        failed = DBTaskResult.objects.failed().filter(finished_at__gt=at - LATELY).count()
        if failed:
            says = ngettext(
                "%(n)s task failed in the last seven days.",
                "%(n)s tasks failed in the last seven days.",
                failed,
            )
            return [look(says % {"n": failed}, _("On the desk, open “What failed” and try again."))]
        return [ok(_("Nothing waits too long, and nothing failed."))]
