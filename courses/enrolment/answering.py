"""Requests to start a course, answered many at once."""

from abc import abstractmethod

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from courses.choices import EnrolmentState
from courses.desk_selection import NOTHING, Group, ManyView
from courses.enrolment.enrolling import accept, end
from courses.enrolment.models import Enrolment
from courses.people import roles


class AnswerManyView(ManyView):
    index_url_name = "enrolments:index"
    header_icon = "user"
    heading = ""
    nobody = NOTHING

    def may(self, user):
        return roles.may_manage_people(user)

    def get_queryset(self):
        rows = Enrolment.objects.select_related("person", "course")
        return rows.order_by("person__full_name", "pk")

    @abstractmethod
    def answer(self, enrolment):
        """Call the verb for one that was still asked for."""

    @abstractmethod
    def told(self, n):
        """The message for `n` requests."""

    def groups(self, answers):
        asked, others = Group(self.heading), Group(_("Left alone, because nothing is asked for"))
        for enrolment in self.rows:
            is_asked = enrolment.state == EnrolmentState.REQUESTED
            note = enrolment.course if is_asked else f"{enrolment.course}, {enrolment.get_state_display()}"
            (asked if is_asked else others).rows.append((enrolment.person, note))
        return [asked, others]

    def decide(self, answers):
        asked = [enrolment for enrolment in self.rows if enrolment.state == EnrolmentState.REQUESTED]
        for enrolment in asked:
            self.answer(enrolment)
        if asked:
            messages.success(self.request, self.told(len(asked)))
        else:
            messages.warning(self.request, _("None of these is a request any more, so nothing changed."))


class AcceptManyView(AnswerManyView):
    name = "accept"
    label = gettext_lazy("Accept requests…")
    url_name = "enrolments:accept_many"
    page_title = gettext_lazy("Accept these requests?")
    explanation = gettext_lazy("These people can start the course.")
    heading = gettext_lazy("Will be accepted")
    button = gettext_lazy("Yes, accept them")

    def answer(self, enrolment):
        accept(enrolment, actor=self.request.user, at=self.at)

    def told(self, n):
        return ngettext("%(n)d request was accepted.", "%(n)d requests were accepted.", n) % {"n": n}


class DeclineManyView(AnswerManyView):
    name = "decline"
    label = gettext_lazy("Decline requests…")
    url_name = "enrolments:decline_many"
    page_title = gettext_lazy("Decline these requests?")
    explanation = gettext_lazy("These people cannot start the course. They may ask again.")
    heading = gettext_lazy("Will be declined")
    button = gettext_lazy("Yes, decline them")
    serious = True

    def answer(self, enrolment):
        end(enrolment, EnrolmentState.REFUSED, actor=self.request.user, at=self.at)

    def told(self, n):
        return ngettext("%(n)d request was declined.", "%(n)d requests were declined.", n) % {"n": n}
