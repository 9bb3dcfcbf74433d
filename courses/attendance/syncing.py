"""Sign-ins that waited on the device of whoever runs the workshop: each is taken or refused by itself."""

from collections import namedtuple

from courses import arriving
from courses.attendance import device_rows, sittings
from courses.attendance.marking import MarkRefused, check_open
from courses.attendance.models import AttendanceEvent
from courses.attendance.signing_in import SignIn, UuidUsed, write
from courses.choices import RegistrationState
from courses.workshops.models import Registration, Session, Workshop

ACCEPTED, DUPLICATE, REFUSED = "accepted", "duplicate", "refused"
# Why it was refused. A workshop that is not theirs answers exactly as one that does not exist.
ABSENT, CLOSED, FUTURE, MALFORMED, NOT_REGISTERED, REASON, TOO_MANY, UUID_USED, WRONG_WORKSHOP = (
    "absent", "closed", "future", "malformed", "not_registered", "reason", "too_many", "uuid_used",
    "wrong_workshop",
)  # fmt: skip

Outcome = namedtuple("Outcome", "uuid status reason presence", defaults=("", None))


def take(rows, *, user, at):
    """Keep these rows, each in a transaction of its own. One Outcome for each, in order; a bad one harms
    no other. What a device sends is a list of objects: see device_rows.read_row."""
    outcomes, readable = {}, []
    for place, raw in enumerate(rows):
        try:
            if place >= arriving.MAX_BATCH:
                outcomes[place] = Outcome(None, REFUSED, TOO_MANY)
            else:
                readable.append((place, device_rows.read_row(raw)))
        except arriving.Malformed:
            outcomes[place] = Outcome(None, REFUSED, MALFORMED)
    mine = Workshop.objects.taught_by(user).values("pk")
    registrations = {
        one.uuid: one
        for one in Registration.objects.filter(
            uuid__in={row.registration for _place, row in readable}, workshop__in=mine
        )
    }
    sessions = Session.objects.select_related("workshop").in_bulk({row.session for _place, row in readable})
    for place, row in readable:
        registration, session = registrations.get(row.registration), sessions.get(row.session)
        if registration is None or session is None:
            outcomes[place] = Outcome(row.uuid, REFUSED, ABSENT)
        else:
            outcomes[place] = _take_one(row, registration, session, author=str(user), at=at)
    return [outcomes[place] for place in sorted(outcomes)]


def _take_one(row, registration, session, *, author, at):
    refused = _refusal(row, registration, session, at)
    if refused:
        return Outcome(row.uuid, REFUSED, refused)
    cancels = None
    if row.cancels is not None:
        cancels = AttendanceEvent.objects.filter(
            uuid=row.cancels, registration=registration, session=session
        ).first()
        if cancels is None or cancels.mark == "undo":
            return Outcome(row.uuid, REFUSED, ABSENT)
    when = device_rows.effective_at(
        row.client_at, row.offset, not_before=sittings.day_of(session), received_at=at
    )
    sign_in = SignIn(
        row.uuid,
        registration,
        session,
        row.mark,
        row.method,
        when,
        row.client_at,
        row.device,
        row.correction,
        row.reason,
        cancels,
    )
    try:
        kept = write(sign_in, author=author, at=at)
    except UuidUsed:
        return Outcome(row.uuid, REFUSED, UUID_USED)
    presence = kept.attendance.presence if kept.attendance else None
    return Outcome(row.uuid, ACCEPTED if kept.is_new else DUPLICATE, "", presence)


def _refusal(row, registration, session, at):
    if session.workshop_id != registration.workshop_id:
        return WRONG_WORKSHOP
    if AttendanceEvent.objects.filter(uuid=row.uuid, registration=registration, session=session).exists():
        # Sent again, perhaps after the workshop was closed: the device may forget it.
        return ""
    try:
        check_open(session.workshop)
    except MarkRefused:
        return CLOSED
    if registration.state != RegistrationState.REGISTERED:
        return NOT_REGISTERED
    if at < sittings.day_of(session):
        return FUTURE
    if row.correction and not row.reason:
        return REASON
    return ""
