"""All certificates of a cohort in one print run."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from certificates.batches.desk import PrintForm, latest_of_people
from certificates.batches.making import print_selected
from courses.people.models import Person
from courses.people.roles import may_manage_certificates
from lms.desk.cohorts.deeds import CohortDeed


class PrintView(CohortDeed):
    page_title = gettext_lazy("Print certificates")
    form_class = PrintForm
    button = gettext_lazy("Print")
    run = None

    def may(self, user):
        return may_manage_certificates(user)

    @cached_property
    def certificates(self):
        """Of this course, in force, of those who are in the cohort; by number."""
        people = Person.objects.filter(pk__in=self.object.members.open().values("person__merged_into"))
        people = people | Person.objects.filter(pk__in=self.object.members.open().values("person"))
        found = latest_of_people(people, self.at, course=self.object.course)
        return sorted(found.values(), key=lambda one: one.number)

    @property
    def explanation(self):
        n = len(self.certificates)
        if not n:
            return _("Nobody in this cohort has a certificate of the course in force yet.")
        said = ngettext("%(n)d certificate is printed.", "%(n)d certificates are printed.", n) % {"n": n}
        return f"{said} {_('One file, a page each; nothing is issued and no number changes.')}"

    def get_back_url(self):
        return reverse("print_run", args=[self.run.uuid]) if self.run else super().get_back_url()

    def decide(self, cohort, form):
        self.run = print_selected(
            self.certificates,
            title=cohort.name,
            actor=self.request.user,
            at=self.at,
            separate=form.cleaned_data["separate"],
            duplicate=form.cleaned_data["duplicate"],
        ).run
        return _("They are being made.") if self.run else _("There is nothing to print.")
