"""The procedures in force, for everybody who is trained in them: the list, one of them, one clause."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.people.guard import person_required
from courses.procedures import register


@person_required
@require_safe
def procedures(request):
    return render(request, "courses/procedures/list.html", {"procedures": register.procedures()})


@person_required
@require_safe
def procedure(request, uuid):
    found = get_object_or_404(register.procedures(), uuid=uuid)
    wordings = found.in_force.wordings.select_related("clause")
    context = {"procedure": found, "edition": found.in_force, "wordings": wordings}
    return render(request, "courses/procedures/procedure.html", context)


@person_required
@require_safe
def clause(request, uuid):
    found = register.clause_in_force(uuid)
    if found is None:
        raise Http404
    one, wording = found
    context = {"clause": one, "wording": wording, "procedure": one.procedure, "edition": one.procedure.in_force}
    return render(request, "courses/procedures/clause.html", context)
