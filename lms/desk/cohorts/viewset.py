"""The desk's list of cohorts, and the addresses of everything about one."""

import django_filters
from django.db import transaction
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from courses.desk import KeptPolicy
from courses.enrolment.cohorts import Cohort
from courses.enrolment.grouping import open_cohort
from lms.desk.cohorts import deeds, inviting
from lms.desk.cohorts.forms import CohortForm
from lms.desk.cohorts.page import CohortPageView, poster, sheet
from lms.desk.cohorts.printing import PrintView

STATES = [("open", gettext_lazy("Open")), ("closed", gettext_lazy("Closed"))]


class CohortFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=STATES, empty_label=gettext_lazy("All"), method="by_state"
    )

    class Meta:
        model = Cohort
        fields = ["course"]

    def by_state(self, cohorts, name, value):
        return cohorts.filter(closed_at__isnull=value == "open")


class CohortIndexView(generic.IndexView):
    def get_base_queryset(self):
        return Cohort.objects.with_size().select_related("course", "facilitator")

    def get_edit_url(self, instance):
        """The name leads to the cohort's page; editing is a button there and in the row's menu."""
        return reverse("cohorts:cohort", args=[instance.pk])

    def get_list_more_buttons(self, instance):
        return [MenuItem(_("Edit"), url=reverse("cohorts:edit", args=[instance.pk]), icon_name="edit")]


class CohortAddView(generic.CreateView):
    @transaction.atomic
    def save_instance(self):
        cohort = self.form.save(commit=False)
        return open_cohort(cohort, actor=self.request.user, at=timezone.now())

    def get_success_url(self):
        return reverse("cohorts:cohort", args=[self.object.pk])


class CohortEditView(generic.EditView):
    def get_success_url(self):
        return reverse("cohorts:cohort", args=[self.object.pk])


def state_of(cohort):
    if cohort.is_closed:
        return _("Closed")
    return _("Open, people may join") if cohort.joining_open else _("Open")


class CohortViewSet(ModelViewSet):
    model = Cohort
    name = "cohorts"
    icon = "group"
    menu_label = gettext_lazy("Cohorts")
    index_view_class = CohortIndexView
    add_view_class = CohortAddView
    edit_view_class = CohortEditView
    copy_view_enabled = False
    list_display = [
        "name",
        Column("course", label=gettext_lazy("Course"), sort_key="course__title"),
        Column("facilitator", label=gettext_lazy("Facilitator"), sort_key="facilitator__full_name"),
        Column("size", label=gettext_lazy("People"), sort_key="size"),
        "due_on",
        Column("state", label=gettext_lazy("State"), accessor=state_of),
    ]
    filterset_class = CohortFilters
    search_fields = ["name", "facilitator__full_name"]
    search_backend_name = None
    permission_policy = KeptPolicy(Cohort)
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("course"),
            MultiFieldPanel(
                [FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("due_on")],
                heading=gettext_lazy("Dates"),
            ),
            FieldPanel("facilitator"),
            FieldPanel("joining_open"),
            FieldPanel("note"),
        ],
        base_form_class=CohortForm,
    )

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),  # the list first: the menu leads to the first
            path("<int:pk>/", CohortPageView.as_view(), name="cohort"),
            path("<int:pk>/poster/", poster, name="poster"),
            path("<int:pk>/sheet/<slug:file_format>/", sheet, name="sheet"),
            path("<int:pk>/print/", PrintView.as_view(), name="print"),
            path("<int:pk>/due/", deeds.DueView.as_view(), name="due"),
            path("<int:pk>/message/", deeds.MessageView.as_view(), name="message"),
            path("<int:pk>/code/", deeds.CodeView.as_view(), name="code"),
            path("<int:pk>/close/", deeds.CloseView.as_view(), name="close"),
            path("<int:pk>/reopen/", deeds.ReopenView.as_view(), name="reopen"),
            path("<int:pk>/invite/", inviting.InviteIntoView.as_view(), name="invite"),
            path("members/<int:pk>/remove/", deeds.RemoveView.as_view(), name="remove"),
        ]


cohort_viewset = CohortViewSet()
