"""After a question was saved: whether it reads like another. A warning with links, never a refusal."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages

from courses.questions.likeness import Texts
from courses.questions.models import BankQuestion
from courses.questions.plain import blocks_of, facts_of
from courses.questions.problems import place_of_question
from courses.quizzes.pages import QuizPage
from lms.desk.bank.table import EDIT

# A copied quiz is like its original from the first question to the last.
MOST = 5


def warn_of_question(request, question):
    """Hooks after_create_snippet and after_edit_snippet."""
    if not isinstance(question, BankQuestion) or not _is_read(request):
        return
    _kind, stem, _answers = facts_of(question.body)
    others = _bank()
    others.pop(question.pk, None)
    alike = Texts({pk: text for pk, (_code, text) in others.items()}).like(stem)
    if alike:
        sentence = _("It reads like another question of the bank: {links}. Keep both only if you mean to.")
        messages.warning(request, format_html(sentence, links=_links((pk, others[pk][0]) for pk in alike)))


def warn_of_quiz(request, page):
    """Hooks after_create_page and after_edit_page."""
    if isinstance(page, QuizPage) and _is_read(request):
        found = _alike_in(page)
        for said in found[:MOST]:
            messages.warning(request, said)
        if len(found) > MOST:
            n = len(found) - MOST
            messages.warning(request, _("%(n)d more questions read like others.") % {"n": n})


def warn_of_published_quiz(request, page):
    """Hook after_publish_page: what is live is led elsewhere before the other hooks are asked."""
    if page.live:
        warn_of_quiz(request, page)


def _is_read(request):
    """Whether somebody reads the answer; what the editor saves by itself shows no messages."""
    return request.accepts("text/html")


def _alike_in(page):
    """One sentence for each question written in the quiz that reads like another, there or in the bank."""
    blocks = list(enumerate(blocks_of(page.questions), 1))
    written = {n: value.get("stem") or "" for n, (_id, kind, value) in blocks if kind not in ("bank", "draw")}
    if not written:
        return []
    bank = _bank()
    bank_texts = Texts({pk: text for pk, (_code, text) in bank.items()})
    here = Texts(written)
    found = []
    for n, stem in written.items():
        place = place_of_question(n)
        alike = bank_texts.like(stem)
        if alike:
            sentence = _("{place} reads like one in the bank: {links}. You can choose that one instead.")
            links = _links((pk, bank[pk][0]) for pk in alike)
            found.append(format_html(sentence, place=place, links=links))
        before = [other for other in here.like(stem, besides=n) if other < n]
        if before:
            words = {"place": place, "n": before[0]}
            found.append(_("%(place)s reads like question %(n)d of this quiz.") % words)
    return found


def _bank():
    """{pk: (code, wording)} of every question of the bank."""
    return {pk: (code, text) for pk, code, text in BankQuestion.objects.values_list("pk", "code", "stem_text")}


def _links(rows):
    return format_html_join(
        ", ", '<a href="{}">{}</a>', ((reverse(EDIT, args=[pk]), code) for pk, code in list(rows)[:MOST])
    )
