"""One procedure at the desk: its editions, what a draft changes, publishing, and what cites the changes."""

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages

from certificates.refreshers.models import RefresherCall
from courses.catalogue.references import CLAUSE
from courses.choices import CitationState, ClauseChange
from courses.desk import DecideView, DeskScreen
from courses.people import roles
from courses.procedures import editions
from courses.procedures.models import CitationReview, ClauseWording, Procedure, ProcedureEdition
from courses.procedures.refusing import ProcedureRefused
from courses.uses import uses_by

ROWS_A_PAGE = 50


def uses_of_clauses(keys):
    return uses_by(CLAUSE, keys)


def _label(name):
    return capfirst(ClauseWording._meta.get_field(name).verbose_name)


class ProcedureScreen(DeskScreen):
    header_icon = "list-ol"

    def may(self, user):
        return roles.may_write_courses(user)


class BeginForm(forms.Form):
    label = forms.CharField(
        label=gettext_lazy("Name of the new edition"),
        max_length=60,
        help_text=gettext_lazy("As people call it, such as “2026” or “second edition, 2026”."),
    )


class ProcedureView(ProcedureScreen, FormView):
    """Where a new edition is begun, too."""

    template_name = "lms/desk/procedures/procedure.html"
    form_class = BeginForm

    def prepare(self, pk):
        self.procedure = get_object_or_404(Procedure, pk=pk)

    def get_page_title(self):
        return str(self.procedure)

    def get_context_data(self, **kwargs):
        edition = self.procedure.in_force
        wordings = list(edition.wordings.select_related("clause")) if edition else []
        uses = uses_of_clauses([wording.clause_id for wording in wordings])
        rows = [(wording, uses.get(wording.clause_id, [])) for wording in wordings]
        reviews = CitationReview.objects.filter(edition__procedure=self.procedure).select_related(
            "clause", "edition"
        )
        listing = Paginator(reviews.order_by("-edition__n", "clause__place", "title", "pk"), ROWS_A_PAGE)
        return super().get_context_data(
            procedure=self.procedure,
            edition=edition,
            draft=self.procedure.draft,
            editions=self.procedure.editions.select_related("refresher_call"),
            rows=rows,
            listing=listing.get_page(self.request.GET.get("p")),
            states=[state for state in CitationState if state != CitationState.OPEN],
            **kwargs,
        )

    def form_valid(self, form):
        try:
            draft = editions.begin(
                self.procedure, label=form.cleaned_data["label"], actor=self.request.user, at=timezone.now()
            )
        except ProcedureRefused as refused:
            messages.error(self.request, refused.words)
            return redirect("desk_procedure", self.procedure.pk)
        return redirect(reverse("procedure_editions:edit", args=[draft.pk]))


class PublishView(ProcedureScreen, TemplateView):
    """What the draft changes, word by word, and what cites it; then it is put in force."""

    template_name = "lms/desk/procedures/publish.html"
    page_title = gettext_lazy("Compare and publish")

    def prepare(self, pk):
        self.edition = get_object_or_404(ProcedureEdition.objects.select_related("procedure"), pk=pk)

    def get_page_subtitle(self):
        return str(self.edition)

    def get_context_data(self, **kwargs):
        changes = editions.changes_of(self.edition)
        uses = uses_of_clauses([change.key for change in changes if change.before])
        rows = [
            {
                "change": change,
                "now": change.after or change.before,
                "kind": ClauseChange(change.kind).label,
                "fields": [(_label(name), words) for name, words in change.fields.items()],
                "uses": uses.get(change.key, []),
            }
            for change in changes
        ]
        return super().get_context_data(edition=self.edition, rows=rows, **kwargs)

    def post(self, request, pk):
        material = [int(key) for key in request.POST.getlist("material") if key.isdecimal()]
        try:
            edition = editions.publish(
                self.edition, material=material, uses=uses_of_clauses, actor=request.user, at=timezone.now()
            )
        except ProcedureRefused as refused:
            messages.error(request, refused.words)
            return redirect("desk_procedure_publish", self.edition.pk)
        n = edition.reviews.count()
        places = ngettext("%(n)d place to look at.", "%(n)d places to look at.", n) % {"n": n}
        messages.success(request, _("“%(edition)s” is in force.") % {"edition": edition} + " " + places)
        call = RefresherCall.objects.filter(edition=edition).first()
        if call is not None:
            messages.warning(request, _("Now look at the refresher call. Nobody is told before you send it."))
            return redirect("desk_refresher", call.pk)
        return redirect("desk_procedure", edition.procedure_id)


class ThrowAwayView(ProcedureScreen, DecideView):
    page_title = gettext_lazy("Throw the draft away")
    explanation = gettext_lazy("What was written in it is lost. The edition in force stays as it is.")
    button = gettext_lazy("Throw it away")
    serious = True

    def get_queryset(self):
        return ProcedureEdition.objects.drafts().select_related("procedure")

    def get_back_url(self):
        return reverse("desk_procedure", args=[self.object.procedure_id])

    def decide(self, obj, form):
        back = self.get_back_url()
        editions.throw_away(obj, actor=self.request.user, at=self.at)
        self.get_back_url = lambda: back
        return _("The draft was thrown away.")


class DecideCitationView(ProcedureScreen, View):
    """What came of looking at one place; only by POST, from the page of its procedure."""

    def prepare(self, pk):
        self.review = get_object_or_404(CitationReview.objects.select_related("edition"), pk=pk)

    def post(self, request, pk):
        state = request.POST.get("state")
        if state in set(CitationState) - {CitationState.OPEN}:
            try:
                editions.decide(self.review, state=state, actor=request.user, at=timezone.now())
                messages.success(request, _("Noted."))
            except ProcedureRefused as refused:
                messages.error(request, refused.words)
        else:
            messages.error(request, _("Choose what came of it."))
        return redirect("desk_procedure", self.review.edition.procedure_id)
