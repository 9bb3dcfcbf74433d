"""What agencies did at the tables of table-top exercises. Tables are counted, and nobody who sat at one."""

from courses.drills.tabletop.scoring import MISSED
from courses.room.tables.models import TableResult


def kept_at_tables(since, before):
    """[(table, agency at it, {step of the procedure: (duties kept, duties asked)}), ...] of what was entered
    between two moments. `table`: a name of it that no other has; a duty kept after a prompt was kept. Two
    queries."""
    found = []
    results = TableResult.objects.in_force().filter(at__gte=since, at__lt=before)
    for result in results.select_related("held__edition").order_by("held", "table"):
        content = result.held.edition.content
        step_of = {one["id"]: one["step"] for one in content["story"]["situations"]}
        agencies = {}
        for duty in content["duties"]:
            if duty["id"] in result.marks:
                steps = agencies.setdefault(duty["agency"], {})
                kept, asked = steps.get(step_of[duty["at"]], (0, 0))
                steps[step_of[duty["at"]]] = (kept + (result.marks[duty["id"]] != MISSED), asked + 1)
        found += [((result.held_id, result.table), agency, steps) for agency, steps in agencies.items()]
    return found
