"""What those who run a workshop should do next, most urgent first."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.choices import WorkshopKind, WorkshopState

SOON = timedelta(days=7)


def next_steps(workshop, *, at, at_desk):
    """[(sentence, address)]; asks for a workshop `with_days` and `with_counts`.

    Who is not `at_desk` reads what is to be done there, without an address.
    """
    steps = []
    edit = reverse("workshops:edit", args=[workshop.pk]) if at_desk else ""
    if workshop.starts_at is None:
        steps.append((_("Give it a day and sessions."), edit))
    if workshop.state == WorkshopState.PLANNED and workshop.starts_at is not None:
        opening = reverse("workshops:open", args=[workshop.pk]) if at_desk else ""
        steps.append((_("Open it for registration, so that people can see it."), opening))
    if workshop.state == WorkshopState.CLOSED and workshop.kind == WorkshopKind.WORKSHOP:
        certificates = reverse("workshop_certificates", args=[workshop.uuid])
        return [*steps, (_("Certificates: see who meets the rule, check the names and print."), certificates)]
    if workshop.state not in (WorkshopState.PLANNED, WorkshopState.OPEN):
        return steps
    if workshop.ends_at and workshop.ends_at < at:
        after = reverse("workshop_after", args=[workshop.uuid])
        return [*steps, (_("Afterwards: type what is only on paper, then close the workshop."), after)]
    if workshop.starts_at and timezone.localdate(workshop.starts_at) <= timezone.localdate(at):
        door = reverse("workshop_door", args=[workshop.uuid])
        steps.append((_("At the door: mark who is here, confirm the room, add walk-ins."), door))
    people = reverse("workshop_people", args=[workshop.uuid])
    waiting = places_and_waiting(workshop)
    if waiting:
        steps.append((waiting, people))
    elif not workshop.coming:
        steps.append((_("Nobody is registered yet. Add people, or wait until they register."), people))
    if (
        workshop.starts_at
        and workshop.starts_at - SOON <= at
        and timezone.localdate(at) <= timezone.localdate(workshop.ends_at)
    ):
        ready = reverse("workshop_ready", args=[workshop.uuid])
        steps.append((_("Get ready: print the sign-in sheet, the name cards and the poster."), ready))
    return steps


def places_and_waiting(workshop):
    """ "1 place is free, 3 people wait", or "" where nobody could be given a place."""
    if workshop.capacity is None or not workshop.waiting:
        return ""
    free = workshop.capacity - workshop.coming
    if free <= 0:
        return ""
    places = ngettext("%(n)d place is free", "%(n)d places are free", free) % {"n": free}
    waiting = ngettext("%(n)d person waits", "%(n)d people wait", workshop.waiting) % {"n": workshop.waiting}
    return _("%(places)s, %(waiting)s.") % {"places": places, "waiting": waiting}
