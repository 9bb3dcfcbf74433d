"""When somebody was last heard from: by a device of theirs, by a page they opened, by what they did.

Nothing is guessed. What still waits on a device that is off line, the site cannot know.
"""

from datetime import UTC, datetime

from django.db.models import DateTimeField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, NullIf

from courses.enrolment.models import Enrolment
from courses.people.models import Device, User
from courses.people.visibility import same_as
from courses.progress.models import LessonDone
from courses.quizzes.models import Attempt

# No database compares with nothing.
NEVER = Value(datetime(1970, 1, 1, tzinfo=UTC), output_field=DateTimeField())


def of_enrolment():
    """For annotations of enrolments: the newest sign of its person in this course, or of a device of theirs;
    None where there was none."""
    mine, persons = {"enrolment": OuterRef("pk")}, same_as(OuterRef(OuterRef("person_id")))
    return NullIf(
        Greatest(
            Coalesce("last_seen_at", NEVER),
            _latest(LessonDone.objects.filter(**mine), "at"),
            _latest(Attempt.objects.filter(**mine), "started_at"),
            _latest(Attempt.objects.filter(**mine), "submitted_at"),
            _latest(Device.objects.filter(person__in=persons), "last_heard_at"),
        ),
        NEVER,
    )


def of_person(name="pk"):
    """For annotations: the newest sign of a person in whatever they do, or None. `name`: of the column with
    the key of the surviving record."""
    records = same_as(OuterRef(OuterRef(name)))
    theirs = {"person__in": records}
    return NullIf(
        Greatest(
            _latest(User.objects.filter(**theirs), "last_login"),
            _latest(Enrolment.objects.filter(**theirs), "last_seen_at"),
            _latest(LessonDone.objects.filter(enrolment__person__in=records), "at"),
            _latest(Attempt.objects.filter(**theirs), "started_at"),
            _latest(Attempt.objects.filter(**theirs), "submitted_at"),
            _latest(Device.objects.filter(**theirs), "last_heard_at"),
        ),
        NEVER,
    )


def _latest(rows, field):
    newest = rows.filter(**{f"{field}__isnull": False}).order_by(f"-{field}")
    return Coalesce(Subquery(newest.values(field)[:1]), NEVER)
