"""How much of a workshop somebody attended: one place that certificates, records and reports ask.

Present and late count; what is unconfirmed does not.
"""

from collections import namedtuple

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from courses.attendance.models import ATTENDED, Attendance
from courses.workshops.models import Session

# Sessions attended of those planned, and the minutes of training in them.
Attended = namedtuple("Attended", "sessions planned minutes")


def with_attended(registrations):
    """Adds `sessions_attended` and `sessions_planned` to a queryset of registrations."""
    return registrations.annotate(
        sessions_attended=_count(
            Attendance.objects.filter(registration=OuterRef("pk"), presence__in=ATTENDED), "registration"
        ),
        sessions_planned=_count(Session.objects.filter(workshop=OuterRef("workshop")), "workshop"),
    )


def _count(rows, by):
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def attended(registrations):
    """{registration id: Attended} of a queryset of registrations, in two queries whatever its length."""
    minutes, planned = {}, {}
    for row in (
        with_attended(registrations).order_by().values_list("pk", "sessions_attended", "sessions_planned")
    ):
        planned[row[0]] = row[1:]
    rows = Attendance.objects.filter(
        registration__in=registrations.order_by().values("pk"), presence__in=ATTENDED
    )
    for one in rows.select_related("session").order_by():
        minutes[one.registration_id] = minutes.get(one.registration_id, 0) + one.session.credit
    return {pk: Attended(done, of, minutes.get(pk, 0)) for pk, (done, of) in planned.items()}


def attended_together(registrations):
    """Attended of one person who is at one workshop by several registrations: each session counts once."""
    rows = Attendance.objects.filter(registration__in=registrations, presence__in=ATTENDED)
    sessions = {row.session_id: row.session for row in rows.select_related("session").order_by()}
    planned = Session.objects.filter(workshop=registrations[0].workshop_id).count()
    return Attended(len(sessions), planned, sum(session.credit for session in sessions.values()))


def share(one):
    """Sessions attended of those planned, in whole per cent, rounded down: 79.9 is not 80."""
    return one.sessions * 100 // one.planned if one.planned else 0
