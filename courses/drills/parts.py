"""The drills of a course, whichever kind they are, as its path and its completion need them."""

from courses.drills.scenarios import results
from courses.drills.scenarios.pages import ScenarioPage

standings = results.standings
standings_of_many = results.standings_of_many


def parts_of(course_page, sector):
    """Parts of the live drills of a course page."""
    pages = ScenarioPage.objects.child_of(course_page).live().defer("scenes", "search_description")
    return [page.part_for(sector) for page in pages]
