"""The list of a workshop as a device keeps it: no sex, no telephone, no service number."""

from collections import defaultdict

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from courses.attendance import listing, sittings
from courses.attendance.models import Attendance, AttendanceEvent
from courses.attendance.wording import clock
from courses.people.models import Agency


def list_of(workshop, *, at):
    """Of a workshop with sessions. `until`: from then on no device keeps it. `live`: the names of the marks
    that count for one person at one session, by which a device can take one back."""
    sessions = list(workshop.sessions.all())
    for one in sessions:
        one.workshop = workshop
    where = _where(sessions)
    return {
        "at": at.isoformat(),
        "zone": settings.TIME_ZONE,
        "until": _until(sessions).isoformat(),
        "workshop": str(workshop.uuid),
        "sessions": [_session(one) for one in sessions],
        "current": sittings.current(sessions, at).pk,
        "agencies": [_short(one) for one in Agency.objects.filter(retired=False)],
        "rows": [
            {
                "registration": row.registration.uuid,
                "label": row.label,
                "name": row.person.full_name,
                "agency": _short(row.person.agency),
                "at": where[row.registration.pk],
            }
            for row in listing.rows_of(workshop, sessions[0])
        ],
    }


def _where(sessions):
    """{registration: {session: where they stand}}, of those of whom something counts."""
    live, where = defaultdict(list), defaultdict(dict)
    events = AttendanceEvent.objects.live().filter(session__in=sessions).order_by("id")
    for session, registration, uuid in events.values_list("session_id", "registration_id", "uuid"):
        live[session, registration].append(uuid)
    for one in Attendance.objects.filter(session__in=sessions):
        names = live.get((one.session_id, one.registration_id))
        if names:
            time = clock(one.arrived_at) if one.arrived_at else ""
            told = {"presence": one.presence, "time": time, "live": names}
            where[one.registration_id][one.session_id] = told
    return where


def _until(sessions):
    """The day after the last session."""
    last = max(one.ends_at for one in sessions)
    return sittings.midnight(timezone.localdate(last), 1)


def _session(session):
    words = date_format(timezone.localtime(session.starts_at), "j M, G:i")
    return {
        "pk": session.pk,
        "label": f"{words} {session.title}".strip(),
        "opens": sittings.day_of(session).isoformat(),
        "late_after": sittings.late_after(session).isoformat(),
    }


def _short(agency):
    return (agency.short_name or agency.name) if agency else ""
