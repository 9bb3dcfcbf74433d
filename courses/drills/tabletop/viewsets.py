"""The desk's screens for table-top exercises."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.drills.tabletop.models import TableTop


class TableTopViewSet(SnippetViewSet):
    model = TableTop
    base_url_path = "table-tops"
    url_namespace = "table-tops"
    icon = "group"
    menu_label = _("Table-top exercises")
    menu_name = "table-tops"
    copy_view_enabled = False
    list_display = ["title", "scenario", "minutes"]
    list_select_related = ["scenario"]
    search_fields = ["title", "summary"]
    search_backend_name = None
    ordering = ["title", "pk"]


table_top_viewset = TableTopViewSet()
