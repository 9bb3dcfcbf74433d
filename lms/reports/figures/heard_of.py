"""When those who are studying were last heard of."""

from datetime import timedelta

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.choices import EnrolmentState
from courses.enrolment.models import Enrolment
from courses.progress import heard
from lms.reports.figures.present import Crowd, here
from lms.reports.figures.scope import NONE

WHO = Coalesce("person__merged_into_id", "person_id")
# name -> (what it is called, from so many days ago on, until so many days ago)
BANDS = {
    "heard-7": (_("In the last 7 days"), 7, None),
    "heard-30": (_("8 to 30 days ago"), 30, 7),
    "heard-90": (_("31 to 90 days ago"), 90, 30),
    "heard-longer": (_("Longer ago"), None, 90),
    "heard-never": (_("Never"), None, None),
}
DEFINITION = _(
    "People who have a course open today, by the last sign of them: a log-in, a page of a course, a test, or a "
    "device that sent something by itself. What waits on a device without a network, the site cannot know."
)


def studying(scope):
    """Those here today who have a course open (or the one asked for), merged records as one."""
    open_now = Enrolment.objects.filter(state=EnrolmentState.ACTIVE)
    if scope.course:
        open_now = open_now.filter(course=None if scope.course == NONE else scope.course)
    return here(scope).filter(pk__in=open_now.order_by().annotate(who=WHO).values("who"))


def _heard(scope):
    return studying(scope).annotate(heard_at=heard.of_person())


def _in_band(name, now):
    _label, since, until = BANDS[name]
    if name == "heard-never":
        return Q(heard_at=heard.NEVER)
    wanted = Q(heard_at__gte=now - timedelta(days=since)) if since else Q(heard_at__gt=heard.NEVER)
    return wanted & Q(heard_at__lt=now - timedelta(days=until)) if until else wanted


def _crowd(name, label):
    def people(scope):
        return _heard(scope).filter(_in_band(name, timezone.now()))

    return Crowd(name, label, DEFINITION, people)


CROWDS = {name: _crowd(name, label) for name, (label, _since, _until) in BANDS.items()}


def counts(scope):
    """{name of the band: how many people}, in one query. Together they are all who study."""
    now = timezone.now()
    people, about_people = (
        studying(scope).order_by().values("pk").query.get_compiler(connection=connection).as_sql()
    )
    signs, about_signs = heard.of_everybody()
    bands, moments = [], []
    for name, (_label, since, until) in BANDS.items():
        if name == "heard-never":
            bands.append("(SELECT COUNT(*) FROM studying) - COUNT(*)")
            continue
        wanted = []
        for limit, comparison in ((since, ">="), (until, "<")):
            if limit:
                wanted.append(f"newest.at {comparison} %s")
                moments.append(connection.ops.adapt_datetimefield_value(now - timedelta(days=limit)))
        bands.append(f"COUNT(CASE WHEN {' AND '.join(wanted)} THEN 1 END)")
    query = (
        f"WITH studying(id) AS ({people}), signs AS ({signs}),"  # noqa: S608
        " newest AS (SELECT owner_id, MAX(at) AS at FROM signs GROUP BY owner_id)"
        f" SELECT {', '.join(bands)} FROM newest WHERE owner_id IN (SELECT id FROM studying)"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [*about_people, *about_signs, *moments])
        return dict(zip(BANDS, cursor.fetchone(), strict=True))
