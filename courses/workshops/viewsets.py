"""The desk's screens for workshops and their topics."""

import django_filters
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from courses.choices import WorkshopKind, WorkshopState
from courses.desk import KeptPolicy
from courses.workshops import changing, deciding, panels, planning
from courses.workshops.desk_forms import TopicForm
from courses.workshops.models import Session, Workshop, WorkshopTopic
from courses.workshops.wording import days_in_words, places_in_words, state_in_words

DAYS = gettext_lazy("Days")
STATE = gettext_lazy("State")
COMING = gettext_lazy("Registered")
TEACHERS = gettext_lazy("Facilitators")
RUN = gettext_lazy("Run it: people, prints, door")
# The state in which each kind begins: what others gave is recorded when it is over.
BEGINS = {
    WorkshopKind.WORKSHOP: WorkshopState.PLANNED,
    WorkshopKind.ELSEWHERE: WorkshopState.OPEN,
    WorkshopKind.AWARENESS: WorkshopState.CLOSED,
}


def _years():
    return [(day.year, str(day.year)) for day in Session.objects.datetimes("starts_at", "year", order="DESC")]


class WorkshopFilters(WagtailFilterSet):
    year = django_filters.ChoiceFilter(
        label=gettext_lazy("Year"), choices=_years, empty_label=gettext_lazy("All"), method="by_year"
    )

    class Meta:
        model = Workshop
        fields = ["state", "kind", "topic", "district"]

    def by_year(self, queryset, name, value):
        return queryset.filter(pk__in=Session.objects.filter(starts_at__year=value).values("workshop_id"))


class WorkshopIndexView(generic.IndexView):
    def get_base_queryset(self):
        found = Workshop.objects.with_days().with_counts().select_related("topic")
        return found.prefetch_related("facilitators")

    @cached_property
    def header_more_buttons(self):
        return [
            *super().header_more_buttons,
            HeaderButton(
                _("Record training by another body"), url=reverse("workshops:add_elsewhere"), icon_name="plus"
            ),
            HeaderButton(
                _("Record an awareness event"), url=reverse("workshops:add_awareness"), icon_name="plus"
            ),
        ]

    def get_list_more_buttons(self, instance):
        buttons = [MenuItem(_("Edit"), url=reverse("workshops:edit", args=[instance.pk]), icon_name="edit")]
        if instance.kind != WorkshopKind.AWARENESS:
            run = reverse("workshop", args=[instance.uuid])
            buttons.insert(0, MenuItem(RUN, url=run, icon_name="calendar-alt"))
        if instance.kind == WorkshopKind.WORKSHOP:
            buttons += [
                MenuItem(label, url=reverse(name, args=[instance.pk]), icon_name=icon)
                for label, name, icon, states in DEEDS
                if instance.state in states
            ]
        return buttons

    def to_row_dict(self, item):
        item.days = days_in_words(item.starts_at, item.ends_at)
        item.state_label = state_in_words(item)
        return super().to_row_dict(item)


DEEDS = [
    (gettext_lazy("Open for registration"), "workshops:open", "check", [WorkshopState.PLANNED]),
    (gettext_lazy("Copy this workshop"), "workshops:duplicate", "copy", WorkshopState.values),
    (gettext_lazy("Cancel"), "workshops:cancel", "cross", planning.MAY_BE_CANCELLED),
    (gettext_lazy("Take up again"), "workshops:resume", "rotate", [WorkshopState.CANCELLED]),
]


class ByKind:
    """The form of a kind: its panel says which fields there are and which form checks them."""

    def get_panel(self):
        self.form_class = None
        return panels.BOUND[self.get_kind()]

    def get_success_buttons(self):
        buttons = super().get_success_buttons()
        if self.object.kind == WorkshopKind.AWARENESS:
            return buttons
        return [messages.button(reverse("workshop", args=[self.object.uuid]), RUN), *buttons]


class WorkshopAddView(ByKind, generic.CreateView):
    kind = WorkshopKind.WORKSHOP

    def get_kind(self):
        return self.kind

    def get_add_url(self):
        name = "add" if self.kind == WorkshopKind.WORKSHOP else f"add_{self.kind}"
        return reverse(f"workshops:{name}")

    def get_page_subtitle(self):
        return WorkshopKind(self.kind).label

    def get_initial_form_instance(self):
        closed_at = timezone.now() if BEGINS[self.kind] == WorkshopState.CLOSED else None
        return Workshop(kind=self.kind, state=BEGINS[self.kind], closed_at=closed_at)


