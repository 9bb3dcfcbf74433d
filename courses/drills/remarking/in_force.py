"""By which edition a run is marked that ends after the points or the key were put right."""

from courses.choices import RepairState
from courses.drills.remarking.models import DrillRepair


def result_in_force(kind, run, result_of):
    """The Result by the edition put right last, where the run fits it; or else by its own."""
    edition = run.edition
    key = getattr(edition, "scenario_key", None) or edition.case_key
    repairs = DrillRepair.objects.filter(
        kind=kind, key=key, state__in=[RepairState.RUNNING, RepairState.DONE]
    ).order_by("-confirmed_at", "-pk")
    # One row, if any: most drills were never put right.
    repair = repairs.first()
    right = (
        repair and type(edition).objects.filter(pk=repair.editions.get(edition.locale), n__gt=edition.n).first()
    )
    return (right and result_of(run, right)) or result_of(run, edition)
