"""One run looked back at: the way through a scenario, or the form as it was filled in."""

from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from courses.audit import log
from courses.desk import DeskScreen
from courses.drills.cases import judging, running, showing
from courses.drills.remarking.kinds import CASE, SCENARIO
from courses.drills.scenarios import telling
from courses.people import roles


class RunView(DeskScreen, TemplateView):
    kind = SCENARIO
    list_url_name = "results_scenario"
    template_name = "lms/reports/runs/run.html"
    page_title = gettext_lazy("One run")
    header_icon = "table"
    http_method_names = ["get", "options"]

    def may(self, user):
        return roles.may_see_results(user)

    def prepare(self, uuid):
        related = ("person__agency", "person__post", "edition", "enrolment")
        self.run = get_object_or_404(self.kind.run.objects.select_related(*related), uuid=uuid)

    def get_page_subtitle(self):
        return str(self.run)

    def get_breadcrumbs_items(self):
        edition = self.run.edition
        return [
            *self.breadcrumbs_items,
            {"url": reverse_lazy("results"), "label": _("Results")},
            {
                "url": reverse(self.list_url_name, args=[getattr(edition, self.kind.key)]),
                "label": edition.title,
            },
            {"url": "", "label": str(self.run.person)},
        ]

    def way(self):
        """What was chosen, and what is right where it may be seen."""
        if not self.run.is_ended:
            return {}
        rows = telling.review_of(self.run)["rows"]
        # After the personal data were erased there is a result without a way.
        return {"rows": rows, "is_erased": not rows}

    def get_context_data(self, **kwargs):
        with_keys = roles.may_see_keys(self.request.user)
        markings = list(self.run.markings.order_by("n"))
        facts = {"person": str(self.run.person.uuid), "with_keys": with_keys}
        log.record("run looked at", self.run, actor=self.request.user, at=timezone.now(), **facts)
        return super().get_context_data(
            run=self.run,
            markings=markings,
            criticals=showing.criticals_in_words(markings[-1].details) if markings else [],
            steps=showing.steps_in_words(markings[-1].details) if markings else [],
            with_keys=with_keys,
            **self.way(),
            **kwargs,
        )


class CaseRunView(RunView):
    kind = CASE
    list_url_name = "results_case"

    def way(self):
        run = self.run
        if run.is_open:
            return {}
        told = showing.told_fields(run, running.scored(run), judging.judgements_of(run))
        return {"fields": told, "is_erased": not run.saved.exists()}
