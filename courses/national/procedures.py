"""The model pathway that comes with the national course."""

from django.db import transaction

from courses.national import files
from courses.procedures import editions
from courses.procedures.models import ClauseWording, Procedure


def install_procedure(loader):
    """{number of a clause in the file: its key}. A procedure that somebody has renamed or edited is theirs."""
    source = files.read("procedure")
    found = Procedure.objects.filter(name=source["name"]).first()
    if found is None and not loader.last_loaded(Procedure, source["name"]):
        found = _install(source, loader)
    if found is None:
        return {}
    first = found.editions.order_by("n").first()
    return dict(first.wordings.values_list("number", "clause")) if first else {}


@transaction.atomic
def _install(source, loader):
    procedure = Procedure.objects.create(name=source["name"], is_model=True)
    draft = editions.begin(procedure, label=source["label"], actor=None, at=loader.at)
    draft.source = source["source"]
    draft.save(update_fields=["source"])
    for place, clause in enumerate(source["clauses"]):
        ClauseWording.objects.create(edition=draft, sort_order=place, **clause)
    editions.publish(draft, material=[], uses=lambda keys: {}, actor=None, at=loader.at)
    loader.note(procedure, source["name"])
    return procedure
