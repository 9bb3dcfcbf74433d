"""How far many people are in one course, in a number of queries that does not grow with them."""

from collections import defaultdict

from courses.catalogue import reading
from courses.choices import EnrolmentState
from courses.progress.models import LessonDone
from courses.progress.standing import Standing, quiz_part
from courses.quizzes import results


class CourseStandings:
    """Reads the course once; then `percents` of as many pages of enrolments as are asked for."""

    def __init__(self, course):
        self.page = reading.page_of(course)
        self.lessons = reading.lesson_pages(self.page) if self.page else []
        self.quiz_rows = results.quiz_pages_of(self.page) if self.page else []
        self.outlines = {}

    def percents(self, enrolments):
        """{enrolment id: whole per cent}; None while no page presents the course.

        The rule is Standing's own: only its readings are handed in.
        """
        standings = self._standings(enrolments) if self.page else {}
        return {one.pk: self._percent(one, standings.get(one.pk)) for one in enrolments}

    @staticmethod
    def _percent(enrolment, standing):
        # What was completed stays so, whatever the course has come to ask for since.
        if enrolment.state == EnrolmentState.COMPLETED:
            return 100
        return standing.percent if standing else None

    def _standings(self, enrolments):
        done = defaultdict(dict)
        rows = LessonDone.objects.filter(enrolment__in=[one.pk for one in enrolments])
        for enrolment_id, key, at in rows.values_list("enrolment_id", "lesson_key", "at"):
            done[enrolment_id][key] = at
        quizzes = results.standings_of_many(enrolments, [row.key for row in self.quiz_rows])
        found = {}
        for one in enrolments:
            standing = found[one.pk] = Standing(self.page, None, enrolment=one)
            standing.outline = self._outline(one.sector)
            standing.done, standing.quizzes = done[one.pk], quizzes[one.pk]
        return found

    def _outline(self, sector):
        if sector not in self.outlines:
            parts = [quiz_part(row, sector) for row in self.quiz_rows]
            self.outlines[sector] = reading.outline_for(self.page, sector, self.lessons, parts)
        return self.outlines[sector]
