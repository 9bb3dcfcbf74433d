"""Workshops as everybody signed in sees them: the list, one of them, registering and leaving.

Who else is registered is never told here.
"""

from itertools import groupby

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.choices import District, RegistrationState, RegistrationWay, WorkshopKind
from courses.people import roles
from courses.people.guard import person_required
from courses.workshops import registering, telling
from courses.workshops.models import Registration, Workshop
from courses.workshops.next_steps import next_steps
from courses.workshops.wording import days_in_words, state_in_words

ROWS_A_PAGE = 30
REFUSED = {
    "closed": gettext_lazy("This workshop is not open for registration now."),
    "over": gettext_lazy("This workshop has begun. Speak to the facilitator at the door."),
    "invited": gettext_lazy("This workshop is for people of other agencies."),
    "person": gettext_lazy("You can register as soon as your sign-up is approved."),
    "self": gettext_lazy(
        "The training team registers people for this workshop. Ask your supervisor or the team."
    ),
}
NOW = {
    RegistrationState.REGISTERED: gettext_lazy("You are registered."),
    RegistrationState.WAITING: gettext_lazy("There is no free place now. You are on the waiting list."),
}


class DistrictForm(forms.Form):
    district = forms.ChoiceField(
        label=gettext_lazy("District"),
        required=False,
        choices=[("", gettext_lazy("every district")), *District.choices],
    )

    def wanted(self):
        # What is no district narrows nothing.
        return self.cleaned_data.get("district", "") if self.is_valid() else ""


def _mine(person):
    """The person's registrations that stand, by workshop."""
    if person is None:
        return {}
    held = Registration.objects.of(person).exclude(state=RegistrationState.CANCELLED)
    return {one.workshop_id: one for one in reversed(list(held.live_first()))}


def _seen_by(user):
    """What somebody may see in the list: public workshops, their own, and those they run."""
    runs = Workshop.objects.taught_by(user).exclude(kind=WorkshopKind.AWARENESS)
    seen = Q(pk__in=runs.values("pk"))
    if user.person is not None:
        seen |= Q(pk__in=Workshop.objects.for_person(user.person.counts_as).values("pk"))
    return Workshop.objects.filter(seen).with_days().with_counts()


@require_safe
@login_required
def workshops(request):
    person = request.user.person and request.user.person.counts_as
    mine, now = _mine(person), timezone.now()
    form = DistrictForm(request.GET)
    past = request.GET.get("when") == "past"
    found = _seen_by(request.user)
    if past:
        # What others went to is nobody's business: of the past, one's own and what one ran.
        runs = Workshop.objects.taught_by(request.user).values("pk")
        own = Q(pk__in=[*mine]) | Q(pk__in=runs)
        found = found.filter(own, ends_at__lt=now).order_by("-starts_at", "-pk")
    else:
        found = found.exclude(ends_at__lt=now).order_by("starts_at", "pk")
    if form.wanted():
        found = found.filter(district=form.wanted())
    listing = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = [_row(workshop, mine.get(workshop.pk)) for workshop in listing]
    return render(
        request,
        "workshops/list.html",
        {
            "form": form,
            "past": past,
            "listing": listing,
            "months": [(month, list(group)) for month, group in groupby(rows, key=_month)],
            "waits_for_approval": person is not None and not person.is_approved,
            "at_desk": roles.may_enter_desk(request.user),
        },
    )


def _row(workshop, registration):
    return {
        "workshop": workshop,
        "days": days_in_words(workshop.starts_at, workshop.ends_at),
        "state": state_in_words(workshop),
        "registration": registration,
        # A free place is for who waits already.
        "is_full": workshop.capacity is not None
        and (workshop.coming >= workshop.capacity or workshop.waiting > 0),
    }


def _month(row):
    starts_at = row["workshop"].starts_at
    return timezone.localdate(starts_at).replace(day=1) if starts_at else None


