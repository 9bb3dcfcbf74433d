"""The desk's list of who studies what. Rows are written by verbs alone."""

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from courses.choices import EnrolmentState
from courses.desk import ListedPolicy
from courses.desk_selection import Selectable
from courses.enrolment import deciding
from courses.enrolment.answering import AcceptManyView, DeclineManyView
from courses.enrolment.models import Enrolment


class EnrolmentIndexView(Selectable, generic.IndexView):
    deeds = [AcceptManyView, DeclineManyView]

    def get_base_queryset(self):
        return Enrolment.objects.select_related("person__agency", "course")

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("Assign a course"), url=reverse("enrolments:assign"), icon_name="plus")]

    def get_list_more_buttons(self, instance):
        if instance.may_study:
            return [MenuItem(_("Exceptions"), url=reverse("desk_exceptions", args=[instance.pk]))]
        if instance.state != EnrolmentState.REQUESTED:
            return []
        return [
            MenuItem(_("Accept"), url=reverse("enrolments:accept", args=[instance.pk])),
            MenuItem(_("Decline"), url=reverse("enrolments:decline", args=[instance.pk])),
        ]


class EnrolmentViewSet(ModelViewSet):
    model = Enrolment
    name = "enrolments"
    icon = "list-ul"
    menu_label = gettext_lazy("Who studies what")
    index_view_class = EnrolmentIndexView
    copy_view_enabled = False
    form_fields = []
    list_display = [
        # By its name alone: only then does Wagtail set the row's buttons under it.
        "person",
        Column("person.agency", label=gettext_lazy("Agency"), sort_key="person__agency__name"),
        Column("course", label=gettext_lazy("Course"), sort_key="course__title"),
        "state",
        "due_on",
        "started_at",
        "ended_at",
    ]
    list_filter = ["state", "course", "person__agency"]
    search_fields = ["person__full_name"]
    search_backend_name = None
    list_export = ["person", "person.agency", "course", "get_state_display", "due_on", "started_at", "ended_at"]
    export_filename = "enrolments"
    permission_policy = ListedPolicy(Enrolment)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),  # the list first: the menu leads to the first
            path("assign/", deciding.AssignView.as_view(), name="assign"),
            path("accept/<int:pk>/", deciding.AcceptView.as_view(), name="accept"),
            path("accept/", AcceptManyView.as_view(), name="accept_many"),
            path("decline/", DeclineManyView.as_view(), name="decline_many"),
            path("decline/<int:pk>/", deciding.DeclineView.as_view(), name="decline"),
        ]


enrolment_viewset = EnrolmentViewSet()
