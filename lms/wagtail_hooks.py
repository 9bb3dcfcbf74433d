"""Registers the desk. What is registered stands in lms/desk and in the areas."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from certificates.refreshers.viewsets import refresher_call_viewset
from certificates.viewsets import design_viewset
from courses.audit import desk as audited
from courses.catalogue import sizes
from courses.drills.tabletop.viewsets import table_top_viewset
from courses.pocket_cards.viewsets import pocket_card_viewset
from courses.procedures.choosing import clause_chooser_viewset
from courses.procedures.viewsets import procedure_edition_viewset
from lms.archive import menu as archive_menu
from lms.archive import urls as archive_urls
from lms.desk import (
    buttons,
    copying,
    deleting,
    edits,
    gate,
    menu,
    panels,
    pictures,
    sharing,
    sidebar,
    urls,
    uses,
)
from lms.desk.bank import warning
from lms.desk.bank.viewset import BankViewSet
from lms.erasing import menu as erasing_menu
from lms.erasing import urls as erasing_urls
from lms.handover import menu as handover_menu
from lms.handover import urls as handover_urls
from lms.looks import urls as looks_urls
from lms.reports import desk_urls

hooks.register("register_admin_urls", lambda: urls.inside_admin)
hooks.register("register_admin_urls", lambda: desk_urls.urls)
hooks.register("register_admin_urls", lambda: handover_urls.urls)
hooks.register("register_admin_urls", lambda: archive_urls.urls)
hooks.register("register_admin_urls", lambda: erasing_urls.urls)
hooks.register("register_admin_urls", lambda: looks_urls.urls)
hooks.register("register_admin_viewset", menu.CoursesGroup)
hooks.register("register_admin_viewset", menu.WorkshopsGroup)
hooks.register("register_admin_viewset", menu.PeopleGroup)
hooks.register("register_admin_viewset", menu.CertificatesGroup)
hooks.register("register_admin_viewset", lambda: menu.SITE_VIEWSETS)
hooks.register("register_admin_viewset", lambda: [clause_chooser_viewset, procedure_edition_viewset])
hooks.register("register_admin_viewset", lambda: refresher_call_viewset)
hooks.register("register_admin_menu_item", lambda: menu.FIGURES_ITEM)
register_snippet(design_viewset)
register_snippet(pocket_card_viewset)
register_snippet(table_top_viewset)
register_snippet(BankViewSet(add_to_admin_menu=True, menu_order=200))
for item in [*menu.SITE_ITEMS, handover_menu.ITEM, erasing_menu.ITEM, archive_menu.ITEM]:
    hooks.register("register_settings_menu_item", lambda item=item: item)
hooks.register("insert_global_admin_css", menu.style_sheet)
hooks.register("construct_main_menu", menu.show_plain_menu)
sidebar.name_the_person()
pictures.draw_avatars_anew()
hooks.register("construct_homepage_panels", panels.show_ours)
hooks.register("construct_homepage_summary_items", panels.show_no_summary)

hooks.register("before_publish_page", gate.refuse_before_publishing)
# After Wagtail's own, whose places they take.
for action in (gate.GatedPublishBulkAction, *deleting.BULK_ACTIONS):
    hooks.register("register_bulk_action", action, order=1)
hooks.register("construct_admin_api", lambda router: router.register_endpoint("pages", gate.ReadingAPIViewSet))

# After Wagtail's own, whose place it takes.
hooks.register("register_rich_text_features", sizes.register_link, order=10)
hooks.register("before_copy_page", copying.copy_with_fresh_ids)
for moment in ("after_create_snippet", "after_edit_snippet"):
    hooks.register(moment, warning.warn_of_question)
for moment in ("after_create_page", "after_edit_page"):
    hooks.register(moment, warning.warn_of_quiz)
# Before what leads elsewhere.
hooks.register("after_publish_page", warning.warn_of_published_quiz, order=-1)
hooks.register("after_publish_page", edits.ask_what_kind)
hooks.register("after_publish_page", sharing.show_how_to_share)
hooks.register("register_page_header_buttons", buttons.show_buttons)
# After those that may refuse.
hooks.register("before_bulk_action", audited.tell_of_many, order=1000)
hooks.register("before_delete_page", uses.show_uses_of_page)
hooks.register("before_delete_snippet", uses.refuse_while_used)
