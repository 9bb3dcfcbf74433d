"""A course for many people at once, or taken from them: who gets it, who not, and why."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from courses.choices import EnrolmentState
from courses.desk_selection import Group, ManyView
from courses.enrolment.able import latest_enrolments, why_not
from courses.enrolment.desk_forms import CourseAndDayForm, CourseAndReasonForm
from courses.enrolment.enrolling import assign, end
from courses.people import roles
from courses.people.models import Person


class ManyPeopleView(ManyView):
    index_url_name = "people:index"
    header_icon = "user"
    looks_first = True

    def may(self, user):
        return roles.may_manage_people(user)

    def get_queryset(self):
        return Person.objects.visible_to(self.request.user).current().with_place().order_by("full_name", "pk")

    def groups(self, answers):
        if answers is None:
            return [Group(_("Chosen"), [(person, person.agency) for person in self.rows])]
        return self.plan(answers)

    def say_left_out(self, group):
        if group.rows:
            names = ", ".join(person.full_name for person, _why in group.rows)
            messages.warning(self.request, f"{group.heading}: {names}.")


class AssignManyView(ManyPeopleView):
    name = "assign"
    label = gettext_lazy("Assign a course…")
    url_name = "people:assign_many"
    form_class = CourseAndDayForm
    page_title = gettext_lazy("Assign a course")
    explanation = gettext_lazy(
        "Whoever studies the course already keeps what is done, and takes the new date if you give one."
    )
    button = gettext_lazy("Yes, assign")

    def plan(self, answers):
        gets, has, cannot = Group(_("Will get it")), Group(_("Have it already")), Group(_("Cannot get it"))
        latest = latest_enrolments(self.rows, answers["course"])
        today = timezone.localdate(self.at)
        for person in self.rows:
            last = latest.get(person.pk)
            why = why_not(person, last, today)
            if why:
                cannot.rows.append((person, why))
            elif last is not None and last.ended_at is None and last.state == EnrolmentState.ACTIVE:
                has.rows.append((person, self._note_on_date(last, answers["due_on"])))
            else:
                gets.rows.append((person, person.agency))
        return [gets, has, cannot]

    @staticmethod
    def _note_on_date(enrolment, due_on):
        if due_on:
            return _("takes the new date")
        if enrolment.due_on:
            return _("due on %(date)s, as before") % {"date": date_format(enrolment.due_on, "j F Y")}
        return _("without a date, as before")

    def decide(self, answers):
        gets, has, cannot = self.plan(answers)
        # Without a date nothing changes for those who have it.
        for person, _note in gets.rows + (has.rows if answers["due_on"] else []):
            assign(person, answers["course"], due_on=answers["due_on"], actor=self.request.user, at=self.at)
        if gets.rows:
            n = len(gets.rows)
            messages.success(
                self.request,
                ngettext("Assigned to %(n)d person.", "Assigned to %(n)d people.", n) % {"n": n},
            )
        if has.rows:
            n = len(has.rows)
            messages.success(
                self.request,
                ngettext("%(n)d person had it already.", "%(n)d people had it already.", n) % {"n": n},
            )
        self.say_left_out(cannot)


class WithdrawManyView(ManyPeopleView):
    name = "withdraw"
    label = gettext_lazy("Withdraw a course…")
    url_name = "people:withdraw_many"
    form_class = CourseAndReasonForm
    page_title = gettext_lazy("Withdraw a course")
    explanation = gettext_lazy(
        "They can no longer study it. What they have done stays on record, and you can assign it again."
    )
    button = gettext_lazy("Yes, withdraw")
    serious = True

    def plan(self, answers):
        ends, alone = Group(_("Will be withdrawn")), Group(_("Left alone, because they do not study it"))
        self.latest = latest_enrolments(self.rows, answers["course"])
        for person in self.rows:
            last = self.latest.get(person.pk)
            is_open = last is not None and last.ended_at is None
            (ends if is_open else alone).rows.append((person, person.agency))
        return [ends, alone]

    def decide(self, answers):
        ends, alone = self.plan(answers)
        done = 0
        for person, _note in ends.rows:
            ended = end(
                self.latest[person.pk],
                EnrolmentState.WITHDRAWN,
                reason=answers["reason"],
                actor=self.request.user,
                at=self.at,
            )
            done += ended.state == EnrolmentState.WITHDRAWN
        if done:
            messages.success(
                self.request,
                ngettext("Withdrawn from %(n)d person.", "Withdrawn from %(n)d people.", done) % {"n": done},
            )
        self.say_left_out(alone)
