"""Fixing a table-top exercise before it is printed: what is on the cards is what is entered afterwards."""

from django.db import transaction

from courses.audit.log import record
from courses.drills.tabletop.freezing import content_of
from courses.drills.tabletop.models import TableTop, TableTopEdition
from courses.drills.tabletop.refusing import FAULTY, TableTopRefused
from courses.numbering_editions import next_edition


@transaction.atomic
def publish_edition(table_top, *, actor, at):
    """The edition of the exercise as it is now; the one there is, if nothing changed.

    Raises TableTopRefused.
    """
    # Two who plan at once: the second waits here and finds the first one's edition.
    table_top = TableTop.objects.select_for_update(of=("self",)).get(pk=table_top.pk)
    if table_top.problems():
        raise TableTopRefused(FAULTY)
    scenario = table_top.scenario_edition()
    now = {
        "title": table_top.title,
        "scenario_edition": scenario,
        "content": content_of(table_top, scenario),
    }
    edition, is_new = next_edition(TableTopEdition, now, at=at, table_top_key=table_top.key)
    if is_new:
        record("table_top.fixed", edition, actor=actor, at=at, n=edition.n, title=edition.title)
    return edition
