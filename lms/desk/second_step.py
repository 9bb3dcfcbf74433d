"""Taking away somebody's second step, when the telephone with the codes is lost."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.desk import DecideView
from courses.people import roles
from courses.people.desk_forms import ReasonForm
from courses.people.models import Person
from courses.people.unlocking import NotOneself, reset_second_step


class ResetSecondStepView(DecideView):
    page_title = gettext_lazy("Remove the second step")
    header_icon = "key"
    index_url_name = "people:index"
    form_class = ReasonForm
    explanation = gettext_lazy(
        "For somebody who lost the telephone and the recovery codes. Make sure who is asking: call back on a"
        " number you know. The second step is removed, every session ends, and at the next sign-in a new"
        " second step must be set up. The person gets a mail."
    )
    button = gettext_lazy("Yes, remove it")
    serious = True

    def may(self, user):
        return roles.is_administrator(user)

    def get_queryset(self):
        return Person.objects.visible_to(self.request.user).current().filter(user__isnull=False)

    def decide(self, person, form):
        try:
            had_one = reset_second_step(
                person.user, form.cleaned_data["reason"], actor=self.request.user, at=self.at
            )
        except NotOneself:
            raise PermissionDenied from None
        if had_one:
            return _("%(name)s has no second step now and is signed out everywhere.") % {"name": person}
        return _("%(name)s had no second step. Every session was ended.") % {"name": person}
