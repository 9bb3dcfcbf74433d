"""Our own buttons in the header of a page's editor."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from courses.people import roles
from courses.quizzes.addresses import TAUGHT


def show_buttons(page, user, view_name, next_url=None):
    """Hook register_page_header_buttons."""
    if not issubclass(page.specific_class, TAUGHT) or not roles.may_write_courses(user):
        return
    if page.live:
        yield Button(_("Share"), reverse("desk_share", args=[page.pk]), icon_name="link", priority=32)
