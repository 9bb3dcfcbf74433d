"""The supervisor's page of a workshop: who of the own agency goes, and sending more. Nobody else's people."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.choices import Approval, RegistrationState, RegistrationWay
from courses.people import roles
from courses.people.guard import lacks_second_step, to_second_step
from courses.workshops import registering
from courses.workshops.finding import find_people, trainable
from courses.workshops.models import Workshop
from courses.workshops.people import MOST_AT_ONCE, AddForm, FindForm, add_many
from courses.workshops.wording import days_in_words

ROWS_A_PAGE = 50
REFUSED = {
    "closed": gettext_lazy("This workshop is not open for registration now, so nobody was registered."),
    "over": gettext_lazy("This workshop has begun, so nobody was registered. Speak to the facilitator."),
}


def _people_of(user):
    """The supervisor's own agency: approved people who work there today."""
    people = trainable(timezone.localdate()).filter(approval=Approval.APPROVED)
    return people.filter(agency_id=user.person.agency_id)


def _workshop_for(user, uuid):
    """One to which the supervisor's agency may send people, or 404."""
    if not roles.may_register_team(user):
        raise Http404
    found = Workshop.objects.public().with_days().filter(uuid=uuid).first()
    if found is None or not found.invites(user.person.agency_id):
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def team(request, uuid):
    workshop = request.workshop = _workshop_for(request.user, uuid)
    if lacks_second_step(request.user):
        return to_second_step(request)
    people = _people_of(request.user)
    if request.method == "POST":
        return _register(request, people)
    form = FindForm(request.GET)
    text = form.cleaned_data["find"] if form.is_valid() else ""
    shown = people.order_by("full_name", "pk").select_related("post")
    if text:
        shown = find_people(text, shown)[0]
    listing = Paginator(shown, ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = workshop.registrations.filter(person__in=list(listing)).exclude(state=RegistrationState.CANCELLED)
    states = {row.person_id: row.get_state_display() for row in rows}
    return render(
        request,
        "workshops/team.html",
        {
            "workshop": workshop,
            "days": days_in_words(workshop.starts_at, workshop.ends_at),
            "form": form,
            "asked": bool(text),
            "listing": listing,
            "rows": [(person, states.get(person.pk, "")) for person in listing],
            "agency": request.user.person.agency,
            "sent": workshop.registrations.coming().filter(person__in=people).count(),
            "takes_people": workshop.is_open,
        },
    )


def _register(request, people):
    form = AddForm({"person": request.POST.getlist("person")[:MOST_AT_ONCE]}, people=people)
    if not form.is_valid():
        messages.warning(request, _("Nobody was chosen, so nothing changed."))
        return redirect("workshop_team", request.workshop.uuid)
    try:
        add_many(
            request, form.cleaned_data["person"].select_related("agency", "user"), RegistrationWay.SUPERVISOR
        )
    except registering.RegistrationRefused as refused:
        messages.error(request, REFUSED.get(refused.code, REFUSED["closed"]))
    return redirect("workshop_team", request.workshop.uuid)
