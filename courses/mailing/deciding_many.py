"""The same for many letters: after a mail server was away for a week, nobody clicks two hundred times."""

from abc import abstractmethod

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from courses.desk_selection import NOTHING, Group, ManyView
from courses.mailing import handling
from courses.mailing.models import Letter
from courses.people import roles


class LettersView(ManyView):
    index_url_name = "letters:index"
    header_icon = "mail"
    heading = ""
    nobody = NOTHING

    def may(self, user):
        return roles.may_manage_people(user)

    def get_queryset(self):
        return Letter.objects.order_by("address", "pk")

    @abstractmethod
    def can(self, letter):
        """Whether it may be done with this letter."""

    @abstractmethod
    def do(self, letter):
        """Call the verb."""

    @abstractmethod
    def told(self, n):
        """The message for `n` letters."""

    def groups(self, answers):
        able, others = Group(self.heading), Group(_("Left alone"))
        for letter in self.rows:
            (able if self.can(letter) else others).rows.append((letter, letter.get_state_display()))
        return [able, others]

    def decide(self, answers):
        able = [letter for letter in self.rows if self.can(letter)]
        for letter in able:
            self.do(letter)
        if able:
            messages.success(self.request, self.told(len(able)))
        else:
            messages.warning(self.request, _("This can be done with none of these, so nothing changed."))


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
