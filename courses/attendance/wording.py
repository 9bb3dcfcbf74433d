"""What the door says: refusals, and what could not be read from a sheet, in plain words."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.attendance import paper_rows, sittings, wall
from courses.choices import Presence

MARK_REFUSED = {
    "closed": gettext_lazy("The record of this workshop is closed. Nothing was recorded."),
    "not_registered": gettext_lazy("This person is not registered any more. Nothing was recorded."),
    "future": gettext_lazy("The day of this session has not come. Nothing was recorded."),
    "reason": gettext_lazy("Something else is on record already. To change it, say why."),
    "unread": gettext_lazy("Something could not be read, so nothing was recorded. Correct it first."),
}
# Of a mark that waited on a device, beside those of MARK_REFUSED.
DEVICE_REFUSED = {
    "absent": gettext_lazy("You do not run this workshop any more, or the person is not on its list."),
    "careful": gettext_lazy("The reason holds a number or an address of somebody. Mark it again on line."),
    "malformed": gettext_lazy("This could not be read. Mark it again on line."),
    "nothing": gettext_lazy("There was nothing to take back."),
    "uuid_used": gettext_lazy("This could not be read. Mark it again on line."),
    "wrong_workshop": gettext_lazy("The session is of another workshop. Get the list again."),
}
PHOTO_REFUSED = {
    "size": gettext_lazy("The file is too large. Take the photograph again with 10 MB or less."),
    "type": gettext_lazy("This is neither a photograph (JPEG, PNG) nor a PDF. Choose another file."),
    "broken": gettext_lazy("The file is damaged and cannot be opened. Take the photograph again."),
    "many": gettext_lazy("There are 40 files already. No more are kept for one workshop."),
}
CLOSE_REFUSED = {
    "state": gettext_lazy("This cannot be done now: the workshop was closed or cancelled already, or is open."),
    "unconfirmed": gettext_lazy(
        "Some sign-ins by the wall code were not confirmed. Confirm the room first, or tick the box to close"
        " without them."
    ),
    "not_over": gettext_lazy("The last session has not ended yet. Close the workshop after it."),
    "reason": gettext_lazy("Say why the workshop is opened again."),
    "not_yours": gettext_lazy("Only the training team’s focal point opens a closed workshop again."),
}
UNREAD = {
    "unreadable": gettext_lazy("“%(text)s” could not be read. Write numbers, such as 1-9, 11, 14 late 9:40."),
    "span": gettext_lazy("“%(text)s” is no number or span of the sheet. Write the smaller number first."),
    "twice": gettext_lazy("Row %(text)s is there twice. Take one of them out."),
    "clock": gettext_lazy("“%(text)s” has a time that no clock shows."),
    "long": gettext_lazy("The text is too long. Enter the sheet in parts."),
    "many": gettext_lazy("More than %(text)s rows. Enter the sheet in parts."),
    "unknown": gettext_lazy("There is no row %(text)s on this sheet. Look at the number again."),
    "unknown_walk_in": gettext_lazy(
        "Nobody is in row %(text)s yet. Write the name behind it, and the agency after a comma."
    ),
    "cancelled": gettext_lazy("Row %(text)s is of somebody who is not registered any more."),
    "other_name": gettext_lazy("Row %(text)s is of somebody with another name. Use the next free W number."),
    "name": gettext_lazy("The name in row %(text)s cannot be a name. Use letters."),
    "outside": gettext_lazy("The time in row %(text)s is not within this session."),
}


def unread_in_words(problem: paper_rows.Problem):
    code = problem.code
    if code == "unknown" and problem.text.startswith("W"):
        code = "unknown_walk_in"
    return UNREAD[code] % {"text": problem.text}


def clock(moment):
    """8:52, by the clock on the wall."""
    return date_format(timezone.localtime(moment), "G:i")


def stands_in_words(attendance):
    """What counts, where somebody marked something else."""
    if attendance is None or not attendance.is_attended:
        return _("Kept, but a correction counts: not here.")
    words = (
        _("Kept, but another mark counts: late, %(time)s.")
        if attendance.presence == Presence.LATE
        else _("Kept, but another mark counts: here, %(time)s.")
    )
    return words % {"time": clock(attendance.arrived_at)}


def standing_in_words(standing, session):
    """(heading, what to do) for somebody who may not sign in now."""
    if standing.state == wall.EARLY:
        opens = timezone.localtime(sittings.opens_at(session))
        return _("Too early"), _("You can sign in from %(when)s. Nothing was recorded.") % {
            "when": date_format(opens, "j F, G:i")
        }
    if standing.state == wall.OVER:
        ended = date_format(timezone.localtime(session.ends_at), "j F, G:i")
        return _("Too late"), _(
            "This session ended on %(when)s, and its code with it. Nothing was recorded. Use the code of the"
            " session that is going on, or speak to the facilitator."
        ) % {"when": ended}
    if standing.state == wall.SENT_AWAY:
        return _("Speak to the facilitator"), _(
            "The facilitator has marked you as not here. Nothing was recorded."
        )
    if standing.may_walk_in:
        return _("You are not registered"), _(
            "Nothing was recorded. If you came for this session, register now: you get a place in the room."
        )
    return _("You are not registered"), _(
        "Nothing was recorded. Speak to the facilitator, who can add you to the list."
    )


def away_words():
    """What the script of the page without a network says."""
    return {
        "count": _("of {of} here"),
        "counts": _("{late} of them late · {unconfirmed} not confirmed · {absent} not here"),
        "waiting": _("{kept} kept on this device, {sent} sent. Last list from {list}."),
        "refused": _("{n} not taken: look at their rows."),
        "kept": _("Kept on this device"),
        "sent": _("Sent {time}"),
        "untaken": _("Not taken"),
        "here": _("Here"),
        "late": _("Late"),
        "absent": _("Not here"),
        "unconfirmed": _("Not confirmed"),
        "none": _("Not here yet"),
        "undo": _("Undo"),
        "seen": _("I have seen it"),
        "undone": _("Taken back"),
        "new": _("W"),
        "not_in_room": _("Not in the room"),
        "early": _("The day of this session has not come. People can be signed in on that day."),
        "nobody": _("Nobody fits."),
        "unkept": _("This device could not keep it. Nothing was recorded. Write it on paper."),
        "gone": _("The list is not on this device. Open the door with a network, and keep it again."),
        "closed": _("The record of this workshop is closed, so its list was taken off this device."),
        "got": _("This is the list of {list}."),
        "offline": _("No network. Everything stays kept on this device, and is sent later."),
        "sign_in": _("Sign in again, so that what is kept can be sent."),
        "somebody": _("Somebody else is signed in. What is kept waits for you."),
        "added": _("{name}: kept on this device."),
        "marked": _("{name}: {mark}. Kept on this device."),
        "name": _("Enter the full name."),
        "number": _("Enter a telephone or service number, or tick “check later”."),
        "phone": _("Enter the telephone number in digits, such as 758 450 1234."),
    }
