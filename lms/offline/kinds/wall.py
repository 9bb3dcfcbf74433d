"""A sign-in by the code on the wall, that waited on the trainee's own telephone: {"code"}.

How far a telephone is believed: it says when the code was typed, between the moment from which the code is
taken and the moment at which this arrived. What it says was after the session is refused. Nothing rests on its
word: like every sign-in by the wall it counts only when whoever runs the workshop has confirmed that the person
is in the room, and it is shown to them as sent later. A closed record takes nothing.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.attendance import guessing, sittings, wall
from courses.attendance.models import AttendanceEvent
from courses.attendance.wording import clock, standing_in_words
from lms.offline.items import ACCEPTED, DUPLICATE, REFUSED, Reply, given_at

BLOCKED, UNKNOWN = "blocked", "unknown"


def take(items, sender):
    return [_take_one(item, sender) for item in items]


def _take_one(item, sender):
    # Whose attempts at codes are too many is counted as on the page.
    if guessing.is_blocked(sender.person, None, at=sender.at):
        return Reply(item.uuid, REFUSED, BLOCKED, _("Too many codes were wrong. Speak to the facilitator."))
    code = item.said.get("code")
    session = wall.session_of(code) if isinstance(code, str) else None
    if session is None:
        guessing.count(sender.person, None, at=sender.at)
        words = _("No session has this code. You are not signed in: speak to the facilitator.")
        return Reply(item.uuid, REFUSED, UNKNOWN, words)
    address = reverse("check_in", args=[session.wall_code])
    if AttendanceEvent.objects.filter(uuid=item.uuid).exists():
        return Reply(item.uuid, DUPLICATE, "", "", address)
    arrived_at = given_at(item, sender.offset, earliest=sittings.opens_at(session), received_at=sender.at)
    try:
        standing = wall.sign_in(
            session,
            sender.person,
            uuid=item.uuid,
            client_at=item.client_at,
            arrived_at=arrived_at,
            actor=sender.user,
            at=sender.at,
        )
    except wall.SignInRefused as refused:
        heading, words = standing_in_words(refused.standing, session)
        return Reply(item.uuid, REFUSED, refused.standing.state, f"{heading}. {words}", address)
    return Reply(item.uuid, ACCEPTED, "", _said(standing), address)


def _said(standing):
    label, time = standing.registration.label, clock(standing.attendance.arrived_at)
    if not label:
        return _("You are signed in, %(time)s.") % {"time": time}
    return _("You are signed in, %(time)s. Your row on the sheet: %(row)s.") % {"time": time, "row": label}
