"""Who comes: the list, the waiting list, adding people and taking registrations back."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from courses.choices import RegistrationState, RegistrationWay, WorkshopKind
from courses.people.fields import PlainTextField
from courses.workshops import registering
from courses.workshops.finding import LEAST_LETTERS, find_people, trainable
from courses.workshops.guard import runs_workshop
from courses.workshops.models import Registration, Workshop
from courses.workshops.next_steps import places_and_waiting

# Walk-ins after the rows, and who has none yet last: databases differ where a value is missing.
SHEET_ORDER = [
    F("row").asc(nulls_last=True),
    F("walk_in_row").asc(nulls_last=True),
    "person__full_name",
    "pk",
]
ROWS_A_PAGE = 100
MOST_AT_ONCE = 200


class FindForm(forms.Form):
    find = PlainTextField(
        label=gettext_lazy("Name or service number"),
        help_text=gettext_lazy("Part of a name is enough. Several people: put commas between them."),
        max_length=1000,
        required=False,
    )


class AddForm(forms.Form):
    person = forms.ModelMultipleChoiceField(None, to_field_name="uuid")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


def takes_people(workshop):
    return not (workshop.is_closed or workshop.is_cancelled or workshop.kind == WorkshopKind.AWARENESS)


@require_http_methods(["GET", "HEAD", "POST"])
@runs_workshop
def people(request):
    workshop = request.workshop
    if workshop.kind == WorkshopKind.AWARENESS:
        raise Http404
    if request.method == "POST":
        return _promote(request) if request.POST.get("deed") == "promote" else _add(request)
    held = workshop.registrations.select_related("person__agency")
    listing = Paginator(held.coming().order_by(*SHEET_ORDER), ROWS_A_PAGE).get_page(request.GET.get("page"))
    form = FindForm(request.GET)
    text = form.cleaned_data["find"] if form.is_valid() else ""
    found, fitting = find_people(text) if takes_people(workshop) else ([], 0)
    counted = Workshop.objects.with_counts().get(pk=workshop.pk)
    return render(
        request,
        "workshops/people.html",
        {
            "workshop": workshop,
            "listing": listing,
            "waiting": held.waiting(),
            "counted": counted,
            "free": places_and_waiting(counted),
            "agencies": _by_agency(workshop),
            "form": form,
            "asked": bool(text),
            "too_short": 0 < len(text.strip()) < LEAST_LETTERS,
            "found": [(person, _state_of(person, workshop, _states(workshop, found))) for person in found],
            "more": fitting - len(found),
            "takes_people": takes_people(workshop),
        },
    )


def _states(workshop, found):
    rows = workshop.registrations.filter(person__in=found)
    return {row.person_id: row for row in rows}


def _state_of(person, workshop, states):
    registration = states.get(person.pk)
    if registration is None or registration.state == RegistrationState.CANCELLED:
        return ""
    return registration.get_state_display()


def _by_agency(workshop):
    rows = workshop.registrations.coming().order_by().values("person__agency__name").annotate(n=Count("pk"))
    return sorted(
        ((row["person__agency__name"] or "", row["n"]) for row in rows), key=lambda row: (-row[1], row[0])
    )


def _promote(request):
    registration = Registration.objects.filter(
        workshop=request.workshop, uuid=_uuid(request.POST.get("registration"))
    ).first()
    if registration is None:
        raise Http404
    if registering.promote(registration, actor=request.user, at=timezone.now()):
        messages.success(request, _("%(name)s has a place now.") % {"name": registration.person})
    else:
        messages.info(request, _("%(name)s does not wait any more.") % {"name": registration.person})
    return redirect("workshop_people", request.workshop.uuid)


def _uuid(text):
    try:
        return forms.UUIDField().clean(text)
    except forms.ValidationError:
        return None


def _add(request):
    workshop = request.workshop
    if not takes_people(workshop):
        messages.error(request, _("This workshop is over or cancelled, so nobody was added."))
        return redirect("workshop_people", workshop.uuid)
    form = AddForm(
        {"person": request.POST.getlist("person")[:MOST_AT_ONCE]}, people=trainable(timezone.localdate())
    )
    if not form.is_valid():
        messages.warning(request, _("Nobody was chosen, so nothing changed."))
        return redirect("workshop_people", workshop.uuid)
    add_many(request, form.cleaned_data["person"].select_related("agency", "user"), RegistrationWay.OFFICE)
    return redirect("workshop_people", workshop.uuid)


def add_many(request, chosen, way):
    """Register people for `request.workshop` and say how that went. Raises RegistrationRefused for all."""
    at, states = timezone.now(), []
    with transaction.atomic():
        for person in chosen:
            one = registering.register(request.workshop, person, way=way, actor=request.user, at=at)
            states.append(one.state)
    coming, waiting = states.count(RegistrationState.REGISTERED), states.count(RegistrationState.WAITING)
    if coming:
        messages.success(
            request,
            ngettext("%(n)d person has a place.", "%(n)d people have a place.", coming) % {"n": coming},
        )
    if waiting:
        messages.warning(
            request,
            ngettext(
                "All places are taken: %(n)d person is on the waiting list.",
                "All places are taken: %(n)d people are on the waiting list.",
                waiting,
            )
            % {"n": waiting},
        )


@require_http_methods(["GET", "HEAD", "POST"])
@runs_workshop
def cancel(request, registration):
    """Take back somebody's registration, after a page that asks."""
    held = Registration.objects.filter(workshop=request.workshop).exclude(state=RegistrationState.CANCELLED)
    found = get_object_or_404(held.select_related("person__agency"), uuid=registration)
    if request.method == "POST":
        try:
            registering.cancel(found, actor=request.user, at=timezone.now())
        except registering.RegistrationRefused:
            words = _("%(name)s has signed in, so the registration stays. Mark at the door who left.")
            messages.error(request, words % {"name": found.person})
        else:
            words = _("The registration of %(name)s was taken back.")
            messages.success(request, words % {"name": found.person})
        return redirect("workshop_people", request.workshop.uuid)
    return render(
        request, "workshops/people_cancel.html", {"workshop": request.workshop, "registration": found}
    )
