"""One import as it stands: its progress, what it foretells, or what came of it; and the report."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView

from courses import spreadsheets
from courses.audit import log
from courses.choices import ImportOutcome, ImportResult, ImportState
from courses.imports.kinds import kind_of
from courses.imports.models import ImportJob
from courses.imports.persons import written_name
from courses.imports.wording import changes_in_words, notes_in_words, problem_in_words
from courses.people.names import loose_key
from lms.desk.imports.screen import JobScreen, may_import

PER_PAGE = 50
TEMPLATES = {
    ImportState.CHECKING: "progress",
    ImportState.RUNNING: "progress",
    ImportState.CHECKED: "checked",
    ImportState.DONE: "done",
    ImportState.FAILED: "failed",
}
TITLES = {
    ImportState.CHECKING: gettext_lazy("The file is being checked"),
    ImportState.RUNNING: gettext_lazy("The file is being imported"),
    ImportState.CHECKED: gettext_lazy("What will happen"),
    ImportState.DONE: gettext_lazy("What was done"),
    ImportState.FAILED: gettext_lazy("This file could not be read"),
}
# Of a person's row, what the lists show in columns of their own.
IN_COLUMNS = {"full_name", "first_name", "last_name"}


def fulfil(rows, kind):
    """Each row with the words of its page."""
    for row in rows:
        row.name_written = written_name(row.values) or (row.person.full_name if row.person else "")
        row.said = notes_in_words(row, kind)
        row.changed = changes_in_words(row, kind)
        row.details = [
            (each.label, row.values[each.name])
            for each in kind.fields
            if each.name in row.values and each.name not in IN_COLUMNS
        ]
    return rows


def searched(rows, text):
    """By the number of the row, by parts of the name, or by the address."""
    if text.isdecimal() and len(text) < 7:
        return rows.filter(n=int(text))
    if "@" in text:
        return rows.filter(email_key__contains=text.lower()[:200])
    for word in loose_key(text).split()[:6]:
        rows = rows.filter(name_key__contains=word)
    return rows


class JobView(JobScreen, TemplateView):
    def get(self, request, *args, **kwargs):
        if self.job.state == ImportState.UPLOADED:
            return redirect("desk_import_columns", self.job.uuid)
        return super().get(request, *args, **kwargs)

    def get_template_names(self):
        return [f"lms/desk/imports/{TEMPLATES[self.job.state]}.html"]

    def get_page_title(self):
        return TITLES[self.job.state]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(job=self.job, **kwargs)
        if self.job.is_busy:
            return {**context, **standing(self.job)}
        if self.job.state == ImportState.FAILED:
            return {**context, "problem": problem_in_words(self.job.problem)}
        return {**context, **self._listed()}

    def _listed(self):
        is_done = self.job.state == ImportState.DONE
        by, words = ("result", ImportResult) if is_done else ("outcome", ImportOutcome)
        counted = dict(self.job.rows.order_by().values_list(by).annotate(n=Count("id")))
        asked = self.request.GET
        show, text = asked.get("show", ""), asked.get("q", "").replace("\0", "").strip()[:100]
        rows = self.job.rows.select_related("person").order_by("n")
        if show in words.values:
            rows = rows.filter(**{by: show})
        page = Paginator(searched(rows, text) if text else rows, PER_PAGE).get_page(asked.get("p"))
        fulfil(page.object_list, self.kind)
        return {
            "rows": page,
            "q": text,
            "show": show,
            "counts": [(value, label, counted.get(value, 0)) for value, label in words.choices],
            "total": sum(counted.values()),
            "undecided": self._undecided(),
            "can_run": any(counted.get(each) for each in ("create", "update", "decide")),
            "earlier": self._earlier(),
        }

    def _undecided(self):
        return self.job.rows.filter(outcome=ImportOutcome.DECIDE, decision="").count()

    def _earlier(self):
        """Where this very file was imported before."""
        same = ImportJob.objects.filter(
            sha256=self.job.sha256, kind=self.job.kind, state=ImportState.DONE, pk__lt=self.job.pk
        )
        return same.first()


def standing(job):
    """How far the check or the import is."""
    rows = job.rows.all() if job.state == ImportState.CHECKING else job.rows.exclude(result="")
    return {"done": min(rows.count(), job.row_count), "total": job.row_count}


def _job_for(request, uuid):
    if not may_import(request.user):
        raise PermissionDenied
    return get_object_or_404(ImportJob, uuid=uuid)


@require_GET
def progress(request, uuid):
    job = _job_for(request, uuid)
    return JsonResponse({"busy": job.is_busy, **standing(job)})


@require_GET
def report(request, uuid, form):
    """Every row and what came of it. It goes round: no sex, telephone or service number."""
    job = _job_for(request, uuid)
    respond = {"csv": spreadsheets.csv_response, "xlsx": spreadsheets.xlsx_response}.get(form)
    if respond is None or job.state not in (ImportState.CHECKED, ImportState.DONE):
        raise Http404
    log.record("import report exported", job, actor=request.user, at=timezone.now(), format=form)
    headings = [_("Row"), _("Name"), _("Agency"), _("Result"), _("Why")]
    return respond("list-report", headings, _lines(job))


def _lines(job):
    kind = kind_of(job.kind)
    for row in job.rows.select_related("person").order_by("n").iterator(chunk_size=500):
        row.job = job
        name = written_name(row.values) or (row.person.full_name if row.person else "")
        result = row.get_result_display() if row.result else row.get_outcome_display()
        labels = changes_in_words(row, kind, with_values=False)
        said = [f"{', '.join(labels)}."] if labels else []
        said += _that_may_go_round(row, kind)
        yield [row.n, name, row.values.get("agency", ""), result, " ".join(said)]


def _that_may_go_round(row, kind):
    row.notes = [[code, _without_number(code, facts)] for code, facts in row.notes]
    return notes_in_words(row, kind)


def _without_number(code, facts):
    return {**facts, "text": "…"} if code == "phone" or facts.get("field") == "sex" else facts
