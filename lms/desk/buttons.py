"""Our own buttons in the header of a page's editor."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from courses.catalogue.addresses import TAUGHT
from courses.catalogue.models import CoursePage
from courses.catalogue.previewing import EVERYONE, draft_url
from courses.people import roles
from courses.quizzes.pages import QuizPage


def show_buttons(page, user, view_name, next_url=None):
    """Hook register_page_header_buttons."""
    if not issubclass(page.specific_class, TAUGHT) or not roles.may_write_courses(user):
        return
    if page.live:
        yield Button(
            _("Minor or material"), reverse("desk_edit", args=[page.pk]), icon_name="history", priority=34
        )
        yield Button(_("Share"), reverse("desk_share", args=[page.pk]), icon_name="link", priority=32)
    if issubclass(page.specific_class, CoursePage):
        words = _("Use a module of another course")
        yield Button(words, reverse("desk_reuse", args=[page.pk]), icon_name="folder-inverse", priority=33)
    yield Button(_("Try it as a trainee"), try_url(page), icon_name="view", priority=31)


def try_url(page):
    """Where a course, a lesson or a quiz is seen and taken as trainees do, from its newest draft."""
    if issubclass(page.specific_class, QuizPage):
        return reverse("try_quiz", args=[page.pk])
    return draft_url(page.pk, EVERYONE)
