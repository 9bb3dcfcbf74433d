"""The supervisor's page: where the own agency's people stand. The desk chooses the agency."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_safe

from courses import spreadsheets
from courses.audit import log
from courses.catalogue.models import Course
from courses.people import roles
from courses.people.models import Agency, Post
from lms.reports import team
from lms.reports.pages.frame import tabs
from lms.reports.tables import sheet_name

ROWS_A_PAGE = 50


class AgencyForm(forms.Form):
    agency = forms.ModelChoiceField(Agency.objects.all(), label=_("Agency"), empty_label=_("choose"))


class TeamForm(forms.Form):
    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    course = forms.ModelChoiceField(
        Course.objects.all(), label=_("Course"), required=False, empty_label=_("every course")
    )
    post = forms.ModelChoiceField(
        Post.objects.none(), label=_("Post"), required=False, empty_label=_("every post")
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("every status")), *team.Status.choices]
    )
    due = forms.ChoiceField(label=_("Dates"), required=False, choices=[("", _("all")), *team.Due.choices])

    def __init__(self, data, *, agency):
        super().__init__(data)
        self.fields["post"].queryset = agency.posts.order_by("name")
        # What is no choice of this agency narrows nothing and widens nothing.
        self.is_valid()
        self.wanted = self.cleaned_data

    @property
    def narrows(self):
        return any(self.wanted.values())


def _agency_of(request):
    """The agency whose people this log-in may see now, or None. For a supervisor no parameter counts."""
    if not roles.may_see_figures(request.user):
        raise PermissionDenied
    if roles.may_see_every_figure(request.user):
        form = AgencyForm(request.GET)
        return form.cleaned_data["agency"] if form.is_valid() else None
    person = request.user.person
    return person and person.agency


def _rows(form, agency, day):
    """(rows of every status, those of the status asked for)."""
    wanted = form.wanted
    rows = team.narrowed(
        team.team(agency, day, course=wanted.get("course")),
        day,
        post=wanted.get("post"),
        due=wanted.get("due"),
        words=wanted.get("q"),
    )
    return rows, rows.filter(status=wanted["status"]) if wanted.get("status") else rows


@require_safe
@login_required
def people(request):
    agency, day = _agency_of(request), timezone.localdate()
    context = {"agency": agency, "tabs": tabs(request)}
    if roles.may_see_every_figure(request.user):
        context["chooser"] = AgencyForm(initial={"agency": agency})
    if agency is not None:
        form = TeamForm(request.GET, agency=agency)
        every, rows = _rows(form, agency, day)
        listing = Paginator(team.with_last_heard(rows), ROWS_A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "form": form,
            "headings": team.HEADINGS,
            "listing": listing,
            "rows": [(team.cells(row), team.is_overdue(row, day)) for row in listing],
            "totals": team.totals(every),
            "day": day,
        }
    return render(request, "lms/reports/people.html", context)


@require_GET
@login_required
def people_sheet(request):
    """The rows of the page as a sheet, all of them."""
    agency, day = _agency_of(request), timezone.localdate()
    if agency is None:
        raise PermissionDenied
    _every, rows = _rows(TeamForm(request.GET, agency=agency), agency, day)
    log.record(
        "people of an agency exported",
        agency,
        actor=request.user,
        at=timezone.now(),
        rows=rows.count(),
        format="csv",
    )
    headings = [str(heading) for heading in team.HEADINGS]
    return spreadsheets.csv_response(sheet_name("people"), headings, _sheet(rows, get_language()))


def _sheet(rows, language):
    for row in team.with_last_heard(rows).iterator(chunk_size=500):
        # When it is sent, the request's language is forgotten.
        with override(language):
            cells = team.cells(row)
        yield cells
