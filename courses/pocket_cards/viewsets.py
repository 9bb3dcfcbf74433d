"""The desk's screens for pocket cards."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.pocket_cards.models import PocketCard


class PocketCardViewSet(SnippetViewSet):
    model = PocketCard
    base_url_path = "pocket-cards"
    url_namespace = "pocket-cards"
    icon = "clipboard-list"
    menu_label = _("Pocket cards")
    menu_name = "pocket-cards"
    menu_order = 45
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["sector", "note"]
    search_fields = ["sector__name"]
    search_backend_name = None
    ordering = ["sector__order", "sector__name"]


pocket_card_viewset = PocketCardViewSet()
