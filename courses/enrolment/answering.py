"""Requests to start a course, answered many at once."""

from django.utils.translation import gettext_lazy, ngettext

from courses.choices import EnrolmentState
from courses.desk_selection import NOTHING, WhereAbleView
from courses.enrolment.enrolling import accept, end
from courses.enrolment.models import Enrolment
from courses.people import roles


class AnswerManyView(WhereAbleView):
    index_url_name = "enrolments:index"
    header_icon = "user"
    nobody = NOTHING
    left_alone = gettext_lazy("Left alone, because nothing is asked for")
    none = gettext_lazy("None of these is a request any more, so nothing changed.")

    def may(self, user):
        return roles.may_manage_people(user)

    def get_queryset(self):
        rows = Enrolment.objects.select_related("person", "course")
        return rows.order_by("person__full_name", "pk")

    def can(self, enrolment):
        return enrolment.state == EnrolmentState.REQUESTED

    def line(self, enrolment):
        course = enrolment.course
        asked = self.can(enrolment)
        return enrolment.person, course if asked else f"{course}, {enrolment.get_state_display()}"


class AcceptManyView(AnswerManyView):
    name = "accept"
    label = gettext_lazy("Accept requests…")
    url_name = "enrolments:accept_many"
    page_title = gettext_lazy("Accept these requests?")
    explanation = gettext_lazy("These people can start the course.")
    heading = gettext_lazy("Will be accepted")
    button = gettext_lazy("Yes, accept them")

    def do(self, enrolment):
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

    def do(self, enrolment):
        end(enrolment, EnrolmentState.REFUSED, actor=self.request.user, at=self.at)

    def told(self, n):
        return ngettext("%(n)d request was declined.", "%(n)d requests were declined.", n) % {"n": n}
