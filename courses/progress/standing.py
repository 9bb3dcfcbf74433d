"""Where one person stands in one course, in a constant number of queries."""

from functools import cached_property

from django.core.cache import caches
from django.db.models import CharField, UUIDField

from courses.catalogue import outline as outlines
from courses.catalogue import reading
from courses.catalogue.minutes import TEST_QUESTION_MINUTES
from courses.catalogue.models import CoursePage
from courses.choices import EnrolmentState, Purpose
from courses.drills import parts as drills
from courses.drills.scenarios.pages import ScenarioPage
from courses.enrolment.models import Enrolment
from courses.prepared import Blank, Prepared
from courses.progress import completion
from courses.progress.models import Completion, LessonDone, RecognisedPart
from courses.quizzes import results
from courses.quizzes.pages import QuizPage

bodies = caches["bodies"]


class Standing:
    """A course page together with one person's part of it.

    `person` may be None: then nothing is done and the trunk is shown.
    """

    def __init__(self, course_page, person, *, enrolment=None):
        self.page = course_page
        self.person = person
        if enrolment is not None:
            self.enrolment = enrolment

    @cached_property
    def enrolment(self):
        """The newest enrolment, open or ended, or None."""
        return self.person and Enrolment.objects.latest_of(self.person, self.page.course)

    @cached_property
    def sector(self):
        if self.enrolment is not None:
            return self.enrolment.sector
        return self.person.sector_code if self.person else ""

    @cached_property
    def outlines(self):
        return Outlines(self.page)

    @cached_property
    def outline(self):
        """The person's path."""
        return self.outlines.of(self.sector)

    @property
    def quiz_rows(self):
        return self.outlines.quiz_rows

    @cached_property
    def done(self):
        """{key: when} of lessons done here, and of lessons and module checks recognised. One query."""
        return dict(DONE(enrolment=self.enrolment.pk)) if self.enrolment is not None else {}

    @cached_property
    def quizzes(self):
        """{quiz key: results.Standing}."""
        if self.enrolment is None:
            return {}
        keys = [part.key for part in self.outline.quizzes]
        return results.standings(self.enrolment, keys)

    @cached_property
    def drills(self):
        """{drill key: drills' DrillStanding}. Costs nothing in a course without any."""
        return drills.standings(self.enrolment, self.outline.drills)

    @cached_property
    def passed(self):
        """Keys of tests and drills passed here, and of module checks recognised; a final test never is."""
        here = {key for key, quiz in self.quizzes.items() if quiz.state == results.PASSED}
        drilled = {key for key, drill in self.drills.items() if drill.passing}
        return here | drilled | {key for key in self._keys(Purpose.CHECK) if key in self.done}

    def _keys(self, purpose):
        return [part.key for part in self.outline.quizzes if part.purpose == purpose]

    @property
    def rule(self):
        """That of the edition the person began with; of nobody, the one that holds now."""
        return self.enrolment.edition.rule if self.enrolment else self.page.course.rule()

    @cached_property
    def missing(self):
        return completion.missing(self.rule, **self.facts)

    @property
    def facts(self):
        """The arguments of the completion rule. People hold to what they began with until they finish; only
        the final test is always the one of today."""
        began_with = (self.enrolment and self.enrolment.edition.parts) or ()
        return {
            "lessons": completion.held([part.key for part in self.outline.lessons], began_with),
            "done": set(self.done),
            "checks": completion.held(self._keys(Purpose.CHECK), began_with),
            "drills": completion.held([part.key for part in self.outline.drills], began_with),
            "final": self._keys(Purpose.FINAL),
            "passed": self.passed,
        }

    @property
    def lessons_done(self):
        return sum(part.key in self.done for part in self.outline.lessons)

    @property
    def asked(self):
        """The parts that completion asks for."""
        with_drills = self.rule.get("drills")
        return [
            part
            for part in self.outline.parts
            if part.is_lesson
            or part.purpose in (Purpose.CHECK, Purpose.FINAL)
            or (part.is_drill and with_drills)
        ]

    @property
    def percent(self):
        """Whole per cent of the parts that completion asks for."""
        asked = self.asked
        return len([part for part in asked if self.is_done(part)]) * 100 // len(asked) if asked else 0

    def is_done(self, part):
        if part.is_lesson:
            return part.key in self.done
        if part.purpose == Purpose.PRETEST:
            quiz = self.quizzes.get(part.key)
            return bool(quiz and quiz.attempts_used)
        return part.key in self.passed

    @cached_property
    def is_refreshed(self):
        """Whether this cycle was completed by reading what changed alone: its parts were done in one before."""
        ended = self.enrolment is not None and self.enrolment.state == EnrolmentState.COMPLETED
        # Whoever has done a part in it did more: nothing is asked of the database then.
        return (
            ended
            and not self.done
            and Completion.objects.filter(enrolment=self.enrolment.pk, rule__refresher=True).exists()
        )

    def state_of(self, part):
        """ "done", "open" (a quiz begun), "failed", "locked" (the final test, too early), "before" (done in the
        cycle that a refresher renewed) or "todo"."""
        if self.is_done(part):
            return "done"
        if self.is_refreshed and part in self.asked:
            return "before"
        if part.is_drill:
            drill = self.drills[part.key]
            return "open" if drill.open_uuid else "failed" if drill.tries else "todo"
        quiz = self.quizzes.get(part.key)
        if quiz is not None and quiz.open_uuid:
            return "open"
        if part.purpose == Purpose.FINAL and self.missing.before_final:
            return "locked"
        return "failed" if quiz is not None and quiz.attempts_used else "todo"

    @cached_property
    def next_part(self):
        """The first part not done, an unfinished quiz or drill first; None when nothing is left. Drills that
        completion does not ask for are offered by the outline, and stand in nobody's way."""
        with_drills = self.rule.get("drills")
        parts = [part for part in self.outline.parts if with_drills or not part.is_drill]
        unfinished = [part for part in parts if self.state_of(part) == "open"]
        if unfinished:
            return unfinished[0]
        for part in parts:
            if self.state_of(part) in ("todo", "failed"):
                return part
        return None

    @cached_property
    def resume_part(self):
        """Where the person was, if that is a lesson not yet done; else the next part."""
        following = self.next_part
        if self.enrolment is None or (following and not following.is_lesson):
            return following
        last = self.outline.find(key=self.enrolment.last_key, kind=outlines.LESSON)
        return last if last and last.key not in self.done else following

    def rows(self):
        """The outline with states, for templates: [(module, [(part, state)])]."""
        return [
            (module, [(part, self.state_of(part)) for part in module.parts]) for module in self.outline.modules
        ]


