"""Requests to correct a name: the list, and the decision."""

from django import forms
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from certificates.correcting import decide_name
from courses.desk import DecideView, ListedPolicy
from courses.people.models import NameCorrection
from courses.people.roles import may_manage_certificates


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        choices=[
            ("accept", gettext_lazy("Accept: the name changes, and a certificate that carries it is replaced")),
            ("refuse", gettext_lazy("Refuse: nothing changes")),
        ],
    )


class DecideNameView(DecideView):
    form_class = DecisionForm
    index_url_name = "name-corrections:index"
    page_title = gettext_lazy("Correct a name")
    header_icon = "edit"
    explanation = gettext_lazy("Compare the name with an official document before you accept.")
    button = gettext_lazy("Save the decision")

    def may(self, user):
        return may_manage_certificates(user)

    def get_queryset(self):
        return NameCorrection.objects.filter(decided_at=None).select_related("person")

    def get_page_subtitle(self):
        return f"{self.object.person} → {self.object.wanted}"

    def decide(self, correction, form):
        accepted = form.cleaned_data["decision"] == "accept"
        decide_name(correction, accepted=accepted, actor=self.request.user, at=self.at)
        if accepted:
            return _("The name is now %(name)s.") % {"name": correction.wanted}
        return _("The request is refused. Nothing changed.")


class NameCorrectionIndexView(generic.IndexView):
    def get_base_queryset(self):
        return NameCorrection.objects.select_related("person")

    def get_list_more_buttons(self, instance):
        if instance.decided_at is not None:
            return []
        return [MenuItem(_("Decide"), url=reverse("name-corrections:decide", args=[instance.pk]))]


class NameCorrectionViewSet(ModelViewSet):
    model = NameCorrection
    name = "name-corrections"
    icon = "edit"
    menu_label = gettext_lazy("Name corrections")
    index_view_class = NameCorrectionIndexView
    copy_view_enabled = False
    form_fields = []
    list_display = [
        # By its name alone: only then does Wagtail set the row's buttons under it.
        "person",
        "wanted",
        "certificate_number",
        "asked_at",
        "accepted",
        "decided_by",
    ]
    list_filter = ["accepted"]
    permission_policy = ListedPolicy(NameCorrection)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),  # the list first: the menu leads to the first
            path("decide/<int:pk>/", DecideNameView.as_view(), name="decide"),
        ]


name_correction_viewset = NameCorrectionViewSet()
