"""Who a row is, where the record alone cannot tell; yes to an import; or away with it."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from courses.choices import ImportDecision, ImportOutcome, ImportState
from courses.desk import DecideView
from courses.desk_selection import whole_numbers
from courses.imports import confirming, deciding, handing_in
from courses.imports.models import ImportJob
from courses.imports.refusing import NotNow
from courses.people.models import Person
from lms.desk.imports.screen import NOT_NOW, ImportScreen, JobScreen
from lms.desk.imports.showing import fulfil

PER_PAGE = 20


class DecideRowsView(JobScreen, TemplateView):
    template_name = "lms/desk/imports/decide.html"
    page_title = gettext_lazy("Who is it?")

    def get(self, request, *args, **kwargs):
        if self.job.state != ImportState.CHECKED:
            return redirect(self.address)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        rows = self.job.rows.filter(outcome=ImportOutcome.DECIDE).select_related("person").order_by("n")
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        wanted = {pk for row in page for pk in row.offered}
        people = Person.objects.with_place().select_related("user").in_bulk(wanted)
        for row in fulfil(page.object_list, self.kind):
            row.people = [people[pk] for pk in row.offered if pk in people]
        undecided = rows.filter(decision="").count()
        return super().get_context_data(
            job=self.job, rows=page, undecided=undecided, back_url=self.address, **kwargs
        )

    def post(self, request, *args, **kwargs):
        try:
            n = self._decide(request.POST)
        except NotNow:
            messages.warning(request, NOT_NOW)
            return redirect(self.address)
        words = ngettext("%(n)d row is decided.", "%(n)d rows are decided.", n)
        messages.success(request, words % {"n": n})
        page = request.GET.get("p", "")
        here = reverse("desk_import_decide", args=[self.job.uuid])
        return redirect(f"{here}?p={page}" if page.isdecimal() else here)

    def _decide(self, posted):
        rest = posted.get("rest", "")
        if "all" in posted and rest in ImportDecision.values:
            return deciding.decide_the_rest(self.job, rest)
        answers = {}
        for name, value in posted.items():
            rows = whole_numbers([name.removeprefix("row-")]) if name.startswith("row-") else []
            decision, _dash, pk = value.partition("-")
            if rows and decision in ImportDecision.values:
                answers[rows[0]] = (decision, next(iter(whole_numbers([pk])), None))
        return deciding.decide(self.job, answers)


class OneJobView(ImportScreen, DecideView):
    def get_queryset(self):
        return ImportJob.objects.all()

    def prepare(self, **kwargs):
        self.object = self.job = get_object_or_404(self.get_queryset(), uuid=kwargs["uuid"])
        self.at = timezone.now()

    def get_back_url(self):
        return self.address


class ConfirmView(OneJobView):
    page_title = gettext_lazy("Import this file")
    button = gettext_lazy("Yes, import it")

    @property
    def explanation(self):
        rows = self.job.rows.order_by()
        counted = dict(rows.values_list("outcome").annotate(n=Count("id")))
        undecided = rows.filter(outcome=ImportOutcome.DECIDE, decision="").count()
        new, changed = counted.get("create", 0), counted.get("update", 0)
        said = [
            ngettext("%(n)d row brings somebody new.", "%(n)d rows bring somebody new.", new) % {"n": new},
            ngettext("%(n)d changes a record.", "%(n)d change records.", changed) % {"n": changed},
        ]
        if decided := counted.get("decide", 0) - undecided:
            said.append(_("Decided by you: %(n)d.") % {"n": decided})
        if undecided:
            said.append(_("Not decided, and left out: %(n)d.") % {"n": undecided})
        if wrong := counted.get("error", 0):
            said.append(_("Not possible, and left out: %(n)d.") % {"n": wrong})
        return " ".join([*said, _("You can leave the page while it runs.")])

    def decide(self, job, form):
        try:
            confirming.confirm(job, actor=self.request.user, at=self.at)
        except NotNow:
            return NOT_NOW
        return _("The import has begun.")


class ThrowAwayView(OneJobView):
    page_title = gettext_lazy("Delete this upload")
    explanation = gettext_lazy("The file and what the check found are deleted. Nothing of it was imported.")
    button = gettext_lazy("Yes, delete it")
    serious = True
    gone = False

    def get_back_url(self):
        return reverse("desk_imports") if self.gone else self.address

    def decide(self, job, form):
        try:
            handing_in.throw_away(job, actor=self.request.user, at=self.at)
        except NotNow:
            return _("It was imported already, so it was not deleted.")
        self.gone = True
        return _("The upload is deleted.")
