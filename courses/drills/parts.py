"""The drills of a course, whichever kind they are, as its path and its completion need them."""

from wagtail.models import Page

from courses.catalogue.outline import CASE, SCENARIO
from courses.drills.cases import results as case_results
from courses.drills.cases.pages import CasePage
from courses.drills.scenarios import results as scenario_results
from courses.drills.scenarios.models import ScenarioEdition
from courses.drills.scenarios.pages import ScenarioPage

RESULTS = {SCENARIO: scenario_results, CASE: case_results}
# Each with the field that is large, and needed by nobody here but the one that counts its fields.
KINDS = {ScenarioPage: ("scenes", "search_description"), CasePage: ("search_description",)}


def standings(enrolment, parts):
    """{key: DrillStanding} of these Parts of a path. One query for each kind of drill among them."""
    found = {}
    for purpose, results in RESULTS.items():
        if keys := [part.key for part in parts if part.purpose == purpose]:
            found |= results.standings(enrolment, keys)
    return found


def standings_of_many(enrolments, parts):
    """{enrolment id: {key: DrillStanding}} for enrolments of one course."""
    found = {one.pk: {} for one in enrolments}
    for purpose, results in RESULTS.items():
        if keys := {part.key for part in parts if part.purpose == purpose}:
            for pk, theirs in results.standings_of_many(enrolments, keys).items():
                found[pk] |= theirs
    return found


def newest_edition_of(key):
    """The number of a scenario's newest edition: another one whenever what is played is another."""
    return ScenarioEdition.objects.filter(scenario_key=key).order_by("-pk").values_list("pk", flat=True).first()


def parts_of(course_page, sector):
    """Parts of the live drills of a course page."""
    # Most courses have none: one question tells.
    here = set(Page.objects.child_of(course_page).live().type(*KINDS).values_list("pk", flat=True))
    return [
        page.part_for(sector)
        for model, unread in (KINDS.items() if here else ())
        for page in model.objects.filter(pk__in=here).defer(*unread)
    ]
