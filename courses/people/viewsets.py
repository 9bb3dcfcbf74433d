"""The desk's screens for people, agencies and sectors."""

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

from courses.audit import log
from courses.choices import Role
from courses.desk import KeptPolicy
from courses.people import deciding, roles
from courses.people.approving import approve
from courses.people.desk_forms import AgencyForm, PersonForm, SectorForm
from courses.people.models import Agency, Person, Sector
from courses.people.waiting import ApproveManyView, RefuseManyView, WaitingView, decisions


class PersonFilters(WagtailFilterSet):
    role = django_filters.ChoiceFilter(
        field_name="user__role",
        choices=Role.choices,
        label=gettext_lazy("Role"),
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Person
        fields = ["approval", "agency", "agency__sector", "post"]


class PersonIndexView(generic.IndexView):
    def get_base_queryset(self):
        return Person.objects.visible_to(self.request.user).current().with_place().select_related("user")

    def get_list_more_buttons(self, instance):
        edit = MenuItem(
            _("Edit"), url=reverse("people:edit", args=[instance.pk]), icon_name="edit", priority=10
        )
        buttons = [edit, *decisions(instance)]
        if roles.may_give_roles(self.request.user) and instance.role_label:
            buttons.append(MenuItem(_("Role"), url=reverse("people:role", args=[instance.pk]), priority=50))
        return buttons

    def as_spreadsheet(self, queryset, spreadsheet_format):
        log.record(
            "people exported",
            self.request.user,
            actor=self.request.user,
            at=timezone.now(),
            rows=queryset.count(),
            format=spreadsheet_format,
        )
        return super().as_spreadsheet(queryset, spreadsheet_format)


class PersonAddView(generic.CreateView):
    @transaction.atomic
    def save_instance(self):
        """Whom the focal point enters herself is approved by that."""
        person = super().save_instance()
        approve(person, actor=self.request.user, at=timezone.now())
        return person


class PersonViewSet(ModelViewSet):
    model = Person
    name = "people"
    icon = "user"
    menu_label = gettext_lazy("All people")
    index_view_class = PersonIndexView
    add_view_class = PersonAddView
    copy_view_enabled = False
    # Where a name leads.
    person_url_name = "people:edit"
    list_display = [
        "full_name",
        Column("agency", label=gettext_lazy("Agency"), sort_key="agency__name"),
        Column("path_sector", label=gettext_lazy("Sector")),
        Column("post", label=gettext_lazy("Post"), sort_key="post__name"),
        "approval",
        Column("role_label", label=gettext_lazy("Role")),
    ]
    filterset_class = PersonFilters
    search_fields = ["full_name", "service_number", "phone", "user__email", "contact_email"]
    search_backend_name = None
    ordering = "full_name"
    # Sheets go round: no sex, no service number in them.
    list_export = ["full_name", "agency", "path_sector", "post", "rank", "get_approval_display", "role_label"]
    export_headings = {
        "path_sector": gettext_lazy("Sector"),
        "get_approval_display": gettext_lazy("Approval"),
        "role_label": gettext_lazy("Role"),
    }
    export_filename = "people"
    permission_policy = KeptPolicy(Person)
    edit_handler = ObjectList(
        [
            FieldPanel("full_name"),
            MultiFieldPanel(
                [FieldPanel("agency"), FieldPanel("post"), FieldPanel("sector"), FieldPanel("rank")],
                heading=gettext_lazy("Work"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("service_number"),
                    FieldPanel("phone"),
                    FieldPanel("contact_email"),
                    FieldPanel("sex"),
                    FieldPanel("language"),
                ],
                heading=gettext_lazy("About the person"),
            ),
            FieldPanel("agency_on_certificate"),
            FieldPanel("left_on"),
        ],
        base_form_class=PersonForm,
    )

    def waiting_view(self, **kwargs):
        return WaitingView.as_view(person_url_name=self.person_url_name, **kwargs)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),  # the list first: the menu leads to the first
            path("waiting/", self.waiting_view(), name="waiting"),
            path("waiting/results/", self.waiting_view(results_only=True), name="waiting_results"),
            path("waiting/approve/", ApproveManyView.as_view(), name="approve_many"),
            path("waiting/refuse/", RefuseManyView.as_view(), name="refuse_many"),
            path("ask/<int:pk>/", deciding.AskView.as_view(), name="ask"),
            path("approve/<int:pk>/", deciding.ApproveView.as_view(), name="approve"),
            path("refuse/<int:pk>/", deciding.RefuseView.as_view(), name="refuse"),
            path("role/<int:pk>/", deciding.RoleView.as_view(), name="role"),
        ]


class AgencyIndexView(generic.IndexView):
    def get_base_queryset(self):
        return Agency.objects.select_related("sector")


class AgencyViewSet(ModelViewSet):
    model = Agency
    name = "agencies"
    index_view_class = AgencyIndexView
    icon = "home"
    menu_label = gettext_lazy("Agencies and posts")
    copy_view_enabled = False
    list_display = ["name", "short_name", "sector", "headcount", "retired"]
    list_filter = ["sector", "retired"]
    search_fields = ["name", "short_name"]
    search_backend_name = None
    permission_policy = KeptPolicy(Agency)
    edit_handler = ObjectList(Agency.panels, base_form_class=AgencyForm)


class SectorViewSet(ModelViewSet):
    model = Sector
    name = "sectors"
    icon = "tag"
    menu_label = gettext_lazy("Sectors")
    copy_view_enabled = False
    list_display = ["name", "code", "order", "retired"]
    permission_policy = KeptPolicy(Sector)
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("code"), FieldPanel("order"), FieldPanel("retired")],
        base_form_class=SectorForm,
    )


agency_viewset = AgencyViewSet()
sector_viewset = SectorViewSet()
