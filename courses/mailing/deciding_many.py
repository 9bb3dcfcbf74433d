"""The same for many letters: after a mail server was away for a week, nobody clicks two hundred times."""

from django.utils.translation import gettext_lazy, ngettext

from courses.desk_selection import NOTHING, WhereAbleView
from courses.mailing import handling
from courses.mailing.models import Letter
from courses.people import roles


class LettersView(WhereAbleView):
    index_url_name = "letters:index"
    header_icon = "mail"
    nobody = NOTHING
    none = gettext_lazy("This can be done with none of these, so nothing changed.")

    def may(self, user):
        return roles.may_manage_people(user)

    def get_queryset(self):
        return Letter.objects.order_by("address", "pk")

    def line(self, letter):
        return letter, letter.get_state_display()


class SendAgainManyView(LettersView):
    name = "again"
    label = gettext_lazy("Send again…")
    url_name = "letters:again_many"
    page_title = gettext_lazy("Send these letters again?")
    explanation = gettext_lazy(
        "Each goes to the same address once more. Where it is not known whether it was sent, the person may "
        "get it twice."
    )
    heading = gettext_lazy("Will be sent again")
    button = gettext_lazy("Yes, send them again")

    def can(self, letter):
        return letter.may_be_sent_again

    def do(self, letter):
        handling.send_again(letter, actor=self.request.user, at=self.at)

    def told(self, n):
        return ngettext("%(n)d letter is sent again now.", "%(n)d letters are sent again now.", n) % {"n": n}


class SetAsideManyView(LettersView):
    name = "aside"
    label = gettext_lazy("Set aside…")
    url_name = "letters:aside_many"
    page_title = gettext_lazy("Set these letters aside?")
    explanation = gettext_lazy("They stay in the list, and no longer count as something to look at.")
    heading = gettext_lazy("Will be set aside")
    button = gettext_lazy("Yes, set them aside")

    def can(self, letter):
        return letter.is_troubled

    def do(self, letter):
        handling.set_aside(letter, actor=self.request.user, at=self.at)

    def told(self, n):
        return ngettext("%(n)d letter was set aside.", "%(n)d letters were set aside.", n) % {"n": n}
