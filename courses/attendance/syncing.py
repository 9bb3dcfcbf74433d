"""Sign-ins that waited on the device of whoever runs the workshop: each is taken or refused by itself."""

from collections import namedtuple

from django.db.models import Q

from courses import arriving
from courses.attendance import device_rows, sittings
from courses.attendance.marking import MarkRefused, check_open
from courses.attendance.models import AttendanceEvent
from courses.attendance.signing_in import SignIn, UuidUsed, write
from courses.attendance.walking_in import person_name, sign_in_name
from courses.choices import RegistrationState
from courses.people.telltale import telltale
from courses.workshops.models import Registration, Session, Workshop

ACCEPTED, DUPLICATE, REFUSED = "accepted", "duplicate", "refused"
# Why it was refused. A workshop that is not theirs answers exactly as one that does not exist.
ABSENT, CAREFUL, CLOSED, FUTURE, MALFORMED, NOT_REGISTERED, NOTHING, REASON, UUID_USED, WRONG_WORKSHOP = (
    "absent", "careful", "closed", "future", "malformed", "not_registered", "nothing", "reason", "uuid_used",
    "wrong_workshop",
)  # fmt: skip

# `attendance`: what the log adds up to now; `counts`: whether that is what the row says.
Outcome = namedtuple("Outcome", "uuid status reason row registration attendance", defaults=("", *[None] * 3))
SAYS = {"present": ("present", "late"), "late": ("late",), "absent": ("absent",)}


def counts(outcome):
    """Whether what was sent is what stands now: earlier sign-ins and corrections weigh more."""
    if outcome.status == REFUSED or outcome.row.mark == "undo":
        return True
    return outcome.attendance.presence in SAYS[outcome.row.mark]


def take(rows, *, user, device, offset, at):
    """Keep these marks, each in a transaction of its own. One Outcome for each, in order; a bad one harms
    no other. `rows`: see device_rows.read_row; `offset`: the server's clock less the device's."""
    outcomes, readable = {}, []
    for place, raw in enumerate(rows):
        try:
            readable.append((place, device_rows.read_row(raw)))
        except arriving.Malformed:
            outcomes[place] = Outcome(raw["uuid"], REFUSED, MALFORMED)
    registrations = _registrations({row.registration for _place, row in readable}, user)
    sessions = Session.objects.select_related("workshop").in_bulk({row.session for _place, row in readable})
    for place, row in readable:
        session = sessions.get(row.session)
        found = registrations.get(row.registration)
        if found is None and session is not None:
            found = registrations.get((person_name(row.registration), session.workshop_id))
        if found is None or session is None:
            outcomes[place] = Outcome(row.uuid, REFUSED, ABSENT)
        else:
            outcomes[place] = _take_one(
                row, found, session, author=str(user), device=device, offset=offset, at=at
            )
    return [outcomes[place] for place in sorted(outcomes)]


def _registrations(names, user):
    """Those of the workshops that this log-in runs, by their own name; walk-ins by (person, workshop) too."""
    people = [person_name(name) for name in names]
    found = Registration.objects.filter(Q(uuid__in=names) | Q(person__uuid__in=people))
    found = found.filter(workshop__in=Workshop.objects.taught_by(user).values("pk")).select_related("person")
    by_name = {one.uuid: one for one in found}
    return by_name | {(one.person.uuid, one.workshop_id): one for one in found}


def _take_one(row, registration, session, *, author, device, offset, at):
    refused = _refusal(row, registration, session, at)
    if refused:
        return Outcome(row.uuid, REFUSED, refused, row, registration)
    cancels = None
    if row.cancels is not None:
        names = [row.cancels, sign_in_name(row.cancels)]
        cancels = AttendanceEvent.objects.filter(
            uuid__in=names, registration=registration, session=session
        ).first()
        if cancels is None or cancels.mark == "undo":
            return Outcome(row.uuid, REFUSED, NOTHING, row, registration)
    when = device_rows.effective_at(row.client_at, offset, not_before=sittings.day_of(session), received_at=at)
    sign_in = SignIn(
        row.uuid,
        registration,
        session,
        row.mark,
        row.method,
        when,
        row.client_at,
        device,
        row.correction,
        row.reason,
        cancels,
    )
    try:
        kept = write(sign_in, author=author, at=at)
    except UuidUsed:
        return Outcome(row.uuid, REFUSED, UUID_USED, row, registration)
    status = ACCEPTED if kept.is_new else DUPLICATE
    return Outcome(row.uuid, status, "", row, registration, kept.attendance)


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
    if telltale(row.reason):
        return CAREFUL
    return ""
