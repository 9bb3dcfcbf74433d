"""Before something is deleted, its uses are shown; a question of the bank in use is kept."""

from django.db.models import Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page

from courses.catalogue.references import PAGE, QUESTION
from courses.questions.models import BankQuestion
from courses.uses import reused_in, uses_of


def show_uses_of_page(request, page):
    """Hook before_delete_page: told on the page that asks whether to delete."""
    if request.method == "GET":
        tell_uses(request, PAGE, [page.pk])


def tell_uses(request, kind, numbers):
    """A message that names where these rows are used, live or in drafts; none where they are not."""
    if kind == PAGE:
        numbers = _with_all_below(numbers)
    uses = uses_of(kind, numbers) if numbers else []
    if kind == PAGE:
        # What goes with it is no longer used by it.
        uses = [use for use in uses if use.page_id not in numbers]
    if uses:
        words = ngettext(
            "It is used here, and would be missing:", "They are used here, and would be missing:", len(numbers)
        )
        messages.warning(request, _said(words, uses))
    if kind == PAGE:
        _tell_courses(request, numbers)


def _tell_courses(request, numbers):
    courses = reused_in(numbers) if numbers else []
    if courses:
        words = _("Other courses use it too. There it stays, and is corrected there from then on:")
        messages.warning(request, _linked(words, ((page.pk, page.draft_title) for page in courses)))


def _with_all_below(numbers):
    """The numbers of these pages and of all that are deleted with them."""
    below = Q()
    for path in Page.objects.filter(pk__in=numbers).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return set(Page.objects.filter(below).values_list("pk", flat=True)) if below else set()


def refuse_while_used(request, snippets):
    """Hook before_delete_snippet, for one question or many."""
    questions = [snippet for snippet in snippets if isinstance(snippet, BankQuestion)]
    uses = uses_of(QUESTION, [question.pk for question in questions]) if questions else []
    if not uses:
        return None
    messages.error(request, _said(_("Nothing was deleted. Take the question out of these places first:"), uses))
    return redirect(BankQuestion.snippet_viewset.get_url_name("list"))


def _said(sentence, uses):
    return _linked(sentence, ((use.page_id, str(use)) for use in uses))


def _linked(sentence, pages):
    """`pages`: (number, words) of each."""
    places = format_html_join(
        "; ",
        '<a href="{}">{}</a>',
        ((reverse("wagtailadmin_pages:edit", args=[number]), words) for number, words in pages),
    )
    return format_html("{} {}", sentence, places)
