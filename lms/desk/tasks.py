"""Work in the background that failed for good: shown in words, and tried again at the press of a button."""

from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.admin import messages

from courses.audit import log
from courses.desk import DeskScreen
from courses.people.roles import may_manage_people
from lms.queueing.handing_out import hand_out

PER_PAGE = 50
# The tasks of this site, in words. Wagtail's own are for the administrator's log.
WORDS = {
    "certificates.tasks.issue_certificate": _("A certificate could not be made"),
    "courses.mailing.tasks.send_letter": _("Letters could not be sent"),
    "courses.imports.tasks.check_import": _("A list to be imported could not be checked"),
    "courses.imports.tasks.run_import": _("A list could not be imported to its end"),
    "certificates.tasks.draw_certificate": _("A certificate has its number, but could not be drawn"),
    "certificates.batches.tasks.go_on_printing": _("A print run of certificates stopped"),
    "courses.quizzes.repair_tasks.work_out_repair": _("What another key would change could not be worked out"),
    "courses.quizzes.repair_tasks.run_repair": _(
        "A test with a repaired key could not be marked again to its end"
    ),
    "courses.drills.remarking.tasks.go_on_with_drill_repair": _(
        "A drill whose points or key were put right could not be marked again to its end"
    ),
    "lms.reports.packs.tasks.make_pack": _("Figures that were ordered could not be made"),
    "lms.archive.tasks.make_archive": _("An archive that was ordered could not be made"),
}


def failed():
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, task_path__in=WORDS)


@transaction.atomic
def try_again(*, actor, at):
    """Put every failed task back into the queue. Each may run twice without harm. Returns how many."""
    put_back = 0
    for task in failed().select_for_update(skip_locked=True):
        task.status = TaskResultStatus.READY
        task.started_at = task.finished_at = None
        task.exception_class_path = task.traceback = ""
        task.worker_ids = []
        task.save(
            update_fields=[
                "status", "started_at", "finished_at", "exception_class_path", "traceback", "worker_ids",
            ]
        )  # fmt: skip
        hand_out(task)
        log.record("task tried again", actor, actor=actor, at=at, task=task.task_path, id=str(task.pk))
        put_back += 1
    return put_back


class TasksView(DeskScreen, TemplateView):
    template_name = "lms/desk/tasks.html"
    page_title = _("What failed")
    header_icon = "warning"

    def may(self, user):
        return may_manage_people(user)

    def get_context_data(self, **kwargs):
        page = Paginator(failed().order_by("-finished_at"), PER_PAGE).get_page(self.request.GET.get("p"))
        for task in page:
            task.words = WORDS[task.task_path]
        return super().get_context_data(tasks=page, **kwargs)

    def post(self, request):
        put_back = try_again(actor=request.user, at=timezone.now())
        words = ngettext("%(n)s is tried again now.", "%(n)s are tried again now.", put_back)
        messages.success(request, words % {"n": put_back})
        return redirect("desk_tasks")
