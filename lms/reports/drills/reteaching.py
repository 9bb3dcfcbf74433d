"""What to teach again after a critical error: the clause that is cited there, in the words in force, and the
lessons of the course that cite it."""

from dataclasses import dataclass

from django.urls import reverse

from courses.catalogue import reading
from courses.catalogue.models import LessonPage
from courses.catalogue.outline import SCENARIO
from courses.catalogue.references import CLAUSE, references
from courses.choices import CriticalError
from courses.procedures.register import words_in_force
from lms.reports.drills.first_tries import EDITIONS


@dataclass(frozen=True)
class Taught:
    """A clause in force: `paragraph` is the first of its text."""

    key: int
    name: str
    paragraph: str
    address: str


@dataclass(frozen=True)
class ErrorShown:
    """`lessons`: [(title, address), ...]."""

    code: str
    label: str
    drill: str
    place: str
    people: int
    clauses: list
    lessons: list


def shown(errors):
    """[ErrorShown, ...] of these Errors. The queries depend on the number of courses, not of people."""
    editions = editions_of((one.drill[0], one.edition) for one in errors)
    places = {one: place_of(one.drill[0], editions[one.drill[0], one.edition], one.place) for one in errors}
    clauses = clauses_in_force({key for _title, _asks, keys in places.values() for key in keys})
    lessons = {}
    found = []
    for one in errors:
        edition = editions[one.drill[0], one.edition]
        if edition.course_id not in lessons:
            lessons[edition.course_id] = _lessons(edition.course) if edition.course_id else []
        title, _asks, keys = places[one]
        cited = [clauses[key] for key in keys if key in clauses]
        wanted = {clause.key for clause in cited}
        theirs = [(name, address) for name, address, cites in lessons[edition.course_id] if cites & wanted]
        label = str(CriticalError(one.code).label)
        found.append(ErrorShown(one.code, label, edition.title, title, one.people, cited, theirs))
    return found


def editions_of(wanted):
    """{(kind, its number): edition} with their courses; a query for each kind."""
    numbers = {}
    for kind, number in wanted:
        numbers.setdefault(kind, set()).add(number)
    return {
        (kind, one.pk): one
        for kind, some in numbers.items()
        for one in EDITIONS[kind].objects.filter(pk__in=some).select_related("course")
    }


def place_of(kind, edition, place):
    """(title, what the procedure asks there, the clauses cited there) of a situation or a field. A scenario
    names clauses by their keys, a case by their lasting names."""
    if kind == SCENARIO:
        for one in edition.story["situations"]:
            if one["id"] == place:
                return one["title"], one["asks"], one["clauses"]
    else:
        for one in edition.fields:
            if one["id"] == place:
                key = edition.key[place]
                return one["label"], key["why"], key["clauses"]
    return place, "", []


def clauses_in_force(keys):
    """{key: Taught} of those of these clauses that their procedure's edition in force has. One query."""
    return {
        key: Taught(
            one.clause_id,
            f"{one.number} {one.title}",
            next((part.strip() for part in one.text.split("\n") if part.strip()), ""),
            reverse("clause", args=[one.clause.uuid]),
        )
        for key, one in (words_in_force(keys) if keys else {}).items()
        if one.clause.is_in_force
    }


def _lessons(course):
    """[(title, address, keys of the clauses it cites), ...] of the live lessons on the course's page."""
    page = reading.page_of(course)
    if page is None:
        return []
    lessons = LessonPage.objects.child_of(page).live().only("title", "url_path", "body")
    return [
        (
            lesson.title,
            lesson.url,
            {number for _n, kind, number in references(lesson.body.raw_data) if kind == CLAUSE},
        )
        for lesson in lessons
    ]
