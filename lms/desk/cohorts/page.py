"""One cohort at the desk: who is in it and how far, what was written to them, who is invited."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin.widgets import Button
from wagtail.admin.widgets.button import HeaderButton

from courses import spreadsheets
from courses.audit import log
from courses.desk import DeskScreen
from courses.enrolment.cohorts import Cohort
from courses.people import roles
from courses.qr import qr_code
from lms.cohorts import standing
from lms.cohorts.looking import rows_for, table_of
from lms.desk.cohorts.states import may_be_resent, state_in_words

INVITATIONS_SHOWN = 50
MESSAGES_SHOWN = 20


def cohort_of(request, pk):
    if not roles.may_manage_people(request.user):
        raise PermissionDenied
    return get_object_or_404(Cohort.objects.select_related("course", "facilitator"), pk=pk)


class CohortScreen(DeskScreen):
    """A screen about one cohort."""

    header_icon = "group"

    def may(self, user):
        return roles.may_manage_people(user)

    def prepare(self, **kwargs):
        self.object = cohort_of(self.request, kwargs["pk"])
        self.at = timezone.now()

    def get_back_url(self):
        return reverse("cohorts:cohort", args=[self.object.pk])


class CohortPageView(CohortScreen, TemplateView):
    template_name = "lms/desk/cohorts/cohort.html"

    def get_page_title(self):
        return self.object.name

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("cohorts:index"), "label": gettext_lazy("Cohorts")},
            {"url": "", "label": self.get_page_title()},
        ]

    def _url(self, name):
        return reverse(f"cohorts:{name}", args=[self.object.pk])

    @cached_property
    def header_buttons(self):
        return [
            HeaderButton(_("Edit"), url=self._url("edit"), icon_name="edit"),
            HeaderButton(_("Write to them"), url=self._url("message"), icon_name="mail"),
        ]

    @cached_property
    def header_more_buttons(self):
        if self.object.is_closed:
            return [Button(_("Open again"), url=self._url("reopen"))]
        return [
            Button(_("Change the due date"), url=self._url("due")),
            Button(_("New code"), url=self._url("code")),
            Button(_("Close the cohort"), url=self._url("close")),
        ]

    def get_context_data(self, **kwargs):
        cohort = self.object
        invitations = cohort.invitations.select_related("letter")[:INVITATIONS_SHOWN]
        return super().get_context_data(
            cohort=cohort,
            messages_sent=cohort.messages.all()[:MESSAGES_SHOWN],
            invitations=[
                (one, state_in_words(one, self.at), may_be_resent(one, self.at)) for one in invitations
            ],
            query=self.request.GET.urlencode(),
            **table_of(cohort, self.request.GET, day=timezone.localdate(self.at)),
            **kwargs,
        )


@require_safe
def sheet(request, pk, file_format):
    """The rows of the table that fit, all of them."""
    cohort, at, language = cohort_of(request, pk), timezone.now(), get_language()
    answers = {"csv": spreadsheets.csv_response, "xlsx": spreadsheets.xlsx_response}
    if file_format not in answers:
        raise Http404
    _form, _every, rows = rows_for(cohort, request.GET, day=timezone.localdate(at))
    log.record("cohort exported", cohort, actor=request.user, at=at, rows=len(rows), format=file_format)
    headings = [str(heading) for heading in standing.HEADINGS]
    return answers[file_format](f"people-{timezone.localdate(at):%Y-%m-%d}", headings, _lines(rows, language))


def _lines(rows, language):
    for row in rows:
        # When it is sent, the request's language is forgotten.
        with override(language):
            cells = standing.cells(row)
        yield cells


@require_safe
def poster(request, pk):
    """A sheet for the wall: the code, the address and a QR code, under the neutral name of the course."""
    cohort = cohort_of(request, pk)
    context = {
        "cohort": cohort,
        "address": cohort.join_address.split("://", 1)[-1],
        "qr": qr_code(cohort.join_address),
    }
    return render(request, "lms/desk/cohorts/poster.html", context)