class Outlines:
    """The paths through a course by sector, remembered until a page of the course is published or goes."""

    def __init__(self, course_page):
        self.page = course_page

    @cached_property
    def stamp(self):
        return f"{self.page.pk}:{self.page.live_revision_id}:{reading.stamp_of(self.page)}"

    @cached_property
    def lessons(self):
        return reading.lesson_pages(self.page)

    @cached_property
    def quiz_rows(self):
        # A question of the bank that is published makes editions, and no page of the course is published.
        newest = results.newest_edition_of(self.page.course_id)
        return self._remembered(f"quizzes:{newest}", lambda: results.quiz_pages_of(self.page))

    def of(self, sector):
        return self._remembered(f"outline:{sector}", lambda: self._work_out(sector))

    def _work_out(self, sector):
        others = [quiz_part(row, sector) for row in self.quiz_rows] + drills.parts_of(self.page, sector)
        return reading.outline_for(self.page, sector, self.lessons, others)

    def _remembered(self, what, work_out):
        key = f"{what}:{self.stamp}"
        found = bodies.get(key)
        if found is None:
            found = work_out()
            bodies.set(key, found)
        return found


def done_of(enrolments):
    """{enrolment id: {key: when}}, see Standing.done. One query."""
    found = {one.pk: {} for one in enrolments}
    for enrolment_id, key, at in _done("enrolment_id", enrolment__in=list(found)):
        found[enrolment_id][key] = at
    return found


def _done(*names, **theirs):
    here = LessonDone.objects.filter(**theirs).order_by().values_list(*names, "lesson_key", "at")
    elsewhere = RecognisedPart.objects.filter(**theirs).order_by().values_list(*names, "part_key", "at")
    return here.union(elsewhere, all=True)


DONE = Prepared(lambda: _done(enrolment=Blank("enrolment")))


def quiz_part(row, sector):
    questions = row.size_for(sector)
    return outlines.Part(
        kind=outlines.QUIZ,
        page_id=row.page_id,
        key=row.key,
        title=row.title,
        slug=row.slug,
        minutes=questions * TEST_QUESTION_MINUTES,
        purpose=row.purpose,
        questions=questions,
        sectors=tuple(row.sectors),
    )


def of_quiz(quiz_key, person):
    """The standing in the course that a live quiz belongs to, or None."""
    return _of_part(QUIZ_PATHS.first(key=quiz_key), person)


def of_scenario(scenario_key, person):
    """The same of a live scenario."""
    pages = ScenarioPage.objects.live().filter(translation_key=scenario_key).order_by("pk")
    return _of_part(pages.values_list("path", flat=True).first(), person)


def _of_part(path, person):
    page = path and COURSES_AT.first(path=CoursePage._get_basepath(path, len(path) // CoursePage.steplen - 1))
    return page and Standing(page, person)


QUIZ_PATHS = Prepared(
    lambda: (
        QuizPage.objects.live()
        .filter(translation_key=Blank("key", UUIDField()))
        .order_by("pk")
        .values_list("path", flat=True)[:1]
    )
)
COURSES_AT = Prepared(
    lambda: (
        CoursePage.objects.live()
        .select_related("course")
        .defer("outline")
        .filter(path=Blank("path", CharField()))
    )
)
