"""First attempts: what item analysis is made of. The second time people know the questions.

Of each person (merged records are one) the very first attempt at a quiz that was handed in, in any cycle of the
course, on line, on a device or in the room of a workshop. Void attempts never. Only then they are narrowed: to
those handed in in the period, by people who are now of the agency, and so on.
"""

from django.db.models import Case, CharField, Count, F, Max, OuterRef, Subquery, Sum, Value, When, Window
from django.db.models.functions import Coalesce, FirstValue, RowNumber

from courses.choices import AttemptState
from courses.people.models import Person
from courses.quizzes.models import Attempt, Marking
from lms.reports.figures.scope import COLUMNS
from lms.reports.figures.training import COMPLETION, WORKSHOP

OWNER = Coalesce("person__merged_into_id", "person_id")


def firsts(scope, quiz_keys=None):
    """Attempts at these quizzes or all, each the first of its person, narrowed by the scope; adds `at`."""
    submitted = Attempt.objects.filter(state=AttemptState.SUBMITTED)
    if quiz_keys is not None:
        submitted = submitted.filter(quiz_key__in=quiz_keys)
    # What is later than the period makes nothing a second attempt.
    submitted = submitted.filter(submitted_at__lt=scope.ends_at)
    among = {
        "partition_by": [OWNER, F("quiz_key")],
        "order_by": [F("submitted_at").asc(), F("pk").asc()],
    }
    first = submitted.order_by().annotate(
        place=Window(RowNumber(), **among), first_at=Window(FirstValue("submitted_at"), **among)
    )
    # By the window, not the row: a first attempt of last year makes the one of this year a second.
    first = first.filter(place=1, first_at__gte=scope.begins_at).values("pk")
    # By all else outside.
    found = Attempt.objects.filter(pk__in=first).order_by("pk")
    wanted = {name: column for name, column in COLUMNS.items() if getattr(scope, name)}
    if scope.only_agency is not None:
        wanted["agency"] = COLUMNS["agency"]
    return scope.within(found.annotate(at=F("submitted_at")).alias(**_aliases(wanted.values())))


def _aliases(columns):
    """What the scope narrows by, of an attempt: only those that are needed, each costs a join."""
    owner = Person.objects.filter(pk=Coalesce(OuterRef("person__merged_into_id"), OuterRef("person_id")))
    workshop = "room_attempt__registration__workshop"
    text = CharField()
    of_person = Coalesce("sector__code", "agency__sector__code", Value(""), output_field=text)
    sex = Case(When(sex__in=["female", "male"], then=F("sex")), default=Value(""))
    found = {
        "agency": lambda: Subquery(owner.values("agency_id")),
        # Outside every course, of the person now.
        "sector_code": lambda: Coalesce(
            "enrolment__sector",
            Subquery(owner.annotate(code=of_person).values("code")),
            Value(""),
            output_field=text,
        ),
        "sex": lambda: Subquery(owner.annotate(stated=sex).values("stated")),
        "course": lambda: F("quiz_edition__course"),
        "workshop": lambda: F(workshop),
        "district": lambda: Coalesce(f"{workshop}__district", Value(""), output_field=text),
        "funder": lambda: Coalesce(f"{workshop}__funder", Value(""), output_field=text),
        "kind": lambda: Case(When(room_attempt=None, then=Value(COMPLETION)), default=Value(WORKSHOP)),
    }
    return {column: found[column]() for column in columns}


def marks_of(attempts):
    """{quiz key: what changes whenever an analysis of these first attempts would}. Two queries.

    Attempts and markings are only ever added, an attempt with its first marking; an attempt that becomes void
    leaves the sum. So of the markings, only those that mark again are looked at, at whichever attempt.
    """
    again = Marking.objects.filter(n__gt=1).order_by().values_list("attempt__quiz_key")
    newest = dict(again.annotate(newest=Max("pk")))
    rows = attempts.order_by().values_list("quiz_key").annotate(n=Count("pk"), keys=Sum("pk"))
    return {key: (n, keys, newest.get(key)) for key, n, keys in rows}
