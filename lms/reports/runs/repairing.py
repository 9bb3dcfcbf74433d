"""Points or a key of a drill that were wrong: what the newest edition changes, and what became of it."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from courses.choices import RepairChange
from courses.desk import DeskScreen
from courses.drills.remarking import repairing
from courses.drills.remarking.kinds import KINDS
from courses.drills.remarking.models import DrillRepair
from courses.people import roles
from lms.reports.repairing.forms import ReasonForm
from lms.reports.runs.lists import address_of

PER_PAGE = 50
# After which the page of a repair that is at work loads itself again.
SECONDS = 5


class DrillRepairScreen(DeskScreen):
    page_title = gettext_lazy("Mark again")
    header_icon = "key"

    def may(self, user):
        return roles.may_repair_keys(user)


class ProposeDrillRepairView(DrillRepairScreen, FormView):
    """First: why. Nothing changes here."""

    form_class = ReasonForm
    template_name = "lms/reports/runs/propose.html"

    def prepare(self, kind, key):
        if kind not in KINDS:
            raise Http404
        newest = KINDS[kind].newest_editions(key)
        if not newest:
            raise Http404
        self.drill, self.key = KINDS[kind], key
        self.editions = list(newest.values())

    def get_page_subtitle(self):
        return self.editions[0].title

    def get_context_data(self, **kwargs):
        editions = {one.locale: one.pk for one in self.editions}
        return super().get_context_data(
            editions=self.editions,
            concerned=self.drill.concerned(self.key, editions).count(),
            earlier=DrillRepair.objects.filter(kind=self.drill.name, key=self.key)[:10],
            **kwargs,
        )

    def form_valid(self, form):
        why = {"reason": form.cleaned_data["reason"], "actor": self.request.user, "at": timezone.now()}
        try:
            repair = repairing.propose(self.drill.name, self.key, **why)
        except repairing.DrillRepairRefused:
            form.add_error(None, _("Nobody finished an earlier edition: there is nothing to mark again."))
            return self.form_invalid(form)
        return redirect("drill_repair", repair.uuid)


class DrillRepairView(DrillRepairScreen, TemplateView):
    """Then: what it changes, to be confirmed; how far it is; and what became of it.

    While there is work it loads itself again, without a script; `?still` leaves it as it is.
    """

    template_name = "lms/reports/runs/repair.html"

    def prepare(self, uuid):
        self.repair = get_object_or_404(DrillRepair, uuid=uuid)

    def get_page_subtitle(self):
        return self.repair.get_state_display()

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if self.repair.is_busy and "still" not in request.GET:
            response["Refresh"] = str(SECONDS)
        return response

    def get_context_data(self, **kwargs):
        repair = self.repair
        rows = repair.rows.none() if repair.is_busy else repair.rows.all()
        found = list(rows.values_list("change", flat=True))
        counts = {str(change): found.count(change) for change in RepairChange}
        rows = rows.select_related("run__person__agency", "case_run__person__agency").order_by("change", "pk")
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        for row in page.object_list:
            row.url = address_of(row.played)
            row.is_left = repair.is_done and not row.is_marked
            row.is_own = roles.is_oneself(self.request.user, row.played.person)
        return super().get_context_data(
            repair=repair,
            page_obj=page,
            counts=counts,
            same=max(0, repair.done - repair.left - len(found)),
            seconds=SECONDS,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        deed, at = request.POST.get("deed"), timezone.now()
        try:
            if deed == "confirm":
                repairing.confirm(self.repair.uuid, actor=request.user, at=at)
                messages.success(request, _("Runs are being marked again."))
            elif deed == "left" and request.POST.get("row", "").isdecimal():
                row = get_object_or_404(self.repair.rows, pk=int(request.POST["row"]))
                repairing.mark_left(row.pk, actor=request.user, at=at)
                messages.success(request, _("Marked again: %(name)s.") % {"name": row.played.person})
            else:
                repairing.drop(self.repair.uuid, at=at)
                messages.success(request, _("Nothing changed: every result stays as it is."))
        except repairing.DrillRepairRefused:
            messages.error(
                request,
                _("Nothing changed: this was decided, or another edition published, meanwhile. Begin again."),
            )
        return redirect(reverse("drill_repair", args=[self.repair.uuid]))
