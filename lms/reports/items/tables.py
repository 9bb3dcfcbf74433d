"""The tables of item analysis, the same on the page and on every sheet."""

from django.utils.translation import gettext as _

from courses.choices import Purpose, Topic
from lms.reports.figures.tables import Table
from lms.reports.items import words
from lms.reports.items.words import per_cent

TOPICS, PURPOSES = dict(Topic.choices), dict(Purpose.choices)


def quizzes_table(rows, about):
    """`rows`: (QuizEdition, first attempts, Analysis or None, [Item, ...])."""
    return Table(
        "questions",
        _("How questions did, quiz by quiz"),
        [
            *(_("Quiz"), _("Course"), _("Kind"), _("First attempts"), _("Reliability")),
            *(_("Questions"), _("Need attention")),
        ],
        [_quiz(*row) for row in rows],
        about=about,
        note=f"{words.FIRST_ATTEMPTS} {words.RELIABILITY}",
        numeric=(3, 5, 6),
    )


def _quiz(edition, n, found, items):
    course = edition.course.title if edition.course else ""
    facts = [edition.title, course, str(PURPOSES.get(edition.policy["purpose"], "")), n]
    if found is None:
        return [*facts, _("open the quiz to reckon it"), None, None]
    attention = sum(item.advice.needs_attention for item in items)
    return [*facts, words.reliability_in_words(found.reliability), len(items), attention]


def items_table(edition, items, about):
    return Table(
        "questions-of-a-quiz",
        edition.title,
        [
            *(_("Question"), _("Advice"), _("Answers"), _("Right, %"), _("Tells apart"), _("Not sure, %")),
            *(_("No answer, %"), _("Seconds"), _("Module"), _("Topic")),
        ],
        [_item(item) for item in items],
        about=about,
        note=str(words.FIRST_ATTEMPTS),
        numeric=(2, 3, 4, 5, 6, 7),
    )


def _item(item):
    figures = item.figures
    return [
        item.name,
        item.advice_words,
        figures.n,
        per_cent(figures.difficulty),
        None if figures.discrimination is None else round(figures.discrimination, 2) + 0.0,
        per_cent(figures.not_sure.share),
        per_cent(figures.unanswered.share),
        _whole(figures.seconds),
        item.question.module,
        str(TOPICS.get(item.question.topic, "")),
    ]


def item_table(item, about):
    """Options with their shares; "rest" is of 100 points on the other questions."""
    figures = item.figures
    special = [
        ("", _("I am not sure"), False, figures.not_sure),
        ("", _("No answer"), False, figures.unanswered),
    ]
    return Table(
        "answers-to-a-question",
        item.name,
        [
            _("Letter"),
            _("Answer"),
            _("Key"),
            _("Chosen by"),
            _("Share, %"),
            _("Rest, of 100"),
        ],
        [
            [letter, text, _("Right") if right else "", one.n, per_cent(one.share), per_cent(one.rest)]
            for letter, text, right, one in [*item.lines(), *special]
        ],
        about=about,
        note=f"{item.advice_words}. {words.FIRST_ATTEMPTS}",
        numeric=(3, 4, 5),
    )


def _whole(seconds):
    return None if seconds is None else int(seconds + 0.5)
