"""One person's pass that stands, and the attempt that waits for another person."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from courses.choices import RepairChange, RepairState
from courses.desk import DecideView
from courses.people import roles
from courses.quizzes import marking_anew, repairing
from courses.quizzes.repairs import RepairedAttempt
from lms.reports.repairing import rows
from lms.reports.repairing.forms import TakeBackForm


class OneRowView(DecideView):
    template_name = "lms/reports/repairing/decide.html"
    header_icon = "key"
    refused = gettext_lazy("Nothing changed: somebody decided about it meanwhile.")

    def may(self, user):
        return roles.may_repair_keys(user)

    def get_queryset(self):
        rows = RepairedAttempt.objects.filter(repair__state=RepairState.DONE)
        return rows.select_related("repair__question", "attempt__person", "attempt__quiz_edition")

    def prepare(self, **kwargs):
        super().prepare(**kwargs)
        if roles.is_oneself(self.request.user, self.object.attempt.person):
            raise PermissionDenied

    def get_page_subtitle(self):
        return str(self.object.attempt)

    def get_context_data(self, **kwargs):
        (row,) = rows.complete([self.object])
        return super().get_context_data(row=row, **kwargs)

    def get_back_url(self):
        return reverse("repair", args=[self.object.repair.uuid])

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except (repairing.RepairRefused, marking_anew.NotYours):
            messages.error(self.request, self.refused)
            return redirect(self.get_back_url())


class TakeBackView(OneRowView):
    form_class = TakeBackForm
    page_title = gettext_lazy("Decide otherwise about one pass")
    explanation = gettext_lazy(
        "This person passed by a key that was wrong: the mistake was ours. The pass stands unless you decide "
        "otherwise. Then the test counts as not passed. Where a course rests on it, the course no longer "
        "counts as completed: it leaves the record and the figures, its certificate is withdrawn, and the "
        "person can take it again. They get a kind letter. Speak with the person first. This cannot be undone."
    )
    button = gettext_lazy("Take the pass back")
    serious = True

    def get_queryset(self):
        return super().get_queryset().filter(change=RepairChange.STANDS, taken_back=None, marking__isnull=False)

    def decide(self, row, form):
        repairing.take_back(row.pk, reason=form.cleaned_data["reason"], actor=self.request.user, at=self.at)
        return _("The pass of %(name)s was taken back.") % {"name": row.attempt.person}


class MarkLeftView(OneRowView):
    page_title = gettext_lazy("Mark the attempt of a colleague")
    explanation = gettext_lazy(
        "This is the attempt of whoever put the key right. Nobody decides about their own: look at the "
        "question and its key, and mark it again only if you find them right. Your name is kept with it."
    )
    button = gettext_lazy("The key is right: mark it again")

    def get_queryset(self):
        return super().get_queryset().filter(marking=None)

    def decide(self, row, form):
        marking_anew.mark_left(row, actor=self.request.user, at=self.at)
        return _("Marked again: %(name)s.") % {"name": row.attempt.person}
