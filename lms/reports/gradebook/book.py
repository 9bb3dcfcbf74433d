"""Each person of a course or cohort beside each of its tests. For who may see results, and nobody else."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.choices import AttemptState, EnrolmentState
from courses.enrolment.able import latest_enrolments
from courses.enrolment.cohorts import CohortMember
from courses.enrolment.models import Enrolment
from courses.people.models import Person
from courses.people.visibility import same_as
from courses.progress.models import Completion
from courses.progress.standings import CourseStandings
from courses.quizzes import results
from courses.quizzes.models import Attempt
from lms.reports.enrolments import certificates_of
from lms.reports.gradebook.parts import parts_of

# These never had the course open.
NEVER_OPEN = [EnrolmentState.REQUESTED, EnrolmentState.REFUSED, EnrolmentState.SET_ASIDE]
OWNER = Coalesce("person__merged_into_id", "person_id")
BEFORE = [gettext_lazy("Name"), gettext_lazy("Agency")]
AFTER = [
    gettext_lazy("Lessons done"),
    gettext_lazy("Status"),
    gettext_lazy("Completed on"),
    gettext_lazy("Certificate"),
]
NAME, AGENCY, COMPLETED = "name", "agency", "completed"


@dataclass(frozen=True)
class Result:
    """What somebody got in a test in this cycle: the best attempt, one that passed before all others."""

    score: int
    passed: bool
    attempts: int
    on: date
    # Of the attempt.
    uuid: UUID

    @property
    def passed_words(self):
        return _("passed") if self.passed else _("not passed")

    @property
    def more(self):
        """What stands below the score: "passed, 2 attempts, 3 Mar 2026"."""
        tries = ngettext("%(n)d attempt", "%(n)d attempts", self.attempts) % {"n": self.attempts}
        return ", ".join([self.passed_words, tries, date_format(self.on, "j M Y")])

    def in_words(self):
        return f"{self.score}: {self.more}"


@dataclass
class Row:
    """`results`: {quiz key: Result}, or words where there is none: {quiz key: "recognised"}."""

    person: Person
    enrolment: Enrolment | None
    results: dict = field(default_factory=dict)
    lessons: str = ""
    certificate: str = ""

    @property
    def before(self):
        """Values for BEFORE."""
        return [self.person.full_name, self.person.agency.name if self.person.agency else ""]

    @property
    def after(self):
        """Values for AFTER."""
        completion = self.enrolment and self.enrolment.completion_that_counts
        return [
            self.lessons,
            str(self.enrolment.get_state_display()) if self.enrolment else _("Not begun"),
            timezone.localdate(completion.at) if completion else None,
            self.certificate,
        ]

    def cells(self, parts):
        """The row as the page has it: a test is one cell."""
        return [*self.before, *(_in_words(self.results.get(part.key)) for part in parts), *self.after]

    def wide_cells(self, parts):
        """The same for a spreadsheet that counts: of a test the score, what it means, attempts and day."""
        cells = []
        for part in parts:
            found = self.results.get(part.key)
            if isinstance(found, Result):
                cells += [found.score, found.passed_words, found.attempts, found.on]
            else:
                cells += [None, found or "", None, None]
        return [*self.before, *cells, *self.after]


class Gradebook:
    """`cohort` None: everybody who has, or had, the course open. Reads the course once."""

    def __init__(self, course, cohort=None):
        self.course, self.cohort = course, cohort

    @cached_property
    def standings(self):
        return CourseStandings(self.course)

    @cached_property
    def parts(self):
        return parts_of(self.course, self.standings)

    @property
    def headings(self):
        return [*BEFORE, *(part.title for part in self.parts), *AFTER]

    @property
    def wide_headings(self):
        four = [_("%(test)s: result"), _("%(test)s: attempts"), _("%(test)s: date")]
        tests = [
            heading
            for part in self.parts
            for heading in (part.title, *(words % {"test": part.title} for words in four))
        ]
        return [*BEFORE, *tests, *AFTER]

    def sorts(self):
        """{what may be sorted by: what it is called}"""
        tests = {str(part.key): part.title for part in self.parts}
        return {NAME: BEFORE[0], AGENCY: BEFORE[1], **tests, COMPLETED: AFTER[2]}

    def people(self, *, words="", sort=NAME):
        """The people of its rows: each once, also after a merge. `sort`: one of `sorts`."""
        if self.cohort is not None:
            owners = CohortMember.objects.open().filter(cohort=self.cohort)
        else:
            owners = Enrolment.objects.filter(course=self.course).exclude(state__in=NEVER_OPEN)
        people = Person.objects.filter(pk__in=owners.order_by().annotate(owner=OWNER).values("owner"))
        if words:
            people = people.filter(full_name__icontains=words)
        return self._sorted(people.select_related("agency"), sort)

    def rows(self, people):
        """A Row of each of these, a page or a batch of them, in a constant number of queries."""
        people = list(people)
        latest = latest_enrolments(people, self.course)
        enrolments = list(latest.values())
        standings = self.standings.standings(enrolments)
        former = [part.key for part in self.parts if part.is_former or not standings]
        once = results.standings_of_many(enrolments, former) if former and enrolments else {}
        certificates = certificates_of(enrolments)
        for person in people:
            enrolment = latest.get(person.pk)
            row = Row(person, enrolment)
            if enrolment is not None:
                standing = standings.get(enrolment.pk)
                taken = {**(standing.quizzes if standing else {}), **once.get(enrolment.pk, {})}
                row.results = {key: result for key, one in taken.items() if (result := _result(one))}
                row.certificate = certificates.get(enrolment.pk, "")
                if standing:
                    _add_standing(row, standing)
            yield row

    def _sorted(self, people, sort):
        if sort == AGENCY:
            return people.order_by(F("agency__name").asc(nulls_last=True), "full_name", "pk")
        if sort == COMPLETED:
            done = Completion.objects.that_count().filter(enrolment=OuterRef("study"))
            people = self._with_study(people).annotate(value=Subquery(done.values("at")[:1]))
        elif sort in self.sorts() and sort != NAME:
            taken = Attempt.objects.filter(
                enrolment=OuterRef("study"), quiz_key=sort, state=AttemptState.SUBMITTED
            )
            best = taken.with_latest_marking().order_by("-passed", "-score", "pk")
            people = self._with_study(people).annotate(value=Subquery(best.values("score")[:1]))
        else:
            return people.order_by("full_name", "pk")
        return people.order_by(F("value").desc(nulls_last=True), "full_name", "pk")

    def _with_study(self, people):
        """Adds `study`, the key of the enrolment that `latest_enrolments` finds."""
        mine = Enrolment.objects.filter(person__in=same_as(OuterRef(OuterRef("pk"))), course=self.course)
        return people.annotate(study=Subquery(mine.latest_first().values("pk")[:1]))


def _result(standing):
    """The Result of a QuizStanding, or None where nothing is marked."""
    marked = [one for one in standing.submitted if one["score"] is not None]
    if not marked:
        return None
    best = max(marked, key=lambda one: (bool(one["passed"]), one["score"]))
    return Result(
        best["score"],
        bool(best["passed"]),
        standing.attempts_used,
        timezone.localdate(best["at"]),
        best["uuid"],
    )


def _add_standing(row, standing):
    asked = standing.outline.lessons
    row.lessons = _("%(n)d of %(all)d") % {"n": standing.lessons_done, "all": len(asked)}
    for part in standing.outline.quizzes:
        if part.key in standing.done:
            row.results.setdefault(part.key, _("recognised"))


def _in_words(result):
    return result.in_words() if isinstance(result, Result) else result or ""
