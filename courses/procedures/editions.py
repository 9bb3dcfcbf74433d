"""Beginning, publishing and throwing away an edition of a procedure, and deciding on what cites it."""

from django.db import transaction
from django.db.models import Max

from courses.audit.log import record
from courses.choices import CitationState, ProcedureState
from courses.procedures import difference
from courses.procedures.models import CitationReview, Clause, ClauseWording, Procedure, ProcedureEdition
from courses.procedures.refusing import ProcedureRefused
from courses.signals import procedure_published

SAID = difference.Wording._fields[1:]


@transaction.atomic
def begin(procedure, *, label, actor, at):
    """A draft that begins with the words of the edition in force. Raises ProcedureRefused("draft")."""
    procedure = Procedure.objects.select_for_update().get(pk=procedure.pk)
    if procedure.draft:
        raise ProcedureRefused("draft")
    newest = procedure.editions.aggregate(n=Max("n"))["n"] or 0
    draft = ProcedureEdition.objects.create(procedure=procedure, n=newest + 1, label=label)
    if procedure.in_force:
        ClauseWording.objects.bulk_create(
            ClauseWording(
                edition=draft,
                clause_id=old.clause_id,
                sort_order=old.sort_order,
                **{name: getattr(old, name) for name in SAID},
            )
            for old in procedure.in_force.wordings.all()
        )
    record("procedure edition begun", draft, actor=actor, at=at)
    return draft


@transaction.atomic
def take_in(edition, clauses, *, actor, at):
    """Enter clauses from a document into a draft: those whose number it has get the new words, the others are
    added after them. What the document lacks stays. Returns (how many were reworded, how many added).

    `clauses`: [{"number", "title", "text", "steps", "role", "time_limit"}, ...]. Raises ProcedureRefused.
    """
    edition = _locked_draft(edition)
    numbers = [clause["number"] for clause in clauses]
    if not clauses:
        raise ProcedureRefused("no clause")
    if len(set(numbers)) < len(numbers):
        raise ProcedureRefused("twice")
    known = {wording.number: wording for wording in edition.wordings.all()}
    place, added = len(known), 0
    for clause in clauses:
        wording = known.get(clause["number"])
        if wording is None:
            wording, place, added = ClauseWording(edition=edition, sort_order=place), place + 1, added + 1
        for name, value in clause.items():
            setattr(wording, name, value)
        wording.save()
    reworded = len(clauses) - added
    record("procedure draft taken in", edition, actor=actor, at=at, reworded=reworded, added=added)
    return reworded, added


@transaction.atomic
def throw_away(edition, *, actor, at):
    """Delete a draft. Raises ProcedureRefused("published")."""
    edition = _locked_draft(edition)
    record("procedure draft thrown away", edition, actor=actor, at=at, procedure=str(edition.procedure))
    clauses = list(edition.wordings.values_list("clause", flat=True))
    edition.wordings.all().delete()
    edition.delete()
    Clause.objects.filter(pk__in=clauses, wordings=None).delete()


@transaction.atomic
def publish(edition, *, material, uses, actor, at):
    """Put a draft in force, and list what cites the clauses that it changes.

    `material`: keys of the clauses whose change people must hear of. `uses(keys)`: {key of a clause: its
    places}, each with `written_in`, `number`, `title` and `place`. Raises ProcedureRefused.
    """
    edition = _locked_draft(edition)
    wordings = list(edition.wordings.all())
    numbers = [wording.number for wording in wordings]
    if not wordings:
        raise ProcedureRefused("empty")
    if len(set(numbers)) < len(numbers):
        raise ProcedureRefused("twice")
    changes = changes_of(edition)
    if not changes:
        raise ProcedureRefused("same")
    marked = [change for change in changes if change.key in set(material)]
    edition.wordings.filter(clause__in=[one.key for one in marked if one.after]).update(is_material=True)
    edition.left_out_material.set([one.key for one in marked if one.after is None])
    edition.state, edition.published_at, edition.published_by = ProcedureState.PUBLISHED, at, str(actor or "")
    edition.save()
    _renew_clauses(edition, wordings)
    _list_citations(edition, changes, uses)
    record(
        "procedure edition published", edition, actor=actor, at=at, label=edition.label, changes=len(changes)
    )
    procedure_published.send(ProcedureEdition, edition=edition, actor=actor, at=at)
    return edition


def material_changes(edition):
    """The Changes of a published edition that people must hear of."""
    return [change for change in changes_of(edition) if change.key in edition.material_clauses]


def changes_of(edition):
    """The Changes from the published edition before this one, by the keys of clauses."""
    before = edition.procedure.editions.published().filter(n__lt=edition.n).order_by("-n").first()
    return difference.compare(_wordings(before) if before else [], _wordings(edition))


@transaction.atomic
def decide(review, *, state, actor, at):
    """Say what came of looking at a place that cites a changed clause. Raises ProcedureRefused("over")."""
    review = CitationReview.objects.select_for_update().get(pk=review.pk)
    if not review.is_open:
        raise ProcedureRefused("over")
    review.state, review.decided_by, review.decided_at = CitationState(state), str(actor or ""), at
    review.save(update_fields=["state", "decided_by", "decided_at"])
    record("citation decided", review, actor=actor, at=at, state=str(review.state), place=str(review))
    return review


def _locked_draft(edition):
    edition = ProcedureEdition.objects.select_for_update().get(pk=edition.pk)
    if not edition.is_draft:
        raise ProcedureRefused("published")
    return edition


def _wordings(edition):
    return [
        difference.Wording(wording.clause_id, *(getattr(wording, name) for name in SAID))
        for wording in edition.wordings.all()
    ]


def _renew_clauses(edition, wordings):
    """What a clause is called follows the edition in force; one that it lacks keeps its last name."""
    Clause.objects.filter(procedure=edition.procedure).update(is_in_force=False)
    clauses = Clause.objects.in_bulk([wording.clause_id for wording in wordings])
    for place, wording in enumerate(wordings):
        clause = clauses[wording.clause_id]
        clause.number, clause.title = wording.number, wording.title
        clause.place, clause.is_in_force = place, True
    Clause.objects.bulk_update(clauses.values(), ["number", "title", "place", "is_in_force"])


def _list_citations(edition, changes, uses):
    changed = {change.key: change.kind for change in changes if change.before}
    CitationReview.objects.bulk_create(
        CitationReview(
            edition=edition,
            clause_id=key,
            change=changed[key],
            written_in=use.written_in,
            number=use.number,
            title=use.title,
            place=use.place,
        )
        for key, places in uses(list(changed)).items()
        for use in {(use.written_in, use.number, use.place): use for use in places}.values()
    )
