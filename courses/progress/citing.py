"""Which clauses of procedures somebody's path through a course goes by, as it is published now."""

from courses.catalogue import reading
from courses.catalogue.models import LessonPage
from courses.catalogue.references import CLAUSE, QUESTION, references
from courses.drills.cases.pages import CasePage
from courses.drills.scenarios.pages import ScenarioPage
from courses.enrolment.models import STUDYING, Enrolment
from courses.procedures.models import Clause, ProcedureEdition
from courses.progress.standing import Outlines
from courses.questions.models import BankQuestion
from courses.quizzes.pages import QuizPage
from courses.sectors import is_for

# What a path is made of, and where each says what it cites.
STREAMS = [(LessonPage, "body"), (QuizPage, "questions"), (ScenarioPage, "scenes"), (CasePage, "form")]


def clauses_on_path(course, sector):
    """The keys of the clauses that the lessons, tests and drills of the course cite for this sector. Parts, and
    blocks in them, that are for other sectors do not count; nothing does while no page presents the course.
    Of the bank, the questions that a test names count, and not those it may draw: few people are asked them."""
    page = reading.page_of(course)
    if page is None:
        return set()
    parts = [part.page_id for part in Outlines(page).of(sector).parts]
    streams = [
        list(getattr(one, stream).raw_data)
        for model, stream in STREAMS
        for one in model.objects.filter(pk__in=parts).only(stream)
    ]
    cited = {key for stream in streams for key in _referred(stream, sector, CLAUSE)}
    questions = {key for stream in streams for key in _referred(stream, sector, QUESTION)}
    bank = BankQuestion.objects.filter(pk__in=questions, live=True) if questions else []
    return cited.union(*(one.clauses for one in bank if is_for(one.sectors, sector)))


def parts_citing(person, clause):
    """[(CoursePage, [Part, ...]), ...]: the lessons and drills that go by a clause, of the courses that
    somebody studies, each on their own path. Tests are left out: what a question goes by would tell its
    answer."""
    found = {}
    studied = Enrolment.objects.of(person).filter(state__in=STUDYING).select_related("course")
    for enrolment in studied.order_by("-started_at", "-pk"):
        page = reading.page_of(enrolment.course)
        if page is None or page in found:
            continue
        path = Outlines(page).of(enrolment.sector).parts
        citing = {
            one.pk
            for model, stream in STREAMS
            if model is not QuizPage
            for one in model.objects.filter(pk__in=[part.page_id for part in path]).only(stream)
            if clause.pk in _referred(list(getattr(one, stream).raw_data), enrolment.sector, CLAUSE)
        }
        found[page] = [part for part in path if part.page_id in citing]
    return [(page, parts) for page, parts in found.items() if parts]


def _referred(stream, sector, wanted):
    shown = [block for block in stream if is_for((block.get("value") or {}).get("sectors"), sector)]
    return {key for _n, kind, key in references(shown) if kind == wanted}


def editions_on_path(course, sector, at):
    """The edition in force at a moment of every procedure that the path cites, by procedure."""
    cited = Clause.objects.filter(pk__in=clauses_on_path(course, sector)).order_by()
    editions = ProcedureEdition.objects.published().filter(
        procedure__in=cited.values("procedure"), published_at__lte=at
    )
    newest = {one.procedure_id: one for one in editions.select_related("procedure").order_by("n")}
    return sorted(newest.values(), key=lambda edition: edition.procedure.name)
