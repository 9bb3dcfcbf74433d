"""The desk's list of letters: sent, waiting, or not arrived. Rows are written by verbs alone."""

import django_filters
from django import forms
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from courses.desk import ListedPolicy
from courses.desk_selection import Selectable
from courses.mailing import deciding
from courses.mailing.deciding_many import SendAgainManyView, SetAsideManyView
from courses.mailing.models import Letter
from courses.people.models import Person
from courses.people.visibility import same_as


class LetterFilters(WagtailFilterSet):
    """By the person when their page leads here, which says a number: a name would stand in the address."""

    person = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Person"),
        queryset=Person.objects.all(),
        widget=forms.HiddenInput,
        method="of_person",
    )

    class Meta:
        model = Letter
        fields = ["state"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.data.get("person"):
            del self.filters["person"]  # nobody is chosen here

    def of_person(self, letters, name, person):
        return letters.filter(person__in=same_as(person))


class LetterIndexView(Selectable, generic.IndexView):
    deeds = [SendAgainManyView, SetAsideManyView]

    def get_base_queryset(self):
        return Letter.objects.select_related("person").defer("attachments").troubled_first()

    def get_list_more_buttons(self, instance):
        deeds = [
            (instance.may_be_sent_again, _("Send again"), "letters:again"),
            (instance.may_have_come_back, _("It came back"), "letters:came_back"),
            (instance.is_troubled, _("Set aside"), "letters:aside"),
        ]
        return [MenuItem(label, url=reverse(name, args=[instance.pk])) for can, label, name in deeds if can]


class LetterViewSet(ModelViewSet):
    model = Letter
    name = "letters"
    icon = "mail"
    menu_label = gettext_lazy("Letters")
    index_view_class = LetterIndexView
    copy_view_enabled = False
    form_fields = []
    list_display = [
        # By its name alone: only then does Wagtail set the row's buttons under it.
        "address",
        Column("person", label=gettext_lazy("Person"), sort_key="person__full_name"),
        "subject",
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
        Column("answer", label=gettext_lazy("What the mail server said")),
        DateColumn("posted_at", label=gettext_lazy("Written"), sort_key="posted_at"),
    ]
    filterset_class = LetterFilters
    search_fields = ["address", "person__full_name"]
    search_backend_name = None
    permission_policy = ListedPolicy(Letter)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),  # the list first: the menu leads to the first
            path("again/<int:pk>/", deciding.SendAgainView.as_view(), name="again"),
            path("again/", SendAgainManyView.as_view(), name="again_many"),
            path("came-back/<int:pk>/", deciding.CameBackView.as_view(), name="came_back"),
            path("aside/<int:pk>/", deciding.SetAsideView.as_view(), name="aside"),
            path("aside/", SetAsideManyView.as_view(), name="aside_many"),
        ]


letter_viewset = LetterViewSet()
