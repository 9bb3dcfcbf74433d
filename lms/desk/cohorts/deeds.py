"""What the focal point does with one cohort."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages

from courses.desk import DecideView
from courses.desk_selection import Group
from courses.enrolment import grouping
from courses.enrolment.cohorts import Cohort, CohortMember
from courses.enrolment.telling import reached, send_message
from courses.people import roles
from lms.desk.cohorts.forms import DueForm, MessageForm
from lms.desk.cohorts.page import CohortScreen

MOST_NAMED = 20


class DueView(CohortScreen, FormView):
    """The date is asked first; then who is affected is named, and only then it moves."""

    template_name = "courses/desk/many.html"
    form_class = DueForm
    page_title = gettext_lazy("Change the due date")
    explanation = gettext_lazy(
        "Those who have completed the course, and those who were given more time, keep what they have."
    )
    button = gettext_lazy("Yes, change the date")
    serious = False
    back = ""

    def get_page_subtitle(self):
        return str(self.object)

    @property
    def back_url(self):
        return self.get_back_url()

    def get_initial(self):
        return {"due_on": self.object.due_on}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{"is_last": False, "address": self.request.path, "panel": None, **kwargs}
        )

    def form_valid(self, form):
        due_on = form.cleaned_data["due_on"]
        if self.request.POST.get("step") != "do":
            return self._ask(form, due_on)
        moved, _kept = grouping.change_due_date(self.object, due_on, actor=self.request.user, at=self.at)
        n = len(moved)
        said = ngettext("The date is changed, for %(n)d person.", "The date is changed, for %(n)d people.", n)
        messages.success(self.request, said % {"n": n})
        return redirect(self.get_back_url())

    def _ask(self, form, due_on):
        moves, keeps = grouping.affected(self.object, due_on)
        groups = [
            Group(_("Take the new date"), [(one.person, self._date(one)) for one in moves]),
            Group(_("Keep a later date of their own"), [(one.person, self._date(one)) for one in keeps]),
        ]
        day = date_format(due_on, "j F Y") if due_on else _("without a date")
        return self.render_to_response(
            self.get_context_data(
                form=form, groups=groups, is_last=True, is_settled=True, answers=[(_("Due on"), day)]
            )
        )

    @staticmethod
    def _date(enrolment):
        if enrolment.due_on is None:
            return _("no date now")
        return _("%(date)s now") % {"date": date_format(enrolment.due_on, "j F Y")}


class CohortDeed(DecideView):
    header_icon = "group"
    index_url_name = "cohorts:index"

    def may(self, user):
        return roles.may_manage_people(user)

    def get_queryset(self):
        return Cohort.objects.select_related("course")

    def get_back_url(self):
        return reverse("cohorts:cohort", args=[self.object.pk])


class MessageView(CohortDeed):
    page_title = gettext_lazy("Write to them")
    form_class = MessageForm
    button = gettext_lazy("Send")

    @cached_property
    def people(self):
        return reached(self.object, at=self.at)

    @property
    def explanation(self):
        with_address, without = self.people
        n = len(with_address)
        told = ngettext("%(n)d person gets it by mail.", "%(n)d people get it by mail.", n) % {"n": n}
        if without:
            names = ", ".join(str(person) for person in without[:MOST_NAMED])
            more = len(without) - MOST_NAMED
            names += _(" and %(n)d more") % {"n": more} if more > 0 else ""
            told += " " + _("Without e-mail, tell them another way: %(names)s.") % {"names": names}
        return told

    def decide(self, cohort, form):
        cleaned = form.cleaned_data
        sent = send_message(cohort, cleaned["subject"], cleaned["text"], actor=self.request.user, at=self.at)
        n = sent.posted
        return ngettext("On its way to %(n)d person.", "On its way to %(n)d people.", n) % {"n": n}


class CodeView(CohortDeed):
    page_title = gettext_lazy("New code")
    explanation = gettext_lazy(
        "Posters and links with the old code open nothing any more. Whoever is in the cohort stays in it."
    )
    button = gettext_lazy("Yes, make a new code")
    serious = True

    def decide(self, cohort, form):
        changed = grouping.change_code(cohort, actor=self.request.user, at=self.at)
        return _("The new code is %(code)s.") % {"code": changed.printed_code}


class CloseView(CohortDeed):
    page_title = gettext_lazy("Close the cohort")
    explanation = gettext_lazy(
        "Nobody can join any more. Its people keep the course and their dates, and you still see how far they "
        "are. You can open it again."
    )
    button = gettext_lazy("Yes, close it")

    def get_queryset(self):
        return super().get_queryset().open()

    def decide(self, cohort, form):
        grouping.close(cohort, actor=self.request.user, at=self.at)
        return _("%(name)s is closed.") % {"name": cohort}


class ReopenView(CohortDeed):
    page_title = gettext_lazy("Open the cohort again")
    explanation = gettext_lazy("People can be put in again, and join where that is allowed.")
    button = gettext_lazy("Yes, open it")

    def get_queryset(self):
        return super().get_queryset().exclude(closed_at=None)

    def decide(self, cohort, form):
        grouping.reopen(cohort, actor=self.request.user, at=self.at)
        return _("%(name)s is open again.") % {"name": cohort}


class RemoveView(CohortDeed):
    page_title = gettext_lazy("Take out of the cohort")
    explanation = gettext_lazy(
        "The person keeps the course and its date. To take the course away, withdraw it in the list of people."
    )
    button = gettext_lazy("Yes, take out")
    serious = True

    def get_queryset(self):
        return CohortMember.objects.open().select_related("cohort", "person")

    def get_back_url(self):
        return reverse("cohorts:cohort", args=[self.object.cohort_id])

    def decide(self, member, form):
        grouping.remove(member, actor=self.request.user, at=self.at)
        return _("%(name)s is not in the cohort any more.") % {"name": member.person}
