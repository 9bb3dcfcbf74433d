"""Putting questions of the bank into the draft of a quiz, several at once. Nothing is published."""

import json
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from courses.audit.log import record
from courses.catalogue.references import QUESTION, references
from courses.catalogue.writing import NotPossible, held_page
from courses.choices import Pool, Purpose
from courses.questions.models import BankQuestion
from courses.quizzes.pages import QuizPage


def questions_of(page):
    """The raw blocks of a quiz as its author sees them: of the newest draft."""
    if page.latest_revision is None:
        return list(page.questions.raw_data)
    return json.loads(page.latest_revision.content["questions"])


def named_in(stream):
    """The numbers of the bank's questions that these raw blocks ask."""
    return {number for _n, kind, number in references(stream) if kind == QUESTION}


def why_not(question, purpose, named):
    """Why a quiz of this purpose that asks those `named` cannot take the question; "" if it can."""
    if question.pk in named:
        return _("In this quiz already")
    if not question.live:
        return _("Not published yet")
    if question.pool == Pool.FINAL and purpose != Purpose.FINAL:
        return _("Kept for the final test")
    return ""


@transaction.atomic
def add_from_bank(page_id, numbers, *, actor, at):
    """Name these questions at the end of the quiz's newest draft, in their order.

    What somebody else has changed meanwhile stays: the draft is read here. Returns the questions
    that were added; what is in the quiz already, or cannot be, is left out.
    """
    page = held_page(QuizPage, page_id)
    lock = page.get_lock()
    if lock is not None and lock.for_user(actor):
        raise NotPossible(_("This quiz is locked now. Try again when it is free."))
    draft, stream = page.get_latest_revision_as_object(), questions_of(page)
    named, bank = named_in(stream), BankQuestion.objects.in_bulk(numbers)
    added = [
        bank[number]
        for number in dict.fromkeys(numbers)
        if number in bank and not why_not(bank[number], draft.purpose, named)
    ]
    if added:
        blocks = [{"type": "bank", "id": str(uuid.uuid4()), "value": {"question": one.pk}} for one in added]
        draft.questions = json.dumps([*stream, *blocks])
        # A draft may be unfinished: it is checked when it is published.
        draft.save_revision(user=actor, log_action=True, clean=False)
        record("quiz.questions_chosen", page, actor=actor, at=at, codes=[one.code for one in added])
    return added
