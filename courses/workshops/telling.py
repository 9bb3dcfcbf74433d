"""Letters about a workshop, with calendar files. Nobody reads in them what the training is about."""

from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from courses.choices import RegistrationState
from courses.mailing.posting import post
from courses.workshops import calendars
from courses.workshops.models import Workshop

FILE = "training-session.ics"
WORDS = {
    RegistrationState.REGISTERED: "registered",
    RegistrationState.WAITING: "waiting",
    RegistrationState.CANCELLED: "left",
}


def calendar_of(workshop, *, at, method=calendars.PUBLISH, gone=()):
    """The calendar file of a workshop. `gone`: sessions that are no more, to be taken out."""
    events = [_event(workshop, session) for session in workshop.sessions.order_by("starts_at", "id")]
    events += [_event(workshop, session, cancelled=True) for session in gone]
    organizer = parseaddr(settings.DEFAULT_FROM_EMAIL)[1] or "learning@localhost"
    return calendars.calendar(events, at=at, organizer=organizer, method=method)


def _event(workshop, session, cancelled=False):
    return calendars.Event(
        uid=f"{workshop.uuid}-{session.pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=_("Training session"),
        location=workshop.place,
        sequence=workshop.changes,
        cancelled=cancelled or workshop.is_cancelled,
    )


def is_still_to_come(workshop, at):
    last = workshop.sessions.aggregate(last=Max("ends_at"))["last"]
    return last is None or last > at


def tell_where_it_stands(registration, *, at, promoted=False, had_place=False):
    """A registration was made, promoted or cancelled. Nothing is said of what is over."""
    workshop = Workshop.objects.get(pk=registration.workshop_id)
    if workshop.is_closed or workshop.is_cancelled or not is_still_to_come(workshop, at):
        return
    what = "promoted" if promoted else WORDS[registration.state]
    method = None
    if registration.state == RegistrationState.REGISTERED:
        method = calendars.PUBLISH
    elif had_place:
        method = calendars.CANCEL
    # Who leaves and comes back is told again: the time at which they came makes it another letter.
    key = f"workshop:{what}:{registration.uuid}:{registration.at:%Y%m%d%H%M%S%f}"
    _post(key, what, registration, workshop, at=at, method=method)


def tell_everybody(workshop, what, *, at, method=calendars.PUBLISH, gone=(), reason=""):
    """All who have a place or wait for one: `what` is "changed", "cancelled" or "resumed".

    Once for each number of changes.
    """
    workshop = Workshop.objects.get(pk=workshop.pk)
    if not is_still_to_come(workshop, at):
        return
    held = workshop.registrations.exclude(state=RegistrationState.CANCELLED)
    for registration in held.select_related("person__user", "person__merged_into__user"):
        has_place = registration.state == RegistrationState.REGISTERED
        _post(
            f"workshop:{what}:{registration.uuid}:{workshop.changes}",
            what,
            registration,
            workshop,
            at=at,
            method=method if has_place else None,
            gone=gone,
            reason=reason,
        )


def _post(key, what, registration, workshop, *, at, method, gone=(), **context):
    person = registration.person.counts_as
    if not (person.email or registration.person.email):
        return
    with translation.override(person.language):
        files = []
        if method is not None:
            text = calendar_of(workshop, at=at, method=method, gone=gone)
            files = [{"name": FILE, "type": "text/calendar", "text": text}]
    post(
        key,
        f"workshops/mail/{what}",
        at=at,
        person=registration.person,
        attachments=files,
        sessions=[
            (timezone.localtime(one.starts_at), timezone.localtime(one.ends_at))
            for one in workshop.sessions.order_by("starts_at", "id")
        ],
        place=workshop.place,
        has_place=registration.state == RegistrationState.REGISTERED,
        address_of=settings.SITE_URL + reverse("workshop", args=[workshop.uuid]),
        **context,
    )
