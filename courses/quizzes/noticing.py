"""What the author of a quiz may want to look at again. What stops publishing stands in `checking`."""

from django.utils.translation import gettext as _

from courses.catalogue.noticing import question_notes, text_notes
from courses.questions.plain import blocks_of
from courses.questions.problems import another_key, place_of_question
from courses.quizzes.checking import places_with_another_key


def quiz_notes(page):
    found = _time_notes(page) + text_notes(page.intro, _("What is said before it starts"))
    for n, (_id, kind, value) in enumerate(blocks_of(page.questions), 1):
        if kind not in ("bank", "draw"):
            found += question_notes(kind, value, place_of_question(n))
    return found + [another_key(place_of_question(n + 1)) for n in places_with_another_key(page)]


def _time_notes(page):
    if not page.time_limit_minutes:
        return []
    return [
        _(
            "This test has a time limit. People with old phones, weak networks, disabilities or shifts lose by "
            "a clock. Before it is taken, give extra time to those who need it: Exceptions, at each person's "
            "course."
        )
    ]
