"""What would go and what would stay, before anybody says yes."""

from typing import NamedTuple

from courses.people.models import Person
from courses.people.visibility import same_as
from lms.erasing.fates import Blanked, Kept, Removed, sheets

# A training to prove: for it the name stays.
PROOF = {"courses.Completion", "courses.Attendance", "courses.EarlierTraining", "certificates.Certificate"}


class Line(NamedTuple):
    what: str
    n: int
    why: str = ""


class Foreseen(NamedTuple):
    """[Line, ...] each; `why` is told of what stays."""

    removed: list
    blanked: list
    kept: list
    keeps_name: bool


def foresee(person):
    people = Person.objects.filter(pk__in=same_as(person)).values("pk")
    found, keeps_name = {Removed: [], Blanked: [], Kept: []}, False
    for sheet, fate in sheets():
        n = sheet.rows(people).count()
        if n:
            found[type(fate)].append(Line(sheet.title, n, getattr(fate, "why", "")))
            keeps_name = keeps_name or sheet.model in PROOF
    return Foreseen(found[Removed], found[Blanked], found[Kept], keeps_name)


def proves_something(people):
    """Whether these records hold a training that somebody may have to prove."""
    return any(sheet.rows(people).exists() for sheet, _fate in sheets() if sheet.model in PROOF)
