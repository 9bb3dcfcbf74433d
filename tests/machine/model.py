"""The journey as plain values: what the record must say after each deed. Knows no database.

`deeds.py` does every deed twice, here and for real; `record.py` compares.
"""

import calendar
from collections import namedtuple
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

UNSURE = "unsure"
GRACE = timedelta(minutes=1)
LESSONS = ("first", "second")
HERE = ZoneInfo("America/St_Lucia")

# A question as somebody was asked it.
Asked = namedtuple("Asked", "key meaning slip stem critical")


class Refused(Exception):
    """`str()` is the name of the refusal."""


@dataclass
class Question:
    key: str
    stem: str
    options: tuple
    right: frozenset
    several: bool = False
    critical: bool = False
    meaning: int = 1
    slip: int = 0
    # What was right in each meaning, and which meanings somebody was asked.
    rights: dict = field(default_factory=dict)
    asked: set = field(default_factory=set)

    def __post_init__(self):
        self.rights[self.meaning] = self.right

    def as_asked(self):
        return Asked(self.key, self.meaning, self.slip, self.stem, self.critical)

    def points(self, meaning, answer):
        right = self.rights[meaning]
        if answer in (None, UNSURE):
            return Fraction(0)
        if not self.several:
            return Fraction(answer == right)
        return max(Fraction(0), Fraction(len(answer & right) - len(answer - right), len(right)))


@dataclass
class Quiz:
    name: str
    questions: list
    pass_mark: int
    practice: bool = False
    attempts_allowed: int = 0
    wait: timedelta = timedelta(0)
    limit: timedelta | None = None
    edition: int = 1


@dataclass
class Attempt:
    person: str
    quiz: Quiz
    cycle: "Cycle"
    asked: list
    pass_mark: int
    deadline: object = None
    answers: dict = field(default_factory=dict)
    # {(n, form): the answer that form sent last}, the last one in time or late, and how many were kept.
    forms: dict = field(default_factory=dict)
    last: dict = field(default_factory=dict)
    kept: int = 0
    submitted_at: object = None
    score: int | None = None
    passed: bool | None = None

    @property
    def is_open(self):
        return self.submitted_at is None

    def is_over(self, at, grace=timedelta(0)):
        return self.is_open and self.deadline is not None and at > self.deadline + grace


@dataclass
class Cycle:
    person: str
    n: int
    state: str = "active"
    left_at: object = None
    lessons: set = field(default_factory=set)
    attempts: list = field(default_factory=list)

    @property
    def may_study(self):
        return self.state in ("active", "completed")

    def of(self, quiz):
        return [attempt for attempt in self.attempts if attempt.quiz is quiz]

    def open_attempt(self, quiz):
        return next((attempt for attempt in self.of(quiz) if attempt.is_open), None)

    def passing(self, quiz):
        return next((attempt for attempt in self.of(quiz) if attempt.passed), None)


@dataclass
class Completion:
    cycle: Cycle
    at: object
    # Of the attempts it rests on: (quiz, score).
    evidence: list


@dataclass
class Certificate:
    completion: Completion
    name: str
    replaces: "Certificate | None" = None
    withdrawn: bool = False
    replaced: bool = False

    def state(self, day, months):
        if self.withdrawn:
            return "withdrawn"
        if self.replaced:
            return "replaced"
        return "expired" if months_after(local_day(self.completion.at), months) < day else "in_force"


def local_day(at):
    return at.astimezone(HERE).date()


