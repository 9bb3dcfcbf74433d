"""What was written and is not published: pages and questions, newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.models import Page

from courses.audit.models import AuditEntry
from courses.catalogue.gate import REFUSED_ON_TIME
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
    # Why it did not go live at its hour; "" where nothing was refused, or it was changed since.
    refused: str = ""


def refused_on_time():
    """How many drafts were due and could not go live, and are as they were. Mostly one query: none was."""
    entries = AuditEntry.objects.filter(verb=REFUSED_ON_TIME)
    keys = {int(key) for key in entries.order_by().values_list("object_id", flat=True)}
    if not keys:
        return 0
    drafts = [
        (page, page.latest_revision_created_at)
        for page in pages().filter(pk__in=keys).select_related("content_type")
    ]
    drafts += [
        (one, _saved_at(one)) for one in questions().filter(pk__in=keys).select_related("latest_revision")
    ]
    return len(_refused(drafts))


def listed():
    """Every Draft, newest first, in three queries."""
    found_pages = list(pages().select_related("content_type"))
    found_questions = list(questions().select_related("latest_revision"))
    why = _refused(
        [
            *((page, page.latest_revision_created_at) for page in found_pages),
            *((question, _saved_at(question)) for question in found_questions),
        ]
    )
    drafts = [
        Draft(
            page.draft_title or page.title,
            page.page_type_display_name,
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            page.latest_revision_created_at,
            page.live,
            why.get(page, ""),
        )
        for page in found_pages
    ]
    drafts += [
        Draft(
            question.stem_text or question.code,
            str(BankQuestion._meta.verbose_name),
            reverse(question.snippet_viewset.get_url_name("edit"), args=[question.pk]),
            _saved_at(question),
            question.live,
            why.get(question, ""),
        )
        for question in found_questions
    ]
    return sorted(drafts, key=lambda draft: _when(draft.changed_at), reverse=True)


def _refused(drafts):
    """{page or question: the problems that were named when it was due}. `drafts`: (one, when it was saved)."""
    entries = AuditEntry.objects.filter(
        verb=REFUSED_ON_TIME, object_id__in=[str(one.pk) for one, _at in drafts]
    )
    newest = {(entry.object_type, entry.object_id): entry for entry in entries.order_by("pk")} if drafts else {}
    found = {}
    for one, saved_at in drafts:
        entry = newest.get((_type_of(one), str(one.pk)))
        if entry is not None and saved_at is not None and saved_at <= entry.at:
            found[one] = " ".join(entry.facts.get("problems", []))
    return found


def _type_of(one):
    """As the record names it; a page is found here without its own class."""
    kind = one.content_type if isinstance(one, Page) else one._meta
    return f"{kind.app_label}.{kind.model if isinstance(one, Page) else kind.model_name}"


def _saved_at(question):
    return question.latest_revision and question.latest_revision.created_at


def _when(at):
    return at.timestamp() if at else 0


def pages():
    return Page.objects.filter(has_unpublished_changes=True)


def questions():
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
