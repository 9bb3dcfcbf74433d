"""How much of a workshop somebody attended: one place that certificates, records and reports ask.

Present and late count; what is unconfirmed does not.
"""

from collections import defaultdict, namedtuple

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


def sessions_attended(registrations):
    """{workshop id: {sessions that one person attended}} of their registrations, in one query.

    Whoever was signed in twice, in two records that were merged since, was there once.
    """
    rows = Attendance.objects.filter(registration__in=registrations, presence__in=ATTENDED)
    found = defaultdict(set)
    for one in rows.select_related("session").order_by():
        found[one.session.workshop_id].add(one.session)
    return found


def share(one):
    """Sessions attended of those planned, in whole per cent, rounded down: 79.9 is not 80."""
    return one.sessions * 100 // one.planned if one.planned else 0
