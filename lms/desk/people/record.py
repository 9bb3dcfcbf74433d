"""What the page of one person shows of their studies, in a constant number of queries for their rows.

Only a course that is open costs more: reading it, to count progress.
"""

from collections import defaultdict

from django.db.models import Count

from certificates.models import Certificate
from courses.choices import AttemptState, EnrolmentState
from courses.drills.remarking.kinds import KINDS
from courses.enrolment.models import Enrolment
from courses.people.models import Person
from courses.progress.standings import CourseStandings
from courses.quizzes.models import Attempt
from courses.transcript.reading import transcript_of


class StudyRecord:
    """A person's enrolments with attempts and progress, and certificates; also those of merged records.

    Each of `enrolments` carries `tries` (attempts with result) and `percent`, None unless it is open.
    """

    def __init__(self, person, *, day):
        self.person = person
        self.ids = [person.pk, *Person.objects.filter(merged_into=person).values_list("pk", flat=True)]
        self.enrolments = list(
            Enrolment.objects.of(person)
            .select_related("course", "edition", "completion__withdrawn")
            .annotate(lessons=Count("lessons_done"))
            .order_by("-started_at", "-pk")
        )
        self.attempts = list(
            Attempt.objects.of(person)
            .exclude(state=AttemptState.PREPARED)
            .with_latest_marking()
            .select_related("quiz_edition")
            .defer("quiz_edition__items")
            .order_by("pk")
        )
        self.runs = [
            run for kind in KINDS.values() for run in kind.listed(kind.run.objects.of(person)).order_by("pk")
        ]
        completed = [one.completion_that_counts for one in self.enrolments if one.completion_that_counts]
        self.transcript = transcript_of(person, completions=completed)
        self.certificates = list(Certificate.objects.for_record(person, day))
        self._add_attempts()
        self._add_progress()

    @property
    def requests(self):
        return [one for one in self.enrolments if one.state == EnrolmentState.REQUESTED]

    def _add_attempts(self):
        tries = defaultdict(list)
        for attempt in self.attempts:
            tries[attempt.enrolment_id].append(attempt)
        runs = defaultdict(list)
        for run in self.runs:
            runs[run.enrolment_id].append(run)
        for enrolment in self.enrolments:
            enrolment.tries = tries.pop(enrolment.pk, [])
            enrolment.drills = runs.pop(enrolment.pk, [])
        self.other_attempts = [attempt for rest in tries.values() for attempt in rest]

    def _add_progress(self):
        by_course = defaultdict(list)
        for enrolment in self.enrolments:
            enrolment.percent = None
            if enrolment.is_active:
                by_course[enrolment.course].append(enrolment)
        for course, enrolments in by_course.items():
            percents = CourseStandings(course).percents(enrolments)
            for enrolment in enrolments:
                enrolment.percent = percents[enrolment.pk]
