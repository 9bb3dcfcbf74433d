"""Inviting people by their names and addresses: those who have no record here yet."""

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages

from courses.desk import DeskScreen
from courses.enrolment import inviting
from courses.people import roles
from courses.people.models import Person
from courses.people.names import loose_key
from lms.desk.cohorts.forms import LinesForm
from lms.desk.cohorts.page import CohortScreen

WHY_NOT = {
    "invited": gettext_lazy("invited already, and not accepted yet: send that invitation again"),
    "has_login": gettext_lazy("has a log-in already"),
    "refused": gettext_lazy("was refused"),
    "same_name": gettext_lazy(
        "a record without a log-in has this name: open it and invite from there, or tick the box below"
    ),
}


@transaction.atomic
def invite_lines(lines, *, cohort, agency, same_names, actor, at):
    """Invite each (name, address). Returns (how many, [(name, why not), ...])."""
    without_login = Person.objects.current().filter(user=None).values_list("full_name", flat=True)
    known = set() if same_names else {loose_key(name) for name in without_login}
    done, left = 0, []
    for name, address in lines:
        if loose_key(name) in known:
            left.append((name, WHY_NOT["same_name"]))
            continue
        try:
            inviting.invite(address, name, cohort=cohort, agency=agency, actor=actor, at=at)
            done += 1
        except inviting.NotInvited as refused:
            left.append((name, WHY_NOT[refused.code]))
    return done, left


def say_done(request, n):
    if n:
        said = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", n)
        messages.success(request, said % {"n": n})


def say_left(request, left):
    if left:
        names = "; ".join(f"{name}: {why}" for name, why in left)
        messages.warning(request, _("Not invited: %(names)s.") % {"names": names})


class InviteLinesView(DeskScreen, FormView):
    template_name = "people/desk/decide.html"
    form_class = LinesForm
    page_title = gettext_lazy("Invite people")
    header_icon = "mail"
    explanation = gettext_lazy(
        "Each gets a mail with a link that works for 14 days. Whoever accepts it has a log-in and is approved "
        "at once. For people who are in the list of people already, use “Invite by e-mail” there."
    )
    button = gettext_lazy("Send the invitations")
    serious = False
    cohort = None

    def may(self, user):
        return roles.may_manage_people(user)

    def get_back_url(self):
        return reverse("invitations:index")

    def get_initial(self):
        return {"cohort": self.cohort}

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_url=self.get_back_url(), panel=None, **kwargs)

    def form_valid(self, form):
        cleaned = form.cleaned_data
        done, left = invite_lines(
            cleaned["lines"],
            cohort=cleaned["cohort"],
            agency=cleaned["agency"],
            same_names=cleaned["same_names"],
            actor=self.request.user,
            at=timezone.now(),
        )
        say_done(self.request, done)
        if left and not done:
            # What was typed stays.
            for name, why in left:
                form.add_error("lines", f"{name}: {why}")
            return self.form_invalid(form)
        say_left(self.request, left)
        return redirect(self.get_back_url())


class InviteIntoView(CohortScreen, InviteLinesView):
    """From the page of a cohort, into it."""

    def prepare(self, **kwargs):
        super().prepare(**kwargs)
        self.cohort = self.object
