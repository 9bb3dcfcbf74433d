"""The debrief of a class for one drill, on one page: how many played, step by step how it went, the commonest
critical errors with the paragraph to teach again, and questions for the room. It names nobody.

A room that played round a table has a debrief of its own, by clause and agency.
"""

from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from courses.choices import DrillStep
from lms.reports.drills import first_tries, reckoning, reteaching

QUESTIONS, ERRORS = 3, 3
# With so many letters of each, the longest texts still fit on one page.
LONGEST = {"title": 90, "name": 80, "paragraph": 240, "asks": 170}


@dataclass(frozen=True)
class Debrief:
    """`played`: how many of the class finished a try, or None where they are too few to tell of.
    `steps`: [(what it is called, Cell), ...] of those that were met; `questions`:
    [(place, what the procedure asks there, the question), ...]."""

    title: str
    played: int | None
    steps: list
    errors: list
    questions: list

    @property
    def is_told(self):
        return self.played is not None


def of_class(people, drill, title):
    """The Debrief of the people of a class, by the first finished try of each at the drill, (kind, key)."""
    tries = first_tries.of_people(people, drill)
    if len(tries) < reckoning.FEW:
        return Debrief(title, None, [], [], [])
    cells = reckoning.of_group(tries, DrillStep.values)
    errors, _left_out = reckoning.commonest(tries)
    return Debrief(
        title,
        len(tries),
        [(label, cell) for label, cell in zip(DrillStep.labels, cells, strict=True) if cell.n],
        reteaching.shown(errors[:ERRORS]),
        _questions(drill[0], tries),
    )


def _questions(kind, tries):
    """From what the procedure asks where most people missed something."""
    newest = max(one.edition for one in tries)
    edition = reteaching.editions_of([(kind, newest)])[kind, newest]
    asked = [
        _("What would make that hard where you work, and what would help?"),
        _("What would you say, word for word?"),
        _("Who else is needed for that, and how do you reach them?"),
    ]
    places = [reteaching.place_of(kind, edition, place)[:2] for place in reckoning.most_missed(tries)]
    found = [(title, asks) for title, asks in places if asks]
    return [(title, asks, words) for (title, asks), words in zip(found, asked, strict=False)]


def cut(text, what):
    """As it stands on paper: words that would not fit are left out."""
    return Truncator(text).chars(LONGEST[what])
