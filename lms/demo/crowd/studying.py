"""Four years of study: enrolments, lessons done, attempts with their results, completions."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from courses.catalogue.editions import current_edition
from courses.choices import AttemptState, EnrolmentState, Purpose
from courses.enrolment.models import Enrolment
from courses.progress.models import Completion, LessonDone
from courses.progress.standing import Outlines
from courses.quizzes.models import AnswerEvent, Attempt, AttemptItem, Marking
from courses.quizzes.starting import NO_CYCLE
from courses.room.models import RoomAttempt

YEARS = timedelta(days=4 * 365)
# Nobody begins later than this, so that whoever finishes has finished by now.
UNTIL = timedelta(days=40)
# Of those who try every test, how many complete the course.
FINISH = 0.85


# Of those without any attempt, how many did not even begin; of the others, how many stop early.
NOT_BEGUN, STOP = 0.3, 0.15
# Minutes between one part and the next: mostly none, now and then a night.
PAUSES = (0, 0, 0, 0, 1200)


@dataclass(frozen=True)
class Done:
    """A completion, for its certificate."""

    pk: int
    person: object
    at: object
    minutes: int


@dataclass
class Way:
    """How far somebody has come."""

    enrolment_id: int
    somebody: object
    finishes: bool
    began: datetime = None
    now: datetime = None
    lessons: list = field(default_factory=list)
    passed: list = field(default_factory=list)


class Taking:
    """Writes attempts. `answered`: of how many people in a hundred there are questions and answers too, not
    only results. Of tests in a room there always are."""

    def __init__(self, rows, papers, answered):
        self.rows, self.papers, self.answered = rows, papers, answered

    def take(self, somebody, quiz_key, choose, *, at, minutes, enrolment_id=None, in_room=None):
        """One attempt, handed in; `choose(paper)` gives the Sheet. Returns (Sheet, uuid of the attempt)."""
        paper = self.papers.of(quiz_key, somebody.sector)
        sheet, uuid, end = choose(paper), self.rows.uuid(), at + timedelta(minutes=minutes)
        attempt_id = self.rows.key(Attempt)
        self.rows.add(
            Attempt,
            pk=attempt_id,
            uuid=uuid,
            person_id=somebody.pk,
            enrolment_id=enrolment_id,
            quiz_edition_id=paper.edition.pk,
            quiz_key=paper.edition.quiz_key,
            cycle=1 if enrolment_id else NO_CYCLE,
            state=AttemptState.SUBMITTED,
            started_at=at,
            submitted_at=end,
        )
        self.rows.add(
            Marking,
            attempt_id=attempt_id,
            n=1,
            at=end,
            key_versions=sheet.key_versions,
            score=sheet.score,
            passed=sheet.passed,
            details=sheet.details,
        )
        if in_room:
            self.rows.add(RoomAttempt, attempt_id=attempt_id, at=at, **in_room)
        if in_room or somebody.n % 100 < self.answered:
            self._answer(attempt_id, paper, sheet, at)
        return sheet, uuid

    def _answer(self, attempt_id, paper, sheet, at):
        for item, (payload, sha256) in zip(paper.items, sheet.answers, strict=True):
            item_id = self.rows.add(AttemptItem, attempt_id=attempt_id, **item)
            given = at + timedelta(seconds=30 * item["n"])
            self.rows.add(
                AnswerEvent,
                uuid=self.rows.uuid(),
                item_id=item_id,
                payload=payload,
                sha256=sha256,
                received_at=given,
                effective_at=given,
            )


class Studies:
    def __init__(self, rows, taking, course_page, *, rng, at):
        self.rows, self.taking, self.rng, self.at = rows, taking, rng, at
        self.edition = current_edition(course_page.course, at=at)
        self.outlines, self.paths = Outlines(course_page), {}

    def path_of(self, sector):
        if sector not in self.paths:
            self.paths[sector] = self.outlines.of(sector)
        return self.paths[sector]

    def study(self, somebody, tries):
        """One person's way through the course with exactly so many attempts. A Done, or None."""
        path, rng = self.path_of(somebody.sector), self.rng
        if not tries and rng.random() < NOT_BEGUN:
            return None
        per_quiz = self._share_out(path.quizzes, tries)
        reaches_end = somebody.approved and len(per_quiz) == len(path.quizzes)
        way = Way(self.rows.key(Enrolment), somebody, finishes=reaches_end and rng.random() < FINISH)
        way.began = way.now = self.at - UNTIL - rng.random() * (YEARS - UNTIL)
        for part in path.parts:
            way.now += timedelta(minutes=part.minutes * rng.uniform(0.8, 1.5) + rng.choice(PAUSES))
            if part.is_lesson:
                self._read(way, part)
            elif part.is_drill:
                continue
            elif part.key in per_quiz:
                self._sit(way, part, per_quiz.pop(part.key), goes_on=bool(per_quiz) or way.finishes)
            else:
                break
        return self._end(way)

    def _share_out(self, quizzes, tries):
        """{quiz key: how many attempts}, of the first so many quizzes of the path."""
        reached = quizzes[: min(tries, len(quizzes))]
        if reached and self.rng.random() < STOP:
            reached = reached[: self.rng.randrange(1, len(reached) + 1)]
        per_quiz = {part.key: 1 for part in reached}
        again = [part.key for part in reached if part.purpose != Purpose.PRETEST] or list(per_quiz)
        for _ in range(tries - len(per_quiz)):
            per_quiz[self.rng.choice(again)] += 1
        return per_quiz

    def _read(self, way, part):
        self.rows.add(
            LessonDone,
            enrolment_id=way.enrolment_id,
            lesson_key=part.key,
            title=part.title,
            minutes=part.minutes,
            at=way.now,
        )
        way.lessons.append(part)

    def _sit(self, way, part, tries, *, goes_on):
        """Take a test so often; whoever goes on has passed it with the last attempt."""
        for left in range(tries - 1, -1, -1):
            passes = goes_on and not left
            sheet, uuid = self.taking.take(
                way.somebody,
                part.key,
                (lambda paper: paper.passed(self.rng)) if passes else (lambda paper: paper.failed(self.rng)),
                at=way.now,
                minutes=part.minutes,
                enrolment_id=way.enrolment_id,
            )
            way.now += timedelta(minutes=part.minutes + (left and 60))
        if sheet.passed:
            way.passed.append((part, uuid, sheet.score))

    def _end(self, way):
        ended = way.finishes or way.somebody.merged
        state = EnrolmentState.COMPLETED if way.finishes else EnrolmentState.ACTIVE
        if ended and not way.finishes:
            # Two records of one person have not both an open enrolment.
            state = EnrolmentState.WITHDRAWN
        self.rows.add(
            Enrolment,
            pk=way.enrolment_id,
            person_id=way.somebody.pk,
            course_id=self.edition.course_id,
            edition_id=self.edition.pk,
            sector=way.somebody.sector,
            state=state,
            started_at=way.began,
            ended_at=way.now if ended else None,
            last_seen_at=way.now,
            last_key=way.lessons[-1].key if way.lessons else None,
        )
        return self._complete(way) if way.finishes else None

    def _complete(self, way):
        minutes = sum(part.minutes for part in way.lessons) + sum(part.minutes for part, _u, _s in way.passed)
        evidence = {
            "lessons": [[str(part.key), part.title] for part in way.lessons],
            "quizzes": [[str(part.key), part.title, str(uuid), score] for part, uuid, score in way.passed],
            "minutes": minutes,
        }
        pk = self.rows.add(
            Completion,
            enrolment_id=way.enrolment_id,
            rule=self.edition.rule,
            evidence=evidence,
            minutes=minutes,
            at=way.now,
            **way.somebody.place(),
        )
        return Done(pk, way.somebody, way.now, minutes)
