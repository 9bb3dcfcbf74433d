"""A wrong key: what is right, what that changes, and what became of it."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from courses.audit import log
from courses.choices import RepairChange
from courses.desk import DeskScreen
from courses.kinds import kind_of
from courses.people import roles
from courses.questions.models import Question, QuestionEdition
from courses.questions.stems import situation_and_question
from courses.quizzes import rekeying, repairing
from courses.quizzes.repairs import KeyRepair
from lms.reports.figures.tables import CSV, response
from lms.reports.repairing import rows
from lms.reports.repairing.forms import KeyForm
from lms.reports.tables import only_for_results

PER_PAGE = 50
# After which the page of a repair that is at work loads itself again.
SECONDS = 5


class RepairScreen(DeskScreen):
    page_title = gettext_lazy("The key is wrong")
    header_icon = "key"

    def may(self, user):
        return roles.may_repair_keys(user)


class ProposeView(RepairScreen, FormView):
    """First: what is right, and why. Nothing changes here."""

    form_class = KeyForm
    template_name = "lms/reports/repairing/propose.html"

    def prepare(self, key):
        self.question = get_object_or_404(Question, key=key)
        editions = QuestionEdition.objects.filter(question=self.question)
        if self.request.GET.get("meaning", "").isdecimal():
            editions = editions.filter(meaning=int(self.request.GET["meaning"]))
        newest = editions.order_by("-meaning", "-slip")
        self.edition = newest.filter(locale="en").first() or newest.first()
        if self.edition is None:
            raise Http404
        self.key = self.question.latest_key(self.edition.meaning)

    def get_page_subtitle(self):
        return self.question.code

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "edition": self.edition, "key": self.key.key}

    def get_context_data(self, **kwargs):
        kind = kind_of(self.edition.kind)
        situation, question = situation_and_question(kind, self.edition.body)
        return super().get_context_data(
            situation=situation,
            question=question,
            right=kind.right(self.edition.body, self.key.key),
            is_reused=rekeying.is_reused(self.question),
            earlier=KeyRepair.objects.filter(question=self.question)[:10],
            **kwargs,
        )

    def form_valid(self, form):
        try:
            repair = repairing.propose(
                self.question,
                self.edition.meaning,
                form.cleaned_data["key"],
                reason=form.cleaned_data["reason"],
                actor=self.request.user,
                at=timezone.now(),
            )
        except repairing.RepairRefused:
            form.add_error(None, _("This is the key already. Nothing changed."))
            return self.form_invalid(form)
        return redirect("repair", repair.uuid)


class RepairView(RepairScreen, TemplateView):
    """Then: what it changes, to be confirmed; how far it is; and what became of it.

    While there is work it loads itself again, without a script; `?still` leaves it as it is.
    """

    template_name = "lms/reports/repairing/repair.html"

    def prepare(self, uuid):
        self.repair = get_object_or_404(KeyRepair.objects.select_related("question"), uuid=uuid)

    def get_page_subtitle(self):
        return self.repair.get_state_display()

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if self.repair.is_busy and not self.is_still:
            response["Refresh"] = str(SECONDS)
        return response

    @property
    def is_still(self):
        return "still" in self.request.GET

    def get_context_data(self, **kwargs):
        repair = self.repair
        found = rows.rows_of(repair).order_by("change", "attempt__person__full_name", "pk")
        if repair.is_busy:
            # Half of it is what was foreseen; and it is asked for every few seconds.
            found = found.none()
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("p"))
        for row in rows.complete(page.object_list):
            row.repair = repair
            row.words = rows.change_in_words(row)
            row.is_own = roles.is_oneself(self.request.user, row.attempt.person)
            row.may_decide = repair.is_done and not row.is_own and row.change == RepairChange.STANDS
            row.may_decide = row.may_decide and row.marking_id is not None and not hasattr(row, "taken_back")
            row.is_left = repair.is_done and row.marking_id is None
        edition = repair.question.editions.filter(meaning=repair.meaning).order_by("-slip").first()
        kind = kind_of(edition.kind)
        return super().get_context_data(
            repair=repair,
            page_obj=page,
            counts={} if repair.is_busy else rows.counts_of(repair),
            question=situation_and_question(kind, edition.body)[1],
            right=kind.right(edition.body, repair.key),
            percent=min(100, repair.done * 100 // repair.concerned) if repair.concerned else 0,
            is_still=self.is_still,
            seconds=SECONDS,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        try:
            if request.POST.get("deed") == "confirm":
                repairing.confirm(self.repair.uuid, actor=request.user, at=timezone.now())
                messages.success(request, _("The key is right now. Answers are being marked again."))
            else:
                repairing.drop(self.repair.uuid, at=timezone.now())
                messages.success(request, _("Nothing changed: the key stays as it is."))
        except repairing.RepairRefused:
            messages.error(
                request, _("Nothing changed: this was decided, or the key was changed, meanwhile. Begin again.")
            )
        return redirect("repair", self.repair.uuid)


@require_safe
def sheet(request, uuid):
    """The rows as CSV."""
    only_for_results(request)
    repair = get_object_or_404(KeyRepair, uuid=uuid)
    facts = {"rows": repair.rows.count(), "format": CSV}
    log.record("results exported", repair, actor=request.user, at=timezone.now(), **facts)
    return response(rows.table_of(repair), CSV)
