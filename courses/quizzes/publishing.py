"""Publishing a quiz freezes its questions and what it promises, as one edition."""

from django.db import transaction

from courses.audit.log import record
from courses.catalogue.models import CoursePage
from courses.choices import Difficulty, Pool, Purpose
from courses.numbering_editions import next_edition
from courses.questions.models import BankQuestion, Question, QuestionEdition
from courses.questions.plain import blocks_of
from courses.questions.publishing import freeze_question
from courses.quizzes.models import QuizEdition
from courses.quizzes.pages import QuizPage

# What a question written in a quiz is used for, in the record.
POOLS = {Purpose.FINAL: Pool.FINAL, Purpose.PRETEST: Pool.PRETEST}


@transaction.atomic
def publish_edition(page, *, actor, at):
    """Freeze `page` as it is now. The edition there is stays, if nothing changed."""
    locale = page.locale.language_code
    # Two people publishing at once: the second waits here and finds the first one's edition.
    QuizPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    items = [_freeze_item(page, block, locale, actor=actor, at=at) for block in blocks_of(page.questions)]
    course = CoursePage.objects.parent_of(page).values_list("course_id", flat=True).first()
    now = {"title": page.title, "course_id": course, "policy": page.policy(), "items": items}
    edition, is_new = next_edition(QuizEdition, now, quiz_key=page.translation_key, locale=locale)
    if is_new:
        record("quiz.published", edition, actor=actor, at=at, locale=locale, n=edition.n, title=page.title)
    return edition


def publish_editions_with(question_key, *, actor, at):
    """A question of the bank was published: quizzes that name it ask it as it is now."""
    question = BankQuestion.objects.filter(key=question_key).first()
    for page in QuizPage.objects.live():
        named = (value.get("question") for _id, kind, value in blocks_of(page.questions) if kind == "bank")
        if question is not None and question.pk in named:
            publish_edition(page, actor=actor, at=at)


def _freeze_item(page, block, locale, *, actor, at):
    block_id, kind, value = block
    if kind == "draw":
        return {"draw": {name: part for name, part in value.items() if part not in (None, "")}}
    if kind == "bank":
        key = BankQuestion.objects.values_list("key", flat=True).get(pk=value["question"])
        edition = QuestionEdition.objects.filter(question__key=key).newest(locale).get()
        return _pin(edition)
    return _pin(
        freeze_question(
            key=Question.objects.key_of_block(block_id, page.translation_key),
            home=str(page.translation_key),
            locale=locale,
            kind=kind,
            value=value,
            about={
                "pool": POOLS.get(page.purpose, Pool.CHECK),
                "topic": value.get("topic") or "",
                "difficulty": value.get("difficulty") or Difficulty.MEDIUM,
                "objective": value.get("objective") or "",
                "sectors": value.get("sectors") or [],
                "critical": bool(value.get("critical")),
                "clauses": value.get("clauses") or [],
            },
            actor=actor,
            at=at,
        )
    )


def _pin(edition):
    return {
        "question": str(edition.question.key),
        "meaning": edition.meaning,
        "slip": edition.slip,
        "sectors": edition.question.sectors,
    }
