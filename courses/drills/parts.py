"""The drills of a course, whichever kind they are, as its path and its completion need them."""

from courses.drills.scenarios import results
from courses.drills.scenarios.models import ScenarioEdition
from courses.drills.scenarios.pages import ScenarioPage

standings = results.standings
standings_of_many = results.standings_of_many


def newest_edition_of(key):
    """The number of its newest edition: another one whenever what is played is another."""
    return ScenarioEdition.objects.filter(scenario_key=key).order_by("-pk").values_list("pk", flat=True).first()


def parts_of(course_page, sector):
    """Parts of the live drills of a course page."""
    pages = ScenarioPage.objects.child_of(course_page).live().defer("scenes", "search_description")
    return [page.part_for(sector) for page in pages]
