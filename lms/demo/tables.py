"""Tables of the demo that played a table-top exercise at a workshop."""

from courses.drills.tabletop import scoring
from courses.drills.tabletop.models import TableTop
from courses.room.tables import holding

TABLES = 6
# A table goes on to what the procedure asks so often, and an agency does by itself what it is asked so often.
WELL, BY_ITSELF = 0.8, [7, 2, 1]


def play(workshop, rng, *, actor, at):
    """Hold the first exercise there is, and enter some tables. Without one there is nothing to hold."""
    table_top = TableTop.objects.exclude(scenario=None).order_by("pk").first()
    if table_top is None:
        return
    held = holding.hold(workshop, table_top, actor=actor, at=at)
    content = held.edition.content
    for table in range(1, TABLES + 1):
        log = _way(content["story"], rng)
        asked = scoring.score(content, log, []).asked
        marks = {duty: rng.choices(scoring.MARKS, BY_ITSELF)[0] for duty in asked}
        holding.enter(held, table, log, absent=[], marks=marks, actor=actor, at=at)


def _way(story, rng):
    choices = {one["id"]: one["choices"] for one in story["situations"]}
    log, here = [], story["situations"][0]["id"]
    while here in choices:
        best = max(choices[here], key=lambda choice: choice["points"])
        made = best if rng.random() < WELL else rng.choice(choices[here])
        log.append((here, made["id"]))
        here = made["to"]
    return log