def _visible(request, uuid):
    """The workshop for somebody who may come to it, or 404."""
    person = request.user.person
    found = None
    if person is not None:
        found = Workshop.objects.for_person(person.counts_as).select_related("topic").filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


@require_safe
@login_required
def workshop(request, uuid):
    """The hub for those who run it; for everybody else what it is, and the way to a place."""
    run = Workshop.objects.taught_by(request.user).with_days().with_counts()
    found = run.select_related("topic", "course").filter(uuid=uuid).first()
    if found is not None:
        return _hub(request, found)
    found = _visible(request, uuid)
    person = request.user.person.counts_as
    registration = _mine(person).get(found.pk)
    at = timezone.now()
    code = "" if registration else registering.refusal(found, person, RegistrationWay.SELF, at)
    has_place = registration is not None and registration.is_coming
    return render(
        request,
        "workshops/workshop.html",
        {
            "workshop": found,
            "sessions": found.sessions.order_by("starts_at", "id"),
            "registration": registration,
            "waiting_number": registration.waiting_number() if registration and registration.is_waiting else 0,
            "may_leave": registration is not None and not found.is_closed and not _is_over(found, at),
            "refused": REFUSED.get(code, ""),
            "may_register": not registration and not code,
            "would_wait": found.free_places() == 0
            or (found.capacity is not None and found.registrations.waiting().exists()),
            "materials": found.materials.select_related("document") if has_place else [],
            "sends_team": roles.may_register_team(request.user) and found.is_open,
        },
    )


def _is_over(workshop, at):
    return not telling.is_still_to_come(workshop, at)


def _hub(request, found):
    free = None if found.capacity is None else max(found.capacity - found.coming, 0)
    context = {
        "workshop": found,
        "days": days_in_words(found.starts_at, found.ends_at),
        "state": state_in_words(found),
        "sessions": found.sessions.order_by("starts_at", "id"),
        "free": free,
        "steps": next_steps(found, at=timezone.now(), at_desk=roles.may_run_every_workshop(request.user)),
        "edit": reverse("workshops:edit", args=[found.pk])
        if roles.may_run_every_workshop(request.user)
        else "",
    }
    return render(request, "workshops/hub.html", context)


@require_POST
@person_required
def register(request, uuid):
    found = _visible(request, uuid)
    try:
        registration = registering.register(
            found, request.person, way=RegistrationWay.SELF, actor=request.user, at=timezone.now()
        )
    except registering.RegistrationRefused as refused:
        messages.error(request, REFUSED[refused.code])
    else:
        messages.success(request, NOW[registration.state])
    return redirect("workshop", uuid)


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, uuid):
    """Give the place back, after a page that asks."""
    held = Registration.objects.of(request.person.counts_as).exclude(state=RegistrationState.CANCELLED)
    registration = held.select_related("workshop").filter(workshop__uuid=uuid).live_first().first()
    if registration is None:
        raise Http404
    found, now = registration.workshop, timezone.now()
    if found.is_closed or _is_over(found, now):
        messages.error(request, _("This workshop is over, so the registration stays."))
        return redirect("workshop", uuid)
    if request.method == "POST":
        try:
            registering.cancel(registration, actor=request.user, at=now)
        except registering.RegistrationRefused:
            messages.error(
                request,
                _("You have signed in, so the registration stays. Tell the facilitator when you leave."),
            )
            return redirect("workshop", uuid)
        messages.success(request, _("Your registration was taken back."))
        return redirect("workshops")
    return render(request, "workshops/leave.html", {"workshop": found, "registration": registration})


@require_safe
@login_required
def calendar(request, uuid):
    """For those who have a place and those who run it."""
    found = Workshop.objects.taught_by(request.user).filter(uuid=uuid).first()
    if found is None:
        found = _visible(request, uuid)
        if not found.registrations.of(request.user.person.counts_as).coming().exists():
            raise Http404
    text = telling.calendar_of(found, at=timezone.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{telling.FILE}"'
    return response
