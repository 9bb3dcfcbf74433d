"""The first finished try of each person at each drill, read from the results that count.

A try that was left or is still open is none. Merged records are one person. Of a try that was marked again its
last result counts. What is played by a room round a table has no person, and so is not among these.
"""

from django.db.models import F
from django.db.models.functions import Coalesce

from courses.catalogue.outline import CASE, SCENARIO
from courses.choices import RunState
from courses.drills.cases.models import CaseEdition, CaseMarking
from courses.drills.scenarios.models import RunMarking, ScenarioEdition
from lms.reports.drills.reckoning import Try
from lms.reports.figures.present import here
from lms.reports.figures.scope import NONE

EDITIONS = {SCENARIO: ScenarioEdition, CASE: CaseEdition}
KEYS = {SCENARIO: "scenario_key", CASE: "case_key"}
AT_ONCE = 2000
FACTS = ("who", "key", "ended", "run__edition_id", "details")


def in_scope(scope, drill=None):
    """[Try, ...] of the people here today whose first try at a drill ended in the period.

    Where they work is that of today. `drill`: (kind, key), or None for all. Three queries.
    """
    agencies = dict(here(scope).order_by().values_list("pk", "agency_id"))
    course = {}
    if scope.course:
        course = {"run__edition__course": None if scope.course == NONE else scope.course}
    return [
        _try(kind, row, agencies[row[0]])
        for kind, row in _firsts(drill, **course)
        if row[0] in agencies and scope.begins_at <= row[2] < scope.ends_at
    ]


def of_people(people, drill):
    """[Try, ...] of these people at one drill, whenever that was."""
    keys = {person.pk for person in people}
    return [_try(kind, row, None) for kind, row in _firsts(drill, who__in=keys)]


def drills_tried(people, course):
    """[(kind, key, title), ...] of the drills of a course that some of these people have finished."""
    keys = {person.pk for person in people}
    found = {}
    for kind, rows in _markings().items():
        rows = rows.filter(who__in=keys, run__edition__course=course).order_by("run__edition_id")
        for key, title in rows.values_list("key", "run__edition__title"):
            found[kind, key] = title
    return sorted(((*drill, title) for drill, title in found.items()), key=lambda one: one[2])


def title_of(kind, key, course):
    """What the newest edition of a drill of this course is called, or None where it has no such drill."""
    if kind not in EDITIONS:
        return None
    editions = EDITIONS[kind].objects.filter(course=course, **{KEYS[kind]: key})
    return editions.order_by("-pk").values_list("title", flat=True).first()


def _markings():
    who = Coalesce("run__person__merged_into_id", "run__person_id")
    scenarios = RunMarking.objects.filter(run__state=RunState.ENDED)
    cases = CaseMarking.objects.exclude(run__handed_in_at=None)
    return {
        SCENARIO: scenarios.annotate(who=who, key=F("run__edition__scenario_key"), ended=F("run__ended_at")),
        CASE: cases.annotate(who=who, key=F("run__case_key"), ended=F("run__handed_in_at")),
    }


def _firsts(drill, **narrowed):
    """(kind, FACTS of the first try), of each person and drill, one after the other."""
    for kind, rows in _markings().items():
        if drill and drill[0] != kind:
            continue
        if drill:
            rows = rows.filter(key=drill[1])
        rows = rows.filter(**narrowed).order_by("who", "key", "ended", "run_id", "-n")
        last = None
        for row in rows.values_list(*FACTS).iterator(chunk_size=AT_ONCE):
            if row[:2] != last:
                last = row[:2]
                yield kind, row


def _try(kind, row, agency):
    who, key, _ended, edition, details = row
    if kind == SCENARIO:
        missed = tuple(details["missed"])
    else:
        missed = tuple(one["id"] for one in details["fields"] if one["points"] < one["of"])
    critical = tuple((place, code) for place, _choice, code in details["critical"])
    return Try(who, agency, (kind, key), edition, details["steps"], critical, missed)
