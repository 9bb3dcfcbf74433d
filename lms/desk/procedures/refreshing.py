"""A refresher call at the desk: what it says, whom it concerns, sending it, and who has done it."""

from collections import Counter

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.generic import TemplateView

from certificates.refreshers import showing
from certificates.refreshers.holding import to_be_called
from certificates.refreshers.models import RefresherCall, RefresherDone
from certificates.refreshers.refusing import RefresherRefused
from certificates.refreshers.sending import send
from courses.desk import DecideView
from courses.people import roles
from courses.people.models import Person
from lms.desk.procedures.views import ProcedureScreen


class CallScreen(ProcedureScreen):
    """Behind both rules: what procedures say, and who holds certificates."""

    header_icon = "mail"

    def may(self, user):
        return super().may(user) and roles.may_manage_people(user)


class RefresherView(CallScreen, TemplateView):
    template_name = "lms/desk/procedures/refresher.html"
    page_title = gettext_lazy("Refresher call")

    def prepare(self, pk):
        self.call = get_object_or_404(RefresherCall.objects.select_related("edition__procedure"), pk=pk)

    def get_page_subtitle(self):
        return str(self.call)

    def get_context_data(self, **kwargs):
        waiting = {one.person for one in to_be_called(self.call, at=timezone.now())}
        called = set(self.call.called.values_list("person", flat=True))
        done = RefresherDone.objects.filter(called__call=self.call)
        return super().get_context_data(
            call=self.call,
            changes=showing.changes_to_show(self.call),
            points=showing.points_to_show(self.call),
            questions=self.call.questions.all(),
            waiting=len(waiting),
            agencies=_by_agency(waiting),
            called=len(called),
            done=len(set(done.values_list("called__person", flat=True))),
            **kwargs,
        )


def _by_agency(people):
    """[(name of an agency or "", how many), ...], the largest first."""
    agencies = Person.objects.filter(pk__in=people).values_list("agency__name", flat=True)
    return sorted(Counter(name or "" for name in agencies).items(), key=lambda row: (-row[1], row[0]))


class SendRefresherView(CallScreen, DecideView):
    page_title = gettext_lazy("Send the refresher call")
    button = gettext_lazy("Yes, send it")

    def get_queryset(self):
        return RefresherCall.objects.select_related("edition__procedure")

    @property
    def explanation(self):
        n = len({one.person for one in to_be_called(self.object, at=self.at)})
        called = ngettext(
            "%(n)d person is called: by a letter that names no topic, and on their home page.",
            "%(n)d people are called: by a letter that names no topic, and on their home pages.",
            n,
        )
        return called % {"n": n} + " " + gettext("What you send is never changed afterwards.")

    def get_back_url(self):
        return reverse("desk_refresher", args=[self.object.pk])

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except RefresherRefused as refused:
            form.add_error(None, refused.words)
            return self.form_invalid(form)

    def decide(self, obj, form):
        n = len(send(obj, actor=self.request.user, at=self.at))
        return ngettext("%(n)d person was called.", "%(n)d people were called.", n) % {"n": n}
