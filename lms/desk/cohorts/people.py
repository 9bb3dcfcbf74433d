"""Deeds on the list of people that lead into a cohort or to a log-in."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from courses.desk_selection import Group
from courses.enrolment import grouping, inviting
from courses.people.deciding import PersonView
from lms.desk.cohorts.forms import AddressesForm, CohortChoiceForm, InviteForm
from lms.desk.cohorts.inviting import WHY_NOT, say_done, say_left
from lms.desk.people.giving import ManyPeopleView

# More would be a form of many pages.
MOST_INVITED = 100


class AddToCohortView(ManyPeopleView):
    name = "cohort"
    label = gettext_lazy("Add to a cohort…")
    url_name = "people:add_to_cohort"
    form_class = CohortChoiceForm
    page_title = gettext_lazy("Add to a cohort")
    explanation = gettext_lazy("Each gets the course of the cohort, with its due date.")
    button = gettext_lazy("Yes, add them")

    def plan(self, answers):
        coming = grouping.plan(answers["cohort"], self.rows, at=self.at)
        return self._groups(coming)

    @staticmethod
    def _groups(coming):
        return [
            Group(_("Will be added"), [(person, person.agency) for person in coming.new]),
            Group(_("Are in it already"), [(person, person.agency) for person in coming.there]),
            Group(_("Cannot be added"), coming.cannot),
        ]

    def decide(self, answers):
        try:
            coming = grouping.add_members(answers["cohort"], self.rows, actor=self.request.user, at=self.at)
        except grouping.JoinRefused:
            messages.warning(self.request, _("The cohort was closed meanwhile, so nothing changed."))
            return
        n = len(coming.new)
        said = ngettext("%(n)d person is in %(cohort)s now.", "%(n)d people are in %(cohort)s now.", n)
        messages.success(self.request, said % {"n": n, "cohort": answers["cohort"]})
        self.say_left_out(self._groups(coming)[2])


def _has_login(person):
    return getattr(person, "user", None) is not None


class InviteManyView(ManyPeopleView):
    name = "invite"
    label = gettext_lazy("Invite by e-mail…")
    url_name = "people:invite_many"
    form_class = AddressesForm
    page_title = gettext_lazy("Invite by e-mail")
    explanation = gettext_lazy(
        "Enter the address of each. They get a link with which they choose a password for the record that is "
        "here already. Whoever has no address below is left out."
    )
    button = gettext_lazy("Yes, invite them")

    def get_queryset(self):
        return super().get_queryset().select_related("user")

    @property
    def without_login(self):
        return [person for person in self.rows if not _has_login(person)][:MOST_INVITED]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "people": self.without_login}

    def groups(self, answers):
        # Those who can be invited stand in the form itself.
        return self.plan(answers or {})

    def plan(self, answers):
        asked, left = self.without_login, Group(_("Left out"))
        invited = Group(_("Will be invited"))
        for person in self.rows:
            address = answers.get(f"address_{person.pk}")
            if _has_login(person):
                left.rows.append((person, WHY_NOT["has_login"]))
            elif person not in asked:
                why = _("more than %(n)d at a time: invite them next") % {"n": MOST_INVITED}
                left.rows.append((person, why))
            elif address:
                invited.rows.append((person, address))
            elif answers:
                left.rows.append((person, _("no address was entered")))
        return [invited, left]

    def decide(self, answers):
        done, left = 0, []
        for person, address in self.plan(answers)[0].rows:
            try:
                inviting.invite(
                    address,
                    person.full_name,
                    person=person,
                    cohort=answers["cohort"],
                    actor=self.request.user,
                    at=self.at,
                )
                done += 1
            except inviting.NotInvited as refused:
                left.append((person, WHY_NOT[refused.code]))
        say_done(self.request, done)
        say_left(self.request, left)


class InviteView(PersonView):
    """One record without a log-in."""

    page_title = gettext_lazy("Invite by e-mail")
    form_class = InviteForm
    explanation = gettext_lazy(
        "The person gets a link with which they choose a password. It belongs to this record: no second one "
        "is made."
    )
    button = gettext_lazy("Send the invitation")

    def get_queryset(self):
        return super().get_queryset().filter(user=None)

    def get_back_url(self):
        return reverse("people:person", args=[self.object.pk])

    def decide(self, person, form):
        cleaned = form.cleaned_data
        try:
            inviting.invite(
                cleaned["address"],
                person.full_name,
                person=person,
                cohort=cleaned["cohort"],
                actor=self.request.user,
                at=self.at,
            )
        except inviting.NotInvited as refused:
            return _("Not invited: %(why)s.") % {"why": WHY_NOT[refused.code]}
        return _("The invitation to %(name)s is on its way.") % {"name": person}
