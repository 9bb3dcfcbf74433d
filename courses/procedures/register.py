"""Reading the procedures in force."""

from django.core.cache import caches
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver

from courses.procedures.models import Clause, ClauseWording, Procedure, ProcedureEdition

CACHE_KEY = "procedures"
# Another process may still show the words of before for so many seconds.
SECONDS = 60


def procedures():
    """Procedures that have an edition in force."""
    published = ProcedureEdition.objects.published()
    return Procedure.objects.filter(editions__in=published).distinct()


def clause_in_force(uuid):
    """(the Clause, its wording in the edition in force, None where that one no longer has it), or None."""
    clause = Clause.objects.select_related("procedure").filter(uuid=uuid).exclude(number="").first()
    if clause is None:
        return None
    edition = clause.procedure.in_force
    return clause, edition.wordings.filter(clause=clause).first()


def clauses_with(keys):
    """The Clauses with these keys, in this order, as they are called now."""
    found = Clause.objects.in_bulk(keys) if keys else {}
    return [found[key] for key in dict.fromkeys(keys) if key in found and found[key].number]


def words_in_force(keys):
    """{key: its ClauseWording in the newest published edition that has it}, for keys of Clauses or, as text,
    their lasting names: what was frozen has either. One query."""
    numbers = {key for key in keys if isinstance(key, int)}
    wanted = Q(clause__in=numbers) | Q(clause__uuid__in={*keys} - numbers)
    published = ProcedureEdition.objects.published()
    found = ClauseWording.objects.filter(wanted, edition__in=published).order_by("edition__n")
    return {
        key: wording
        for wording in found.select_related("clause")
        for key in (wording.clause_id, str(wording.clause.uuid))
        if key in keys
    }


def stamp():
    """What changes whenever an edition is published, for keys of cached pages that quote clauses."""
    known = caches["bodies"].get(CACHE_KEY)
    if known is None:
        newest = ProcedureEdition.objects.published().order_by("-published_at").values_list("pk", flat=True)
        known = newest.first() or 0
        caches["bodies"].set(CACHE_KEY, known, SECONDS)
    return known


# It stands here because only a process that imported this module can hold a stale stamp.
@receiver(post_save, sender=ProcedureEdition)
def forget_the_stamp(**kwargs):
    caches["bodies"].delete(CACHE_KEY)
