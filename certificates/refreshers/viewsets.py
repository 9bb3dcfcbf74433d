"""The desk's form for the words of a refresher call. It is raised by publishing, and sent by a verb."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.model import ModelViewSet

from certificates.refreshers.models import RefresherCall
from courses.desk import KeptPolicy


class CallEditView(EditView):
    """Only a draft is written; a call that was sent leads to its page."""

    def dispatch(self, request, *args, **kwargs):
        call = self.get_object()
        if not call.is_draft:
            return redirect("desk_refresher", call.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self):
        return reverse("desk_refresher", args=[self.object.pk])


class CallPolicy(KeptPolicy):
    refused = {"add", "delete"}


class RefresherCallViewSet(ModelViewSet):
    model = RefresherCall
    edit_view_class = CallEditView
    name = "refresher_calls"
    icon = "mail"
    copy_view_enabled = False
    inspect_view_enabled = False
    permission_policy = CallPolicy(RefresherCall)
    list_display = ["edition", "state", "sent_at"]
    search_fields = ["edition__procedure__name"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("intro"), FieldPanel("minutes")], heading=_("What has changed")),
            InlinePanel(
                "points",
                heading=_("What it means at work"),
                label=_("Point"),
                panels=[FieldPanel("heading"), FieldPanel("text")],
            ),
            InlinePanel(
                "questions",
                heading=_("Check"),
                label=_("Question"),
                panels=[
                    FieldPanel("stem"),
                    FieldPanel("right"),
                    FieldPanel("wrong"),
                    FieldPanel("also_wrong"),
                ],
            ),
        ]
    )


refresher_call_viewset = RefresherCallViewSet()