class WorkshopEditView(ByKind, generic.EditView):
    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if self.object.kind == WorkshopKind.AWARENESS:
            return buttons
        run = reverse("workshop", args=[self.object.uuid])
        return [*buttons, HeaderButton(RUN, url=run, icon_name="calendar-alt")]

    def get_kind(self):
        # Asked before the view knows its row.
        kind = Workshop.objects.filter(pk=self.kwargs["pk"]).values_list("kind", flat=True).first()
        return kind or WorkshopKind.WORKSHOP

    def save_instance(self):
        before = changing.plan_of(self.object.pk)
        workshop = super().save_instance()
        changing.tell_of_change(workshop.pk, before, actor=self.request.user, at=timezone.now())
        return workshop


class WorkshopViewSet(ModelViewSet):
    model = Workshop
    name = "workshops"
    icon = "calendar-alt"
    menu_label = gettext_lazy("All workshops")
    index_view_class = WorkshopIndexView
    add_view_class = WorkshopAddView
    edit_view_class = WorkshopEditView
    copy_view_enabled = False
    list_display = [
        "title",
        Column("topic", label=gettext_lazy("Topic"), sort_key="topic__name"),
        Column(
            "days",
            label=DAYS,
            accessor=lambda row: days_in_words(row.starts_at, row.ends_at),
            sort_key="starts_at",
        ),
        Column("place", label=gettext_lazy("Place")),
        Column("state", label=STATE, accessor=state_in_words, sort_key="state"),
        Column("coming", label=COMING, accessor=places_in_words),
        Column("facilitator_names", label=TEACHERS),
    ]
    filterset_class = WorkshopFilters
    search_fields = ["title", "venue", "topic__name"]
    search_backend_name = None
    ordering = "-starts_at"
    # No note of the office in it: sheets go round.
    list_export = [
        "title",
        "topic",
        "get_kind_display",
        "days",
        "venue",
        "get_district_display",
        "state_label",
        "coming",
        "waiting",
        "capacity",
        "facilitator_names",
        "partner",
        "funder",
        "headcount",
        "headcount_women",
    ]
    export_headings = {
        "get_kind_display": gettext_lazy("Kind"),
        "days": DAYS,
        "get_district_display": gettext_lazy("District"),
        "state_label": STATE,
        "coming": COMING,
        "waiting": gettext_lazy("Waiting"),
        "facilitator_names": TEACHERS,
    }
    export_filename = "sessions"
    permission_policy = KeptPolicy(Workshop)
    edit_handler = panels.PANELS[WorkshopKind.WORKSHOP]

    def _add_view_of(self, kind):
        return self.construct_view(self.add_view_class, **self.get_add_view_kwargs(), kind=kind)

    def get_urlpatterns(self):
        elsewhere, awareness = WorkshopKind.ELSEWHERE, WorkshopKind.AWARENESS
        return [
            *super().get_urlpatterns(),  # the list first: the menu leads to the first
            path("new/elsewhere/", self._add_view_of(elsewhere), name="add_elsewhere"),
            path("new/awareness/", self._add_view_of(awareness), name="add_awareness"),
            path("open/<int:pk>/", deciding.OpenView.as_view(), name="open"),
            path("cancel/<int:pk>/", deciding.CancelView.as_view(), name="cancel"),
            path("resume/<int:pk>/", deciding.ResumeView.as_view(), name="resume"),
            path("duplicate/<int:pk>/", deciding.CopyView.as_view(), name="duplicate"),
        ]


class TopicViewSet(ModelViewSet):
    model = WorkshopTopic
    name = "workshop-topics"
    icon = "tag"
    menu_label = gettext_lazy("Topics")
    copy_view_enabled = False
    list_display = ["name", "retired"]
    list_filter = ["retired"]
    search_fields = ["name"]
    search_backend_name = None
    permission_policy = KeptPolicy(WorkshopTopic)
    edit_handler = ObjectList([FieldPanel("name"), FieldPanel("retired")], base_form_class=TopicForm)


workshop_viewset = WorkshopViewSet()
topic_viewset = TopicViewSet()
