"""Printing at the desk: the list of print runs, and printing what was ticked in a list."""

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from certificates.batches.making import print_selected
from certificates.batches.models import PrintRun
from certificates.batches.standing import STILL_COUNTS
from certificates.models import Certificate
from certificates.states import CertificateState
from courses.desk import DeskScreen
from courses.desk_selection import NOTHING, Group, ManyView
from courses.people.models import Person
from courses.people.roles import may_manage_certificates

PER_PAGE = 50


class PrintRunsView(DeskScreen, TemplateView):
    template_name = "certificates/desk/prints.html"
    page_title = gettext_lazy("Print runs")
    header_icon = "doc-full"

    def may(self, user):
        return may_manage_certificates(user)

    def get_context_data(self, **kwargs):
        words = self.request.GET.get("q", "").strip()[:100]
        runs = PrintRun.objects.filter(title__icontains=words) if words else PrintRun.objects.all()
        page = Paginator(runs, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(runs=page, words=words, **kwargs)


class PrintForm(forms.Form):
    duplicate = forms.BooleanField(
        label=gettext_lazy("Mark each page “Duplicate”, with today's date"),
        required=False,
        help_text=gettext_lazy("For sheets that were lost: the first one may still be somewhere."),
    )
    separate = forms.BooleanField(
        label=gettext_lazy("A separate file of each as well"),
        required=False,
        help_text=gettext_lazy("In one archive (zip). These are the stored files, without a mark."),
    )


class PrintManyView(ManyView):
    """One print run of the certificates of the rows. Give the list, and `certificates`."""

    name = "print"
    label = gettext_lazy("Print certificates…")
    form_class = PrintForm
    header_icon = "doc-full"
    page_title = gettext_lazy("Print certificates")
    explanation = gettext_lazy(
        "One file for the printer, a page each. Nothing is issued and no number changes. It is made in the "
        "background: you can leave the page and find it under Certificates, Print runs."
    )
    button = gettext_lazy("Print")
    run = None

    def may(self, user):
        return may_manage_certificates(user)

    def decide(self, answers):
        made = print_selected(
            [certificate for _row, certificate in self.plan()[0]],
            title=self.title(),
            actor=self.request.user,
            at=self.at,
            separate=answers["separate"],
            duplicate=answers["duplicate"],
        )
        self.run = made.run
        if made.run is None:
            messages.warning(self.request, _("There is nothing to print."))

    def groups(self, answers):
        printed, left_out = self.plan()
        return [
            Group(_("Will be printed"), [(row, one.number) for row, one in printed]),
            Group(_("Left out"), left_out),
        ]

    @property
    def back_url(self):
        return reverse("print_run", args=[self.run.uuid]) if self.run else super().back_url


class PrintCertificatesView(PrintManyView):
    url_name = "certificates:print_many"
    index_url_name = "certificates:index"
    nobody = NOTHING

    def get_queryset(self):
        return Certificate.objects.for_lists(timezone.localdate()).order_by("number")

    def plan(self):
        """([(row, certificate)], [(row, why not)])."""
        printed, left_out = [], []
        for one in self.rows:
            if one.state in STILL_COUNTS:
                printed.append((one.facts["name"], one))
            else:
                left_out.append((one.facts["name"], f"{one.number}, {CertificateState(one.state).label}"))
        return printed, left_out

    def title(self):
        n = len(self.rows)
        return ngettext("%(n)d from the list", "%(n)d from the list", n) % {"n": n}


class PrintPeopleView(PrintManyView):
    url_name = "people:print_many"
    index_url_name = "people:index"

    def get_queryset(self):
        return Person.objects.visible_to(self.request.user).current().order_by("full_name", "pk")

    def plan(self):
        latest = latest_of_people(self.rows, self.at)
        printed = [(person.full_name, latest[person.pk]) for person in self.rows if person.pk in latest]
        without = _("has no certificate in force")
        return printed, [(person.full_name, without) for person in self.rows if person.pk not in latest]

    def title(self):
        n = len(self.rows)
        return ngettext("Of %(n)d person", "Of %(n)d people", n) % {"n": n}


def latest_of_people(people, at, *, course=None):
    """{person id: the latest certificate in force}, also of records merged into theirs; of one course alone
    where it is given."""
    ids = [person.pk for person in people]
    rows = Certificate.objects.with_state(timezone.localdate(at)).filter(state=CertificateState.IN_FORCE)
    if course is not None:
        rows = rows.filter(completion__enrolment__course=course)
    mine = rows.filter(Q(person__in=ids) | Q(person__merged_into__in=ids))
    return {
        row.person.merged_into_id or row.person_id: row
        for row in mine.select_related("person").order_by("issued_at", "pk")
    }
