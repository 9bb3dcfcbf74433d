"""When somebody was last heard from: by a device of theirs, by a page they opened, by what they did.

Nothing is guessed. What still waits on a device that is off line, the site cannot know.
"""

from datetime import UTC, datetime

from django.db import connection
from django.db.models import DateTimeField, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, NullIf

from courses.enrolment.models import Enrolment
from courses.people.models import Device, User
from courses.people.visibility import same_as
from courses.progress.models import LessonDone
from courses.quizzes.models import Attempt

# Stands for "never", so that both databases sort and compare alike.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


# Where a person leaves a sign: (model, the path to the person, when).
SIGNS = [
    (User, "person", "last_login"),
    (Enrolment, "person", "last_seen_at"),
    (LessonDone, "enrolment__person", "at"),
    (Attempt, "person", "started_at"),
    (Attempt, "person", "submitted_at"),
    (Device, "person", "last_heard_at"),
]


def of_person(outer=lambda: OuterRef(OuterRef("pk"))):
    """For annotations: the newest sign of a person in whatever they do, or NEVER. `outer`: the reference to
    the key of the surviving record, from two queries below. For a page of people; of all, `of_everybody`."""
    found = [
        _newest(model.objects.filter(**{f"{owner}__in": same_as(outer())}), field)
        for model, owner, field in SIGNS
    ]
    return Greatest(*found)


def of_everybody():
    """(SQL, parameters) of rows (owner_id, at): of each person's surviving record the newest sign of each
    kind. Each source is read once and grouped as it lies, which is far less work than asking for each person.
    """
    parts, params = [], []
    for model, owner, field in SIGNS:
        # First by the key that the row itself has.
        key = owner.split("__")[0]
        rows = model.objects.filter(**{f"{key}__isnull": False, f"{field}__isnull": False})
        rows = rows.order_by().values_list(key).annotate(newest=Max(field))
        query, values = rows.query.get_compiler(connection=connection).as_sql()
        by_enrolment = "JOIN courses_enrolment e ON e.id = sign.key" if key == "enrolment" else ""
        person = "e.person_id" if by_enrolment else "sign.key"
        parts.append(
            f"SELECT COALESCE(p.merged_into_id, p.id) AS owner_id, sign.newest AS at"  # noqa: S608
            f" FROM (WITH s(key, newest) AS ({query}) SELECT key, newest FROM s) sign {by_enrolment}"
            f" JOIN people_person p ON p.id = {person}"
        )
        params += values
    return " UNION ALL ".join(parts), params


def of_enrolment():
    """For annotations of enrolments: the newest sign of its person in this course, or of a device of theirs;
    None where there was none."""
    lessons = LessonDone.objects.filter(enrolment=OuterRef("pk"))
    attempts = Attempt.objects.filter(enrolment=OuterRef("pk"))
    devices = Device.objects.filter(person__in=same_as(OuterRef(OuterRef("person_id"))))
    found = Greatest(
        Coalesce("last_seen_at", Value(NEVER)),
        _newest(lessons, "at"),
        _newest(attempts, "started_at"),
        _newest(attempts, "submitted_at"),
        _newest(devices, "last_heard_at"),
    )
    return NullIf(found, Value(NEVER, output_field=DateTimeField()))


def _newest(rows, field):
    """Over all of these rows, as one group."""
    group = rows.order_by().annotate(all=Value(1)).values("all").annotate(newest=Max(field))
    return Coalesce(Subquery(group.values("newest"), output_field=DateTimeField()), Value(NEVER))
