"""Whom a day's reminders may concern, a few hundred people at a time, in a constant number of queries."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.db.models import DateTimeField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from certificates.models import Certificate
from certificates.states import CertificateState
from courses.catalogue.models import CoursePage
from courses.choices import EnrolmentState, LetterState
from courses.enrolment.models import Enrolment
from courses.mailing.models import Letter
from courses.people import roles
from courses.people.models import Person
from courses.progress.renewing import COUNTS
from courses.quizzes.models import Attempt
from lms.reminding import rules

AT_ONCE = 200
# Whose record it is: rows of a merged record belong to the person that stands for it.
WHO = Coalesce("person__merged_into_id", "person_id")


def chunks(day):
    """[{person: [Item, ...]}, ...] of everybody who may be written to and has something to be told."""
    shown = list(CoursePage.objects.live().values_list("course_id", flat=True).distinct())
    sources = [_dated(day, shown), _silent(day, shown), _renewals(day, shown)]
    ids = sorted({who for rows in sources for who in rows.order_by().values_list("who", flat=True)})
    for start in range(0, len(ids), AT_ONCE):
        yield _of(ids[start : start + AT_ONCE], sources, day)


def _of(ids, sources, day):
    items = _items(ids, sources, day)
    return {person: rules.told(items[person.pk]) for person in reachable(ids) if person.pk in items}


def reachable(ids):
    """Those with an address that works, who did not mute us, were not refused and have not left."""
    people = Person.objects.current().filter(
        pk__in=ids, reminders_muted=False, user__email__isnull=False, user__is_active=True
    )
    people = list(people.exclude(user__email="").select_related("user").order_by("pk"))
    addresses = [person.email for person in people]
    dead = set(
        Letter.objects.filter(address__in=addresses, state=LetterState.BOUNCED, set_aside_at=None).values_list(
            "address", flat=True
        )
    )
    return [person for person in people if roles.may_sign_in(person.user) and person.email not in dead]


def _items(ids, sources, day):
    dated, silent, renewals = [
        rows.filter(Q(person__in=ids) | Q(person__merged_into__in=ids)) for rows in sources
    ]
    items = defaultdict(list)

    def add(who, item):
        if item:
            items[who].append(item)

    for row in dated.select_related("course"):
        add(row.who, rules.about_due_date(str(row.uuid), row.due_on, day, **about_course(row.course)))
    for row in silent.select_related("course"):
        last_on = timezone.localdate(row.last_sign_at)
        add(row.who, rules.about_silence(str(row.uuid), last_on, day, **about_course(row.course)))
    newest = newest_of(ids)
    for row in renewals.select_related("completion__enrolment__course").defer("facts"):
        enrolment = row.completion.enrolment
        if newest.get((row.who, enrolment.course_id)) == enrolment.pk:
            about = about_course(enrolment.course)
            add(row.who, rules.about_renewal(str(row.completion.uuid), row.valid_until, day, **about))
    return items


def about_course(course):
    return {"course": str(course.uuid), "name": course.neutral_title}


def _active(shown):
    rows = Enrolment.objects.filter(state=EnrolmentState.ACTIVE, course__in=shown)
    return rows.annotate(who=WHO)


def _dated(day, shown):
    return _active(shown).filter(due_on__range=rules.due_range(day))


def _silent(day, shown):
    """Begun, and the last lesson seen and the last test were so long ago."""
    tests = Attempt.objects.filter(enrolment=OuterRef("pk"), started_at__isnull=False).order_by("-started_at")
    tested = Subquery(tests.values("started_at")[:1], output_field=DateTimeField())
    first, last = rules.silence_range(day)
    midnight = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    return (
        _active(shown)
        .annotate(tested_at=tested)
        .filter(Q(last_seen_at__isnull=False) | Q(tested_at__isnull=False))
        .annotate(
            last_sign_at=Greatest(
                Coalesce("last_seen_at", "started_at"), Coalesce("tested_at", "started_at"), "started_at"
            )
        )
        .filter(last_sign_at__gte=midnight, last_sign_at__lt=end)
    )


def _renewals(day, shown):
    return (
        Certificate.objects.filter(
            completion__enrolment__course__in=shown, valid_until__range=rules.renewal_range(day)
        )
        .with_state(day)
        .filter(state=CertificateState.IN_FORCE)
        .annotate(who=WHO)
    )


def newest_of(ids):
    """{(who, course id): the newest enrolment's id}: whoever began again is not asked to."""
    rows = Enrolment.objects.filter(Q(person__in=ids) | Q(person__merged_into__in=ids), state__in=COUNTS)
    rows = rows.annotate(who=WHO).order_by("started_at", "pk").values_list("who", "course_id", "pk")
    return {(who, course_id): pk for who, course_id, pk in rows}
