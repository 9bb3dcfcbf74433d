"""How far many people are in one course, in a number of queries that does not grow with them."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from courses.catalogue import reading
from courses.choices import EnrolmentState
from courses.drills import parts as drills
from courses.progress.standing import Outlines, Standing, done_of
from courses.quizzes import results


@dataclass(frozen=True)
class Progress:
    """`done` of `asked` parts, and whether anything was begun."""

    done: int
    asked: int
    begun: bool


class CourseStandings:
    """Reads the course once; then `percents` of as many pages of enrolments as are asked for."""

    def __init__(self, course):
        self.page = reading.page_of(course)
        self.outlines = self.page and Outlines(self.page)

    def percents(self, enrolments):
        """{enrolment id: whole per cent}; None while no page presents the course.

        The rule is Standing's own: only its readings are handed in.
        """
        standings = self.standings(enrolments)
        return {one.pk: self._percent(one, standings.get(one.pk)) for one in enrolments}

    def progress(self, enrolments):
        """{enrolment id: Progress} of open enrolments; empty while no page presents the course."""
        standings = self.standings(enrolments)
        return {pk: self._progress(standing) for pk, standing in standings.items()}

    @staticmethod
    def _progress(standing):
        asked = standing.asked
        done = sum(standing.is_done(part) for part in asked)
        tried = any(quiz.attempts_used or quiz.open_uuid for quiz in standing.quizzes.values())
        tried = tried or any(drill.tries or drill.open_uuid for drill in standing.drills.values())
        return Progress(done, len(asked), bool(done or tried))

    @staticmethod
    def _percent(enrolment, standing):
        # What was completed stays so, whatever the course has come to ask for since.
        if enrolment.state == EnrolmentState.COMPLETED:
            return 100
        return standing.percent if standing else None

    def standings(self, enrolments):
        """{enrolment id: Standing}; empty while no page presents the course."""
        if not self.page:
            return {}
        # What they began with says what is asked of them.
        prefetch_related_objects(enrolments, "edition")
        found = {one.pk: Standing(self.page, None, enrolment=one) for one in enrolments}
        for standing in found.values():
            standing.outlines = self.outlines
        keys = {part.key for standing in found.values() for part in standing.outline.quizzes}
        drill_parts = {part for standing in found.values() for part in standing.outline.drills}
        done, quizzes = done_of(enrolments), results.standings_of_many(enrolments, keys)
        drilled = drills.standings_of_many(enrolments, drill_parts)
        for pk, standing in found.items():
            standing.done, standing.quizzes, standing.drills = done[pk], quizzes[pk], drilled[pk]
        return found
