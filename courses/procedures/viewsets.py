"""The desk's lists and forms for procedures and the draft of an edition."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from courses.desk import KeptPolicy
from courses.procedures.models import Procedure, ProcedureEdition


class ProcedureIndexView(IndexView):
    def get_edit_url(self, instance):
        return reverse("desk_procedure", args=[instance.pk])


class ProcedureViewSet(ModelViewSet):
    model = Procedure
    index_view_class = ProcedureIndexView
    name = "procedures"
    icon = "list-ol"
    menu_label = _("Procedures")
    menu_order = 800
    copy_view_enabled = False
    permission_policy = KeptPolicy(Procedure)
    list_display = ["name", "in_force", "is_model"]
    search_fields = ["name"]
    search_backend_name = None
    panels = [FieldPanel("name"), FieldPanel("is_model")]


class DraftEditView(EditView):
    """Only a draft is written; a published edition leads to the page of its procedure."""

    def dispatch(self, request, *args, **kwargs):
        edition = self.get_object()
        if not edition.is_draft:
            return redirect("desk_procedure", edition.procedure_id)
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self):
        return reverse("desk_procedure", args=[self.object.procedure_id])


class EditionPolicy(KeptPolicy):
    """Begun, published and thrown away by verbs; only the words of a draft are written in a form."""

    refused = {"add", "delete"}


class ProcedureEditionViewSet(ModelViewSet):
    model = ProcedureEdition
    edit_view_class = DraftEditView
    name = "procedure_editions"
    icon = "list-ol"
    copy_view_enabled = False
    inspect_view_enabled = False
    permission_policy = EditionPolicy(ProcedureEdition)
    list_display = ["procedure", "label", "state", "in_force_from"]
    search_fields = ["label"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("label"), FieldPanel("in_force_from"), FieldPanel("source")], heading=_("Edition")
            ),
            InlinePanel(
                "wordings",
                heading=_("Clauses"),
                label=_("Clause"),
                panels=[
                    FieldPanel("number"),
                    FieldPanel("title"),
                    FieldPanel("text"),
                    FieldPanel("steps"),
                    FieldPanel("role"),
                    FieldPanel("time_limit"),
                    FieldPanel("sectors"),
                ],
            ),
        ]
    )


procedure_viewset = ProcedureViewSet()
procedure_edition_viewset = ProcedureEditionViewSet()
