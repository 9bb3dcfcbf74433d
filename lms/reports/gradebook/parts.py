"""The tests of a course that stand in its gradebook: pre-test, module checks, final test."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from courses.choices import Purpose
from courses.quizzes.models import Attempt, QuizEdition

ORDER = [Purpose.PRETEST, Purpose.CHECK, Purpose.FINAL]


@dataclass(frozen=True)
class Part:
    key: UUID
    title: str
    # Of a test that is no part of the course any more: whoever took it, took it.
    is_former: bool = False


def parts_of(course, standings):
    """[Part, ...] in the order of the course; those that it once had after them. `standings`: its
    CourseStandings."""
    rows, places = [], {}
    if standings.page:
        rows = [row for row in standings.outlines.quiz_rows if row.purpose in ORDER]
        trunk = standings.outlines.of("").quizzes
        places = {part.key: n for n, part in enumerate(trunk)}
    rows.sort(key=lambda row: (ORDER.index(row.purpose), places.get(row.key, len(places))))
    here = [Part(row.key, row.title) for row in rows]
    return [*here, *_former(course, [row.key for row in rows])]


def _former(course, here):
    taken = Attempt.objects.taken().filter(quiz_edition=OuterRef("pk"))
    editions = QuizEdition.objects.filter(Exists(taken), course=course, policy__purpose__in=ORDER)
    keys = editions.exclude(quiz_key__in=here).order_by().values_list("quiz_key", flat=True).distinct()
    newest = QuizEdition.objects.newest(list(keys))
    return sorted(
        (Part(key, edition.title, is_former=True) for key, edition in newest.items()),
        key=lambda part: (part.title, str(part.key)),
    )
