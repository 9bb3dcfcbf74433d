"""When somebody was last heard from: signing in, reading, finishing a lesson, or at a test."""

from datetime import UTC, datetime, timedelta

from django.db.models import DateTimeField, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.enrolment.models import Enrolment
from courses.people.models import User
from courses.people.visibility import same_as
from courses.progress.models import LessonDone
from courses.quizzes.models import Attempt

# Stands for "never", so that both databases sort and compare alike.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def with_last_heard(people):
    """Adds `heard_at` to a queryset of people; NEVER for whom nothing is known of."""
    sources = [
        _newest(User, "person", "last_login"),
        _newest(Enrolment, "person", "last_seen_at"),
        _newest(LessonDone, "enrolment__person", "at"),
        _newest(Attempt, "person", "started_at"),
        _newest(Attempt, "person", "submitted_at"),
    ]
    return people.annotate(heard_at=Greatest(*(Coalesce(source, Value(NEVER)) for source in sources)))


def _newest(model, owner, field):
    """Over the person's own rows and those of records merged into it, as one group."""
    rows = model.objects.order_by().filter(**{f"{owner}__in": same_as(OuterRef(OuterRef("pk")))})
    rows = rows.annotate(all=Value(1)).values("all").annotate(newest=Max(field))
    return Subquery(rows.values("newest"), output_field=DateTimeField())


def never_heard(people):
    return people.filter(heard_at=NEVER)


def silent_for(people, days, *, now):
    """Heard from once, but not in the last `days` days."""
    return people.filter(heard_at__gt=NEVER, heard_at__lt=now - timedelta(days=days))


def heard_in_words(person):
    if person.heard_at == NEVER:
        return _("never")
    return date_format(timezone.localtime(person.heard_at), "j F Y")
