"""The desk's list of people, with what they study, and the page of each."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from certificates.batches.desk import PrintPeopleView
from courses.desk_selection import Selectable
from courses.people.viewsets import PersonIndexView, PersonViewSet
from lms.desk.cohorts.people import AddToCohortView, InviteManyView, InviteView
from lms.desk.people.alike import SamePersonView
from lms.desk.people.cards import PrintCardsView, PrintCardView, StopCardView
from lms.desk.people.filters import PeopleFilters
from lms.desk.people.giving import AssignManyView, WithdrawManyView
from lms.desk.people.hearing import heard_in_words, with_last_heard
from lms.desk.people.merging import ChooseOtherView, MergeView, UnmergeView
from lms.desk.people.page import PersonPageView

HEARD = gettext_lazy("Last heard from")


class PeopleIndexView(Selectable, PersonIndexView):
    deeds = [
        AssignManyView, WithdrawManyView, AddToCohortView, InviteManyView, PrintCardsView, PrintPeopleView,
    ]  # fmt: skip
    custom_field_preprocess = {
        "heard_in_words": {PersonIndexView.FORMAT_CSV: str, PersonIndexView.FORMAT_XLSX: str}
    }

    def get_base_queryset(self):
        return with_last_heard(super().get_base_queryset())

    def get_edit_url(self, instance):
        """The name leads to the person's page; editing is a button there and in the row's menu."""
        return reverse("people:person", args=[instance.pk])

    def to_row_dict(self, item):
        item.heard_in_words = heard_in_words(item)
        return super().to_row_dict(item)


class PeopleViewSet(PersonViewSet):
    index_view_class = PeopleIndexView
    filterset_class = PeopleFilters
    person_url_name = "people:person"
    list_display = [
        *PersonViewSet.list_display,
        Column("heard_at", label=HEARD, accessor=heard_in_words, sort_key="heard_at"),
    ]
    list_export = [*PersonViewSet.list_export, "heard_in_words"]
    export_headings = {**PersonViewSet.export_headings, "heard_in_words": HEARD}

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", PersonPageView.as_view(), name="person"),
            path("<int:pk>/merge/", ChooseOtherView.as_view(), name="merge"),
            path("<int:pk>/merge/<int:into>/", MergeView.as_view(), name="merge_into"),
            path("unmerge/<int:pk>/", UnmergeView.as_view(), name="unmerge"),
            path("same/", SamePersonView.as_view(), name="same"),
            path("<int:pk>/card/", PrintCardView.as_view(), name="card"),
            path("<int:pk>/card/stop/", StopCardView.as_view(), name="card_stop"),
            path("cards/", PrintCardsView.as_view(), name="print_cards"),
            path("assign/", AssignManyView.as_view(), name="assign_many"),
            path("print/", PrintPeopleView.as_view(), name="print_many"),
            path("withdraw/", WithdrawManyView.as_view(), name="withdraw_many"),
            path("cohort/", AddToCohortView.as_view(), name="add_to_cohort"),
            path("invite/", InviteManyView.as_view(), name="invite_many"),
            path("invite/<int:pk>/", InviteView.as_view(), name="invite"),
        ]


person_viewset = PeopleViewSet()
