"""Registers the desk. What is registered stands in lms/desk and in the areas."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from certificates.viewsets import design_viewset
from lms.desk import gate, menu, panels
from lms.reports import desk_urls

hooks.register("register_admin_urls", lambda: menu.urls)
hooks.register("register_admin_urls", lambda: desk_urls.urls)
hooks.register("register_admin_viewset", menu.CoursesGroup)
hooks.register("register_admin_viewset", menu.PeopleGroup)
hooks.register("register_admin_viewset", menu.CertificatesGroup)
hooks.register("register_admin_viewset", lambda: menu.SITE_VIEWSETS)
register_snippet(design_viewset)
for item in menu.SITE_ITEMS:
    hooks.register("register_settings_menu_item", lambda item=item: item)
hooks.register("construct_main_menu", menu.show_plain_menu)
hooks.register("construct_homepage_panels", panels.show_waiting)

hooks.register("before_publish_page", gate.refuse_before_publishing)
# After Wagtail's own, whose place it takes.
hooks.register("register_bulk_action", gate.GatedPublishBulkAction, order=1)
hooks.register("construct_admin_api", lambda router: router.register_endpoint("pages", gate.ReadingAPIViewSet))
