"""The desk's screens for the national directory and for who signs."""

import django_filters
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from courses.desk import KeptPolicy
from courses.desk_selection import Selectable
from courses.directory.checked import CheckedManyView
from courses.directory.forms import SignatoryForm
from courses.directory.models import Entry, Signatory


class EntryFilters(WagtailFilterSet):
    checked = django_filters.ChoiceFilter(
        label=gettext_lazy("Checked in the last year"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        empty_label=gettext_lazy("All"),
        method="by_check",
    )

    class Meta:
        model = Entry
        fields = ["role", "post"]

    def by_check(self, queryset, name, value):
        unchecked = queryset.unchecked(timezone.localdate())
        return unchecked if value == "no" else queryset.exclude(pk__in=unchecked.values("pk"))


class EntryIndexView(Selectable, IndexView):
    deeds = [CheckedManyView]


class EntryViewSet(ModelViewSet):
    model = Entry
    index_view_class = EntryIndexView
    name = "directory"
    icon = "list-ul"
    menu_label = gettext_lazy("Directory")
    menu_order = 40
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["name", "role", "post", "phone", "free_all_hours", "checked_on"]
    filterset_class = EntryFilters
    search_fields = ["name", "phone", "email"]
    search_backend_name = None
    list_export = ["get_role_display", "post", "name", "phone", "email", "note", "free_all_hours", "checked_on"]
    export_filename = "directory"

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("checked/", CheckedManyView.as_view(), name="checked_many")]


class SignatoryViewSet(ModelViewSet):
    model = Signatory
    name = "signatories"
    icon = "edit"
    menu_label = gettext_lazy("Who signs")
    menu_order = 50
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["name", "title", "mandate_from", "mandate_to", "checked_on"]
    permission_policy = KeptPolicy(Signatory)
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("title"),
            MultiFieldPanel(
                [FieldPanel("mandate_from"), FieldPanel("mandate_to")], heading=gettext_lazy("Mandate")
            ),
            MultiFieldPanel(
                [
                    FieldPanel("image"),
                    FieldPanel("remove_image"),
                    FieldPanel("consent_on"),
                    FieldPanel("consent_note"),
                ],
                heading=gettext_lazy("Signature"),
            ),
            FieldPanel("checked_on"),
        ],
        base_form_class=SignatoryForm,
    )


entry_viewset = EntryViewSet()
signatory_viewset = SignatoryViewSet()
