"""Which courses would be completed by tests that are passed once a wrong key is put right. Writes no record."""

from courses.catalogue import reading
from courses.choices import EnrolmentState, RepairChange
from courses.progress import completion
from courses.progress.standing import Outlines, Standing
from courses.quizzes.repairs import RepairedAttempt

AT_ONCE = 200


def foresee_completions(repair):
    """Mark those rows of a proposed repair by which a course is completed: one for each enrolment."""
    gains = repair.rows.filter(
        change=RepairChange.GAINS,
        attempt__enrolment__state=EnrolmentState.ACTIVE,
        attempt__enrolment__completion=None,
    ).select_related(*(f"attempt__enrolment__{name}" for name in ("person", "course", "edition")))
    gained, pages = {}, {}
    for row in gains.order_by("pk").iterator(chunk_size=AT_ONCE):
        # Two tests of one course may be passed by it, and complete the course together.
        rows = gained.setdefault(row.attempt.enrolment_id, [])
        rows.append(row)
    completing = [rows[0].pk for rows in gained.values() if _completes(rows, pages)]
    for start in range(0, len(completing), AT_ONCE):
        RepairedAttempt.objects.filter(pk__in=completing[start : start + AT_ONCE]).update(completes=True)


def _completes(rows, pages):
    enrolment = rows[0].attempt.enrolment
    if enrolment.course_id not in pages:
        page = reading.page_of(enrolment.course)
        pages[enrolment.course_id] = page and (page, Outlines(page))
    if pages[enrolment.course_id] is None:
        return False
    page, outlines = pages[enrolment.course_id]
    standing = Standing(page, enrolment.person, enrolment=enrolment)
    standing.outlines = outlines
    facts = standing.facts
    passed = facts["passed"] | {row.attempt.quiz_key for row in rows}
    return completion.is_complete(enrolment.edition.rule, **{**facts, "passed": passed})
