"""What was written and is not published: pages and questions, newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.models import Page

from courses.desk import DeskScreen
from courses.people.roles import may_write_courses
from courses.questions.models import BankQuestion

PER_PAGE = 50


@dataclass(frozen=True)
class Draft:
    title: str
    kind: str
    url: str
    changed_at: datetime | None
    was_published: bool


def count():
    return _pages().count() + _questions().count()


def listed():
    """Every Draft, newest first, in two queries."""
    pages = [
        Draft(
            page.draft_title or page.title,
            page.page_type_display_name,
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            page.latest_revision_created_at,
            page.live,
        )
        for page in _pages().select_related("content_type")
    ]
    questions = [
        Draft(
            question.stem_text or question.code,
            str(BankQuestion._meta.verbose_name),
            reverse(question.snippet_viewset.get_url_name("edit"), args=[question.pk]),
            question.latest_revision and question.latest_revision.created_at,
            question.live,
        )
        for question in _questions().select_related("latest_revision")
    ]
    return sorted(pages + questions, key=lambda draft: _when(draft.changed_at), reverse=True)


def _when(at):
    return at.timestamp() if at else 0


def _pages():
    return Page.objects.filter(has_unpublished_changes=True)


def _questions():
    return BankQuestion.objects.filter(has_unpublished_changes=True)


class DraftsView(DeskScreen, TemplateView):
    template_name = "lms/desk/drafts.html"
    page_title = _("Drafts")
    header_icon = "draft"

    def may(self, user):
        return may_write_courses(user)

    def get_context_data(self, **kwargs):
        page = Paginator(listed(), PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(drafts=page, **kwargs)
