"""Which courses would be completed by tests that are passed once a wrong key is put right. Writes no record."""

from collections import defaultdict

from courses.catalogue.models import Course
from courses.choices import EnrolmentState, RepairChange
from courses.progress import completion
from courses.progress.standings import CourseStandings
from courses.quizzes.repairs import RepairedAttempt

AT_ONCE = 200


def foresee_completions(repair):
    """Mark those rows of a proposed repair by which a course is completed: one for each enrolment. Some
    hundreds at once, in a number of queries that does not grow with them."""
    gains = repair.rows.filter(
        change=RepairChange.GAINS,
        attempt__enrolment__state=EnrolmentState.ACTIVE,
        attempt__enrolment__completion=None,
    )
    courses = gains.order_by().values("attempt__enrolment__course").distinct()
    for course in Course.objects.filter(pk__in=courses).order_by("pk"):
        standings, last = CourseStandings(course), 0
        of_course = gains.filter(attempt__enrolment__course=course)
        while enrolments := _next(of_course, last):
            last = enrolments[-1]
            completing = _completing(of_course.filter(attempt__enrolment__in=enrolments), standings)
            RepairedAttempt.objects.filter(pk__in=completing).update(completes=True)


def _next(gains, last):
    keys = gains.filter(attempt__enrolment__gt=last).order_by("attempt__enrolment")
    return list(keys.values_list("attempt__enrolment", flat=True).distinct()[:AT_ONCE])


def _completing(gains, course_standings):
    """The keys of the rows that complete the course: the first of each enrolment."""
    # Two tests of one course may be passed by it, and complete the course together.
    gained = defaultdict(list)
    rows = gains.order_by("pk").select_related("attempt__enrolment__edition")
    for row in rows:
        gained[row.attempt.enrolment_id].append(row)
    standings = course_standings.standings([theirs[0].attempt.enrolment for theirs in gained.values()])
    return [
        theirs[0].pk
        for pk, theirs in gained.items()
        if pk in standings and _is_completed(standings[pk], theirs)
    ]


def _is_completed(standing, rows):
    facts = standing.facts
    passed = facts["passed"] | {row.attempt.quiz_key for row in rows}
    return completion.is_complete(standing.enrolment.edition.rule, **{**facts, "passed": passed})
