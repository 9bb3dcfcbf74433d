"""Print certificates: who of a workshop gets one, the names, the numbers, and the print run.

Whoever runs the workshop sees who meets the rule; the focal point alone gives numbers and prints.
"""

import uuid as uuids
from datetime import timedelta
from functools import wraps

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates.attending import needs_another
from certificates.batches.making import print_selected, print_workshop
from certificates.batches.models import PrintRun
from certificates.batches.standing import people_of
from certificates.batches.tasks import go_on_printing
from certificates.correcting import rename
from courses.desk_selection import whole_numbers
from courses.people.fields import NameField
from courses.people.roles import may_manage_certificates
from courses.room.deserving import NOT_OURS, gives_certificates
from courses.workshops.guard import runs_workshop

# A part takes seconds; whoever waits longer may set it going again, which does no harm.
STALLED = timedelta(minutes=5)
SHOWN_RUNS = 20


def issuer_required(view):
    """Let in whoever gives numbers and prints."""

    @login_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_manage_certificates(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


# --- Of one workshop --------------------------------------------------------------------


@runs_workshop
@require_safe
def workshop_certificates(request):
    """Who meets the rule and who does not, and why; the certificates there are, and the print runs."""
    workshop = request.workshop
    people = people_of(workshop)
    may_print = may_manage_certificates(request.user)
    context = {
        "workshop": workshop,
        "met": [one for one in people if one.standing.is_met or one.certificate],
        "unmet": [one for one in people if not (one.standing.is_met or one.certificate)],
        "may_print": may_print,
        "not_ours": "" if gives_certificates(workshop) else NOT_OURS,
        "without": sum(one.gets_number for one in people),
        "printable": [one for one in people if one.may_be_printed],
        "runs": workshop.print_runs.all()[:SHOWN_RUNS] if may_print else [],
        "uuid": uuids.uuid4(),
        "is_over": not workshop.sessions.filter(ends_at__gt=timezone.now()).exists(),
    }
    return render(request, "certificates/prints/workshop.html", context)


class NameForm(forms.Form):
    wanted = NameField(label=gettext_lazy("Name as it should read"))


@runs_workshop
@issuer_required
@require_http_methods(["GET", "HEAD", "POST"])
def workshop_certificates_names(request):
    """The names as they will be printed: before numbers are given each can be put right, or left out."""
    if not gives_certificates(request.workshop):
        return redirect("workshop_certificates", request.workshop.uuid)
    people = [one for one in people_of(request.workshop) if one.gets_number]
    own = [one for one in people if needs_another(request.workshop, one.standing.person, request.user)]
    people = [one for one in people if one not in own]
    if request.method != "POST":
        if own:
            messages.info(
                request, _("Your own certificate asks for a test, so another member of the team gives it.")
            )
        wanted = whole_numbers([request.GET.get("correct", "")])
        corrected = next((one for one in people if [one.registration.pk] == wanted), None)
        form = NameForm(initial={"wanted": corrected.name}) if corrected else None
        return _names(request, people, corrected, form)
    if "rename" in request.POST:
        return _rename(request, people)
    return _give(request, people)


def _names(request, people, corrected=None, form=None, status=200):
    context = {
        "workshop": request.workshop,
        "people": people,
        "corrected": corrected,
        "form": form,
        "uuid": uuids.uuid4(),
        "shown": ",".join(str(one.registration.pk) for one in people),
    }
    return render(request, "certificates/prints/names.html", context, status=status)


def _rename(request, people):
    wanted = whole_numbers([request.POST["rename"]])
    corrected = next((one for one in people if [one.registration.pk] == wanted), None)
    if corrected is None:
        raise Http404
    form = NameForm(request.POST)
    if not form.is_valid():
        return _names(request, people, corrected, form, status=422)
    name = form.cleaned_data["wanted"]
    rename(corrected.standing.person, name, actor=request.user, at=timezone.now())
    messages.success(request, _("The name now reads %(name)s.") % {"name": name})
    return redirect("workshop_certificates_names", request.workshop.uuid)


def _give(request, people):
    """Numbers for those who were on the page and not left out: nobody's name is printed that was not seen."""
    seen = set(whole_numbers(request.POST.get("shown", "").split(",")))
    left_out = set(whole_numbers(request.POST.getlist("out")))
    chosen = [one.registration for one in people if one.registration.pk in seen - left_out]
    made = print_workshop(
        request.workshop,
        chosen,
        actor=request.user,
        at=timezone.now(),
        separate="separate" in request.POST,
        uuid=_uuid(request),
    )
    if made.run is None:
        messages.warning(request, _("Nobody was left to print for, so no number was given."))
        return redirect("workshop_certificates", request.workshop.uuid)
    return redirect("print_run", made.run.uuid)


@runs_workshop
@issuer_required
@require_POST
def workshop_certificates_again(request):
    """Print what has its number already, all or those ticked. Numbers stay as they are."""
    chosen = set(whole_numbers(request.POST.getlist("row")))
    certificates = [
        one.certificate
        for one in people_of(request.workshop)
        if one.may_be_printed and (not chosen or one.registration.pk in chosen)
    ]
    made = print_selected(
        sorted(certificates, key=lambda one: one.number),
        title=request.workshop.title,
        actor=request.user,
        at=timezone.now(),
        workshop=request.workshop,
        separate="separate" in request.POST,
        duplicate="duplicate" in request.POST,
        uuid=_uuid(request),
    )
    if made.run is None:
        messages.warning(request, _("There is nothing to print."))
        return redirect("workshop_certificates", request.workshop.uuid)
    return redirect("print_run", made.run.uuid)


def _uuid(request):
    """The form's own: pressed twice, it is one print run."""
    try:
        return uuids.UUID(request.POST.get("uuid", ""))
    except ValueError:
        return uuids.uuid4()


# --- A print run ------------------------------------------------------------------------


@issuer_required
@require_safe
def print_run(request, uuid):
    """How far it is; the files when it is done. It can be left and found again."""
    run = get_object_or_404(PrintRun.objects.select_related("workshop"), uuid=uuid)
    parts = list(run.parts.values_list("file", flat=True))
    drawn = sum(bool(file) for file in parts)
    context = {
        "run": run,
        "drawn": drawn,
        # Closing is a step too.
        "steps": len(parts) + 1,
        "stalled": run.moved_at < timezone.now() - STALLED,
        "minutes": int((timezone.now() - run.moved_at).total_seconds() // 60),
        "first": run.items.select_related("certificate").first(),
        "last": run.items.select_related("certificate").last(),
    }
    return render(request, "certificates/prints/run.html", context)


@issuer_required
@require_POST
def print_run_again(request, uuid):
    """Set a print run going that stands still, or print one again whose files are gone."""
    run = get_object_or_404(PrintRun, uuid=uuid)
    if run.is_purged:
        items = run.items.select_related("certificate")
        made = print_selected(
            [item.certificate for item in items],
            title=run.title,
            actor=request.user,
            at=timezone.now(),
            workshop=run.workshop,
            separate=run.separate,
            duplicate=run.duplicate,
            uuid=_uuid(request),
        )
        if made.left_out:
            n = len(made.left_out)
            words = ngettext("%(n)d no longer counts.", "%(n)d no longer count.", n) % {"n": n}
            messages.warning(request, words)
        return redirect("print_run", made.run.uuid if made.run else uuid)
    if not run.is_ready:
        go_on_printing.enqueue(run.pk)
    return redirect("print_run", uuid)


@issuer_required
@require_safe
def print_run_pdf(request, uuid):
    run = get_object_or_404(PrintRun, uuid=uuid)
    return _file(run.pdf, "certificates.pdf", "application/pdf")


@issuer_required
@require_safe
def print_run_zip(request, uuid):
    run = get_object_or_404(PrintRun, uuid=uuid)
    return _file(run.archive, "certificates.zip", "application/zip")


def _file(kept, name, content_type):
    """Neutral: neither the workshop nor the topic is in the name."""
    if not kept:
        raise Http404
    response = FileResponse(kept.open("rb"), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
