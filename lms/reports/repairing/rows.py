"""What a repair changes, in words and as a table: one row for each attempt with another result."""

from django.db.models import Count
from django.utils.translation import gettext as _

from certificates.models import Certificate
from courses.choices import RepairChange
from courses.progress.models import Completion
from lms.reports.figures.tables import Table

ROWS_AT_ONCE = 500


def rows_of(repair):
    return repair.rows.select_related(
        "attempt__person__agency", "attempt__quiz_edition", "taken_back", "marking"
    )


def counts_of(repair):
    """{RepairChange: how many}, "completes", "taken_back", and "same": how many keep their result."""
    found = dict(repair.rows.order_by().values_list("change").annotate(n=Count("pk")))
    counted = {str(change): found.get(change, 0) for change in RepairChange}
    return {
        **counted,
        "same": max(0, repair.concerned - sum(counted.values())),
        "completes": repair.rows.filter(completes=True).count(),
        "taken_back": repair.rows.exclude(taken_back=None).count(),
    }


def complete(rows):
    """Add `rests`, what rests on the attempt: its course, or that and the certificate. Two queries."""
    enrolments = {row.attempt.enrolment_id for row in rows} - {None}
    counting = Completion.objects.that_count().filter(enrolment__in=enrolments)
    completions = {one.enrolment_id: one for one in counting}
    certified = Certificate.objects.filter(completion__in=[one.pk for one in completions.values()])
    certified = set(certified.values_list("completion", flat=True))
    for row in rows:
        completion = completions.get(row.attempt.enrolment_id)
        passes = [uuid for _key, _title, uuid, _score in completion.evidence["quizzes"]] if completion else ()
        row.rests = ""
        if str(row.attempt.uuid) in passes:
            row.rests = _("Course and certificate") if completion.pk in certified else _("Course")
    return rows


def change_in_words(row):
    if row.marking_id is None and row.repair.is_done:
        return _("Waits for another person: it is the attempt of whoever put the key right")
    if hasattr(row, "taken_back"):
        return _("The pass was taken back: %(reason)s") % {"reason": row.taken_back.reason}
    if row.completes and not row.repair.is_done:
        return _("Passes now, and completes the course")
    return row.get_change_display()


def table_of(repair):
    """Read some hundreds at once, however many there are."""
    headings = [
        _("Person"),
        _("Agency"),
        _("Test"),
        _("Score, of 100"),
        _("Passed"),
        _("Score by the right key"),
        _("Passed by the right key"),
        _("What changes"),
        _("Rests on it"),
    ]
    return Table("marked-again", _("Marked again"), headings, _cells(repair), numeric=(3, 5))


def _cells(repair):
    last = 0
    while rows := list(rows_of(repair).filter(pk__gt=last).order_by("pk")[:ROWS_AT_ONCE]):
        last = rows[-1].pk
        for row in complete(rows):
            row.repair = repair
            person = row.attempt.person
            yield [
                person.full_name,
                str(person.agency or ""),
                row.attempt.quiz_edition.title,
                row.was_score,
                _("Yes") if row.was_passed else _("No"),
                row.score,
                _("Yes") if row.would_pass else _("No"),
                str(change_in_words(row)),
                row.rests,
            ]
