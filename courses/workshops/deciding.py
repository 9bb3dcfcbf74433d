"""Pages of the desk on which a workshop is opened, cancelled, taken up again and copied."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from courses.choices import WorkshopKind, WorkshopState
from courses.desk import DecideView
from courses.people import roles
from courses.workshops import planning
from courses.workshops.desk_forms import CancelForm, CopyForm
from courses.workshops.models import Workshop

NOT_POSSIBLE = {
    "state": gettext_lazy("Nothing changed: this workshop stands elsewhere by now."),
    "sessions": gettext_lazy("Nothing changed: give the workshop a day first, under “Days and sessions”."),
}


class WorkshopView(DecideView):
    index_url_name = "workshops:index"
    header_icon = "calendar-alt"
    states = []

    def may(self, user):
        return roles.may_run_every_workshop(user)

    def get_queryset(self):
        return Workshop.objects.filter(kind=WorkshopKind.WORKSHOP, state__in=self.states)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except planning.NotPossible as problem:
            messages.error(self.request, NOT_POSSIBLE[problem.code])
            return redirect(self.get_back_url())


class OpenView(WorkshopView):
    states = [WorkshopState.PLANNED]
    page_title = gettext_lazy("Open for registration")
    explanation = gettext_lazy(
        "Signed-in people see the workshop in their list and can register; where agencies are invited, only "
        "their people."
    )
    button = gettext_lazy("Yes, open it")
    opened = None

    def decide(self, workshop, form):
        planning.open_registration(workshop, actor=self.request.user, at=self.at)
        self.opened = workshop
        return _("%(title)s is open for registration.") % {"title": workshop}

    def get_back_url(self):
        # To its own page once it is open: there people are added.
        return reverse("workshop", args=[self.opened.uuid]) if self.opened else super().get_back_url()


class CancelView(WorkshopView):
    states = planning.MAY_BE_CANCELLED
    form_class = CancelForm
    page_title = gettext_lazy("Cancel the workshop")
    explanation = gettext_lazy(
        "Everybody who registered or waits gets a mail that takes it out of their calendar. Nothing is "
        "deleted, and you can take it up again."
    )
    button = gettext_lazy("Yes, cancel the workshop")
    serious = True

    def decide(self, workshop, form):
        planning.cancel_workshop(workshop, form.cleaned_data["reason"], actor=self.request.user, at=self.at)
        return _("%(title)s is cancelled. Letters to those registered are on their way.") % {"title": workshop}


class ResumeView(WorkshopView):
    states = [WorkshopState.CANCELLED]
    page_title = gettext_lazy("Take up again")
    explanation = gettext_lazy(
        "The workshop is planned again. Whoever was registered still is, and gets a mail with the times as "
        "they stand now: set new dates first if they changed."
    )
    button = gettext_lazy("Yes, take it up again")

    def decide(self, workshop, form):
        planning.take_up_again(workshop, actor=self.request.user, at=self.at)
        return _("%(title)s is planned again.") % {"title": workshop}


class CopyView(WorkshopView):
    form_class = CopyForm
    page_title = gettext_lazy("Copy this workshop")
    explanation = gettext_lazy(
        "You get the same workshop on new days, being planned: title, place, facilitators, materials, tests "
        "and rules. Nobody is registered yet."
    )
    button = gettext_lazy("Make the copy")
    copy = None

    def get_queryset(self):
        return Workshop.objects.filter(kind=WorkshopKind.WORKSHOP)

    def decide(self, workshop, form):
        self.copy = planning.copy_workshop(
            workshop, form.cleaned_data["first_day"], actor=self.request.user, at=self.at
        )
        return _("%(title)s is copied. Look through the copy; then open it for registration.") % {
            "title": workshop
        }

    def get_back_url(self):
        # To the copy once there is one.
        return reverse("workshops:edit", args=[self.copy.pk]) if self.copy else super().get_back_url()