def months_after(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


class Journey:
    """Everybody's way through one course."""

    def __init__(self, names, check, final, months):
        self.names, self.check, self.final, self.months = dict(names), check, final, months
        self.cycles = {person: [] for person in names}
        self.attempts, self.completions, self.certificates = [], [], []

    # --- Studying -----------------------------------------------------------------------

    def latest(self, person):
        return self.cycles[person][-1] if self.cycles[person] else None

    def enrol(self, person):
        latest = self.latest(person)
        if latest is None or latest.state != "active":
            self.cycles[person].append(Cycle(person, len(self.cycles[person]) + 1))

    def leave(self, person, at):
        if self.latest(person).state == "active":
            self.latest(person).state, self.latest(person).left_at = "withdrawn", at

    def read(self, person, lesson, at):
        self.latest(person).lessons.add(lesson)
        self._evaluate(self.latest(person), at)

    def _evaluate(self, cycle, at):
        passing = [cycle.passing(quiz) for quiz in (self.check, self.final)]
        if cycle.state == "active" and cycle.lessons == set(LESSONS) and all(passing):
            cycle.state = "completed"
            evidence = [(attempt.quiz.name, attempt.score) for attempt in passing]
            completion = Completion(cycle, at, evidence)
            self.completions.append(completion)
            self.certificates.append(Certificate(completion, self.names[cycle.person]))

    # --- Tests --------------------------------------------------------------------------

    def start(self, person, quiz, at):
        """The attempt that is open afterwards."""
        cycle = self.latest(person)
        if cycle.open_attempt(quiz):
            return cycle.open_attempt(quiz)
        done = cycle.of(quiz)
        if not cycle.may_study:
            raise Refused("NotStudying")
        if quiz is self.final and cycle.passing(quiz):
            raise Refused("AlreadyPassed")
        if quiz.attempts_allowed and len(done) >= quiz.attempts_allowed:
            raise Refused("NoAttemptsLeft")
        if done and done[-1].submitted_at + quiz.wait > at:
            raise Refused("MustWait")
        asked = [question.as_asked() for question in quiz.questions]
        attempt = Attempt(person, quiz, cycle, asked, quiz.pass_mark, quiz.limit and at + quiz.limit)
        for question in quiz.questions:
            question.asked.add(question.meaning)
        cycle.attempts.append(attempt)
        self.attempts.append(attempt)
        return attempt

    def answer(self, attempt, n, answer, form, at):
        """What becomes of it: accepted, duplicate, late or refused. The last one in time counts."""
        if answer == UNSURE and attempt.quiz is self.final:
            return "refused"
        if attempt.forms.get((n, form)) == answer:
            return "duplicate"
        left_at = attempt.cycle.left_at
        late = not attempt.is_open or attempt.is_over(at, GRACE) or (left_at is not None and at > left_at)
        if attempt.is_open and attempt.quiz.practice and n in attempt.last:
            return "refused"
        if late and attempt.last.get(n) == answer:
            return "duplicate"
        attempt.last[n] = attempt.forms[n, form] = answer
        attempt.kept += 1
        if late:
            return "late"
        attempt.answers[n] = answer
        return "accepted"

    def submit(self, attempt, at):
        if not attempt.is_open:
            return
        attempt.submitted_at = attempt.deadline if attempt.is_over(at) else at
        points, failed_critical = Fraction(0), False
        for n, (question, asked) in enumerate(zip(attempt.quiz.questions, attempt.asked, strict=True), 1):
            got = question.points(asked.meaning, attempt.answers.get(n))
            points += got
            failed_critical |= asked.critical and got < 1
        attempt.score = int(100 * points / len(attempt.asked))
        attempt.passed = attempt.score >= attempt.pass_mark and not failed_critical
        self._evaluate(attempt.cycle, at)

    def time_out(self, attempt, at):
        """Whether there was anything to do."""
        over = attempt.is_over(at)
        if over:
            self.submit(attempt, at)
        return over

    def close_overdue(self, at):
        overdue = [attempt for attempt in self.attempts if attempt.is_over(at, GRACE)]
        for attempt in sorted(overdue, key=lambda attempt: attempt.deadline):
            self.submit(attempt, at)
        return len(overdue), 0

    # --- Authors ------------------------------------------------------------------------

    def correct_slip(self, quiz, question, stem, critical):
        question.stem, question.critical = stem, critical
        question.slip += 1
        quiz.edition += 1

    def change_meaning(self, quiz, question, stem, right):
        question.stem, question.right = stem, right
        question.meaning, question.slip = question.meaning + 1, 0
        question.rights[question.meaning] = right
        quiz.edition += 1

    def change_key(self, question, right):
        """Without saying that the meaning changed: only before anybody was asked."""
        if question.meaning in question.asked:
            raise Refused("PublishRefused")
        question.right = question.rights[question.meaning] = right

    def change_pass_mark(self, quiz, pass_mark):
        if quiz.pass_mark != pass_mark:
            quiz.pass_mark = pass_mark
            quiz.edition += 1

    # --- Certificates -------------------------------------------------------------------

    def rename(self, person, name):
        self.names[person] = name

    def withdraw(self, certificate):
        if certificate.replaced:
            raise Refused("NotPossible")
        certificate.withdrawn = True

    def correct(self, certificate):
        if certificate.replaced or certificate.withdrawn:
            raise Refused("NotPossible")
        certificate.replaced = True
        name = self.names[certificate.completion.cycle.person]
        self.certificates.append(Certificate(certificate.completion, name, replaces=certificate))
