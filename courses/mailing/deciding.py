"""Pages of the desk on which one letter is sent again, marked as come back, or set aside."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.choices import LetterState
from courses.desk import DecideView
from courses.mailing import handling
from courses.mailing.desk_forms import AddressForm, CameBackForm
from courses.mailing.models import TROUBLED, Letter
from courses.people import roles


class LetterView(DecideView):
    index_url_name = "letters:index"
    header_icon = "mail"

    def may(self, user):
        return roles.may_manage_people(user)

    def get_queryset(self):
        return Letter.objects.select_related("person__user")

    def decide(self, letter, form):
        try:
            return self.do(letter, form)
        except handling.NotSo:
            return _("Nothing changed: somebody has dealt with this letter meanwhile.")


class SendAgainView(LetterView):
    page_title = gettext_lazy("Send again")
    form_class = AddressForm
    button = gettext_lazy("Send it again")

    @property
    def explanation(self):
        if self.object.state == LetterState.UNCERTAIN:
            return _(
                "This letter was handed to the mail server, and no answer came. The person may have it "
                "already; sent again, they may get it twice."
            )
        return _("The same letter goes out once more, as it was written.")

    def get_queryset(self):
        return super().get_queryset().filter(state__in=TROUBLED).exclude(body="")

    def get_initial(self):
        person = self.object.person
        # Whoever has changed the address of their log-in meanwhile gets it there.
        return {"address": (person and person.email) or self.object.address}

    def do(self, letter, form):
        address = form.cleaned_data["address"]
        handling.send_again(letter, actor=self.request.user, at=self.at, address=address)
        return _("It is sent again to %(address)s now.") % {"address": address}


class CameBackView(LetterView):
    page_title = gettext_lazy("It came back")
    form_class = CameBackForm
    explanation = gettext_lazy(
        "Use this when a notice in the mailbox of the office says that the letter could not be delivered. "
        "It then stands among the letters that did not arrive."
    )
    button = gettext_lazy("Yes, it came back")

    def get_queryset(self):
        return super().get_queryset().filter(state__in=[LetterState.SENT, LetterState.UNCERTAIN])

    def do(self, letter, form):
        handling.came_back(letter, form.words, actor=self.request.user, at=self.at)
        return _("It is written down that the letter to %(address)s came back.") % {"address": letter.address}


class SetAsideView(LetterView):
    page_title = gettext_lazy("Set aside")
    explanation = gettext_lazy(
        "The letter stays in the list with what happened, and no longer counts as something to look at."
    )
    button = gettext_lazy("Set it aside")

    def get_queryset(self):
        return super().get_queryset().troubled()

    def do(self, letter, form):
        handling.set_aside(letter, actor=self.request.user, at=self.at)
        return _("Set aside.")
