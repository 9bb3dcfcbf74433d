"""Before something is deleted, its uses are shown; a question of the bank in use is kept."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages

from courses.catalogue.references import PAGE, QUESTION
from courses.questions.models import BankQuestion
from courses.quizzes.addresses import TAUGHT
from courses.quizzes.uses import uses_of


def show_uses_of_page(request, page):
    """Hook before_delete_page: told on the page that asks whether to delete."""
    if request.method == "GET" and issubclass(page.specific_class, TAUGHT):
        # What goes with a course is no longer used by it.
        uses = [use for use in uses_of(PAGE, [page.pk]) if use.page_id != page.pk]
        if uses:
            messages.warning(request, _said(_("It is used here, and would be missing:"), uses))


def refuse_while_used(request, snippets):
    """Hook before_delete_snippet, for one question or many."""
    questions = [snippet for snippet in snippets if isinstance(snippet, BankQuestion)]
    uses = uses_of(QUESTION, [question.pk for question in questions]) if questions else []
    if not uses:
        return None
    messages.error(request, _said(_("Nothing was deleted. Take the question out of these places first:"), uses))
    return redirect(BankQuestion.snippet_viewset.get_url_name("list"))


def _said(sentence, uses):
    places = format_html_join(
        "; ",
        '<a href="{}">{}</a>',
        ((reverse("wagtailadmin_pages:edit", args=[use.page_id]), str(use)) for use in uses),
    )
    return format_html("{} {}", sentence, places)
