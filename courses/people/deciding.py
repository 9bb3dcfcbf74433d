"""Pages of the desk on which people are approved, asked, refused and given a role."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.choices import Approval
from courses.desk import DecideView
from courses.people import roles
from courses.people.approving import NotWaiting, approve, ask, refuse
from courses.people.desk_forms import AskForm, ReasonForm, RoleForm
from courses.people.models import Person


class PersonView(DecideView):
    index_url_name = "people:index"
    header_icon = "user"

    def may(self, user):
        return roles.may_manage_people(user)

    def get_queryset(self):
        return Person.objects.visible_to(self.request.user).current().with_place().select_related("user")


class ApproveView(PersonView):
    page_title = gettext_lazy("Approve")
    explanation = gettext_lazy("The final test and the certificate open for this person.")
    button = gettext_lazy("Yes, approve")

    def decide(self, person, form):
        approve(person, actor=self.request.user, at=self.at)
        return _("%(name)s is approved.") % {"name": person}


class AskView(PersonView):
    index_url_name = "people:waiting"
    page_title = gettext_lazy("Ask a question")
    form_class = AskForm
    explanation = gettext_lazy(
        "The person gets your question by mail and answers to your own address. They stay in the list of "
        "those who wait."
    )
    button = gettext_lazy("Send the question")

    def get_queryset(self):
        return super().get_queryset().filter(approval=Approval.PENDING, user__email__isnull=False)

    def decide(self, person, form):
        try:
            ask(person, form.cleaned_data["question"], actor=self.request.user, at=self.at)
        except NotWaiting:
            return _("Nothing was sent: %(name)s does not wait any more.") % {"name": person}
        return _("Your question to %(name)s is on its way.") % {"name": person}


class RefuseView(PersonView):
    page_title = gettext_lazy("Refuse")
    form_class = ReasonForm
    explanation = gettext_lazy(
        "This person can no longer sign in. Nothing is deleted, and you can approve them later."
    )
    button = gettext_lazy("Yes, refuse")
    serious = True

    def decide(self, person, form):
        refuse(person, form.cleaned_data["reason"], actor=self.request.user, at=self.at)
        return _("%(name)s is refused.") % {"name": person}


class RoleView(PersonView):
    page_title = gettext_lazy("Role")
    form_class = RoleForm
    explanation = gettext_lazy("The role decides what this person may see and do on the site.")
    button = gettext_lazy("Save")

    def may(self, user):
        return roles.may_give_roles(user)

    def get_queryset(self):
        return super().get_queryset().filter(user__isnull=False)

    def get_initial(self):
        return {"role": self.object.user.role, "until": self.object.user.role_until}

    def decide(self, person, form):
        wanted = form.cleaned_data
        roles.give_role(person.user, wanted["role"], until=wanted["until"], actor=self.request.user, at=self.at)
        if person.user.role_until:
            return _("%(name)s is now: %(role)s, until %(date)s.") % {
                "name": person,
                "role": person.user.get_role_display(),
                "date": date_format(person.user.role_until, "j F Y"),
            }
        return _("%(name)s is now: %(role)s.") % {"name": person, "role": person.user.get_role_display()}
