"""How questions did at the first attempt: quiz by quiz, question by question, answer by answer."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_safe

from courses.choices import Topic
from courses.questions.models import Question
from courses.quizzes.models import Attempt, Marking, QuizEdition
from lms.reports.figures.forms import period_in_words, scope_in_words
from lms.reports.figures.guard import sees_questions
from lms.reports.figures.tables import FORMATS, in_words
from lms.reports.items import tables, words
from lms.reports.items.firsts import firsts, marks_of
from lms.reports.items.questions import editions_of, items_of, repair_address, written_at
from lms.reports.items.reading import analyses_of
from lms.reports.pages.exporting import exported
from lms.reports.pages.frame import page

ROWS_A_PAGE = 50
# First attempts that the list of all quizzes reads at most; a quiz with more is read on its own page.
MOST_AT_ONCE = 20_000
# Beside a single quiz, or in a test on line, they say nothing.
WITHOUT = ("district", "course", "workshop", "funder", "kind")


@require_safe
@sees_questions
def quizzes(request):
    rows = _quizzes(request)
    table = tables.quizzes_table(rows, _about(request))
    return page(
        request,
        "lms/reports/items/quizzes.html",
        without=[name for name in WITHOUT if name != "course"],
        table=table,
        sheets=_sheets(request, "reports_questions_sheet"),
        rows=[(row[0].quiz_key, cells) for row, cells in zip(rows, _cells(table), strict=True)],
        reliability=words.RELIABILITY,
        first_attempts=words.FIRST_ATTEMPTS,
    )


@require_GET
@sees_questions
def quizzes_sheet(request, file_format):
    def table():
        return tables.quizzes_table(_quizzes(request), _about(request))

    return exported(request, table, file_format, report="questions")


@require_safe
@sees_questions
def items(request, key):
    edition, found = _analysis(request, key)
    every = _items(key, found)
    shown = _chosen(request, every)
    table = tables.items_table(edition, shown, _about(request))
    return page(
        request,
        "lms/reports/items/items.html",
        without=WITHOUT,
        quiz=edition,
        found=found,
        reliability=found and words.reliability_in_words(found.reliability),
        attention=sum(item.advice.needs_attention for item in every),
        table=table,
        rows=list(zip(shown, _cells(table), strict=True)),
        modules=sorted({item.question.module for item in every} - {""}),
        topics=sorted(
            (topic, str(tables.TOPICS[topic]))
            for topic in {item.question.topic for item in every} & set(Topic.values)
        ),
        module=request.GET.get("module", ""),
        topic=request.GET.get("topic", ""),
        attention_only="attention" in request.GET,
        sheets=_sheets(request, "reports_quiz_items_sheet", key),
        defined=words.DEFINED,
        rules=words.RULES,
        definition=words.FIRST_ATTEMPTS,
        reliability_definition=words.RELIABILITY,
    )


@require_GET
@sees_questions
def items_sheet(request, key, file_format):
    def table():
        edition, found = _analysis(request, key)
        shown = _chosen(request, _items(key, found))
        return tables.items_table(edition, shown, _about(request))

    return exported(request, table, file_format, report="questions of a quiz", quiz=str(key))


@require_safe
@sees_questions
def item(request, key, question):
    edition, found, one = _item(request, key, question)
    table = one and tables.item_table(one, _about(request))
    return page(
        request,
        "lms/reports/items/item.html",
        without=WITHOUT,
        quiz=edition,
        question=question,
        item=one,
        table=table,
        rows=_cells(table) if one else [],
        right=one and words.per_cent(one.figures.difficulty),
        why_not=one and words.why_no_discrimination(one.figures),
        editions=one and editions_of(one, found),
        written_at=one and written_at(one.question),
        repair=one and repair_address(one.question),
        sheets=_sheets(request, "reports_item_sheet", key, question),
    )


@require_GET
@sees_questions
def item_sheet(request, key, question, file_format):
    def table():
        _edition, _found, one = _item(request, key, question)
        if one is None:
            raise Http404
        return tables.item_table(one, _about(request))

    return exported(request, table, file_format, report="a question", quiz=str(key), question=str(question))


@require_safe
@sees_questions
def attempts(request, key):
    """The list behind the number of first attempts."""
    edition = _edition(key)
    markings = Marking.objects.filter(attempt=OuterRef("pk")).order_by("-n")
    found = Attempt.objects.filter(pk__in=firsts(request.scope, [key]).order_by().values("pk"))
    found = found.annotate(score=Subquery(markings.values("score")[:1]))
    found = found.select_related("person__agency", "person__merged_into__agency").order_by("submitted_at", "pk")
    listing = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "lms/reports/items/attempts.html",
        without=WITHOUT,
        quiz=edition,
        listing=listing,
        definition=words.FIRST_ATTEMPTS,
    )


def _quizzes(request):
    """[(QuizEdition, first attempts, Analysis or None, [Item, ...]), ...], by title."""
    marks = marks_of(firsts(request.scope))
    editions = (
        QuizEdition.objects.select_related("course").defer("items").newest(list(marks), get_language() or "en")
    )
    found = analyses_of(request.scope, marks, most=MOST_AT_ONCE)
    every = items_of(found)
    rows = [
        (editions[key], marks[key][0], found.get(key), every.get(key, [])) for key in marks if key in editions
    ]
    return sorted(rows, key=lambda row: (row[0].title, str(row[0].quiz_key)))


def _analysis(request, key):
    """(the newest QuizEdition, its Analysis; None where nobody handed it in)"""
    marks = marks_of(firsts(request.scope, [key]))
    return _edition(key), analyses_of(request.scope, marks).get(key)


def _items(key, found):
    return items_of({key: found})[key] if found else []


def _item(request, key, question):
    """(QuizEdition, Analysis, Item or None): with the meaning asked for, or else the newest that was asked."""
    edition, found = _analysis(request, key)
    get_object_or_404(Question, key=question)
    mine = [one for one in _items(key, found) if one.question.key == question]
    mine.sort(key=lambda one: one.edition.meaning)
    wanted = [one for one in mine if str(one.edition.meaning) == request.GET.get("meaning")]
    return edition, found, (wanted or mine or [None])[-1]


def _edition(key):
    found = QuizEdition.objects.select_related("course").newest([key], get_language() or "en").get(key)
    # Published in another language alone.
    found = found or QuizEdition.objects.filter(quiz_key=key).order_by("n").last()
    if found is None:
        raise Http404
    return found


def _chosen(request, every):
    """Those of the module and the topic asked for; those that need attention, if that is asked."""
    module, topic = request.GET.get("module", ""), request.GET.get("topic", "")
    shown = [one for one in every if module in ("", one.question.module)]
    shown = [one for one in shown if topic in ("", one.question.topic)]
    return [one for one in shown if one.advice.needs_attention] if "attention" in request.GET else shown


def _sheets(request, name, *args):
    """[(address, format), ...] of the table as it is shown, with what narrows it."""
    names = ("module", "topic", "attention", "meaning")
    narrowed = {one: request.GET[one] for one in names if request.GET.get(one)}
    more = f"&{urlencode(narrowed)}" if narrowed else ""
    query = f"{request.scope.query()}{more}"
    return [(f"{reverse(name, args=[*args, one])}{query}", one) for one in FORMATS]


def _about(request):
    narrowed = (f"{name}: {value}" for name, value in scope_in_words(request.scope))
    return "; ".join([period_in_words(request.scope.period), *narrowed])


def _cells(table):
    """The table's rows as the page says them: [[(text, whether it is a number), ...], ...]."""
    return [
        [(in_words(value), n in table.numeric) for n, value in enumerate(row)] for row in table.plain_rows()
    ]
