"""Pages of the desk on which courses are assigned and requests are answered."""

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages

from courses.choices import EnrolmentState
from courses.desk import DecideView, DeskScreen
from courses.enrolment.desk_forms import AssignForm
from courses.enrolment.enrolling import accept, assign, end
from courses.enrolment.models import Enrolment
from courses.people.models import Person
from courses.people.roles import may_manage_people


class AssignView(DeskScreen, FormView):
    form_class = AssignForm
    template_name = "people/desk/decide.html"
    page_title = gettext_lazy("Assign a course")
    header_icon = "user"
    explanation = gettext_lazy("Whoever studies the course already keeps what is done and takes the new date.")
    button = gettext_lazy("Assign")
    serious = False

    def may(self, user):
        return may_manage_people(user)

    def get_form_kwargs(self):
        people = Person.objects.visible_to(self.request.user).current().with_place().select_related("user")
        return {**super().get_form_kwargs(), "people": people}

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_url=reverse("enrolments:index"), panel=None, **kwargs)

    def form_valid(self, form):
        chosen = form.chosen()
        at = timezone.now()
        with transaction.atomic():
            for person in chosen:
                assign(
                    person,
                    form.cleaned_data["course"],
                    due_on=form.cleaned_data["due_on"],
                    actor=self.request.user,
                    at=at,
                )
        messages.success(self.request, self._said(chosen))
        return redirect("enrolments:index")

    @staticmethod
    def _said(chosen):
        if len(chosen) == 1:
            return _("Assigned to %(name)s.") % {"name": chosen[0]}
        n = len(chosen)
        return ngettext("Assigned to %(n)d person.", "Assigned to %(n)d people.", n) % {"n": n}


class RequestView(DecideView):
    index_url_name = "enrolments:index"
    header_icon = "user"

    def may(self, user):
        return may_manage_people(user)

    def get_queryset(self):
        return Enrolment.objects.filter(state=EnrolmentState.REQUESTED).select_related("person", "course")


class AcceptView(RequestView):
    page_title = gettext_lazy("Accept the request")
    explanation = gettext_lazy("The person can start the course.")
    button = gettext_lazy("Yes, accept")

    def decide(self, enrolment, form):
        accept(enrolment, actor=self.request.user, at=self.at)
        return _("%(name)s can start.") % {"name": enrolment.person}


class DeclineView(RequestView):
    page_title = gettext_lazy("Decline the request")
    explanation = gettext_lazy("The person cannot start the course. They may ask again.")
    button = gettext_lazy("Yes, decline")
    serious = True

    def decide(self, enrolment, form):
        end(enrolment, EnrolmentState.REFUSED, actor=self.request.user, at=self.at)
        return _("The request of %(name)s is declined.") % {"name": enrolment.person}
