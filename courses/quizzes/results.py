"""Where somebody stands with the quizzes of a course, in a constant number of queries."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import UUIDField

from courses.choices import AttemptState, GrantKind, Purpose
from courses.prepared import Blank, Prepared
from courses.quizzes import limits
from courses.quizzes.allowing import AttemptGrant
from courses.quizzes.models import Attempt, QuizEdition
from courses.quizzes.pages import QuizPage

NOT_STARTED, OPEN, PASSED, FAILED = "not_started", "open", "passed", "failed"


@dataclass
class QuizStanding:
    """One person and one quiz, in one cycle of the course."""

    quiz_key: UUID
    enrolment_id: int | None = None
    open_uuid: UUID | None = None
    # By when the open one has to be handed in; None: no limit.
    deadline: datetime | None = None
    # Submitted attempts, oldest first: {"uuid", "score", "passed", "title", "at"}.
    submitted: list = field(default_factory=list)

    @property
    def state(self):
        if self.passing is not None:
            return PASSED
        if self.open_uuid is not None:
            return OPEN
        return FAILED if self.submitted else NOT_STARTED

    @property
    def passing(self):
        """The first attempt that passed, or None."""
        return next((attempt for attempt in self.submitted if attempt["passed"]), None)

    @property
    def passed_uuid(self):
        return self.passing and self.passing["uuid"]

    @property
    def passed_score(self):
        return self.passing and self.passing["score"]

    @property
    def best_score(self):
        """The highest score, whether it passed or not."""
        return max((attempt["score"] for attempt in self.submitted), default=None)

    @property
    def attempts_used(self):
        return len(self.submitted)

    @cached_property
    def policy(self):
        """What the newest edition promises about a next attempt. A query: not for lists."""
        return POLICIES.first(quiz=self.quiz_key) or {}

    @cached_property
    def grants(self):
        """What the person was granted beyond that. A query: not for lists."""
        if not limits.any_for(self.policy):
            return []
        return AttemptGrant.objects.for_test(self.enrolment_id, self.quiz_key)

    @cached_property
    def extra(self):
        """Extra time, as `limits` reads it. A query where there is a limit: not for lists."""
        if not limits.minutes(self.policy):
            return []
        return AttemptGrant.objects.extra_time(self.enrolment_id, self.quiz_key)

    def is_running(self, at):
        """Whether the time of an open attempt is going on."""
        return self.deadline is not None and not limits.is_over(self.deadline, at)

    @property
    def minutes(self):
        """How long the next attempt may take, without extra time; None: no limit."""
        return limits.minutes(self.policy)

    @property
    def extra_minutes(self):
        return limits.extra_minutes(self.minutes, self.extra) if self.minutes else 0

    @property
    def attempts_allowed(self):
        """With those granted. None: as many as people need."""
        return limits.allowed(self.policy, self.grants)

    @property
    def attempts_left(self):
        """None: as many as people need."""
        allowed = self.attempts_allowed
        return None if allowed is None else max(0, allowed - self.attempts_used)

    @property
    def is_closed(self):
        """No further attempt is allowed."""
        return self.attempts_left == 0 or self.is_passed_final

    @property
    def is_passed_final(self):
        return self.policy.get("purpose") == Purpose.FINAL and self.passing is not None

    @property
    def next_at(self):
        """When the next attempt may start, if there was one before and it may."""
        if not self.submitted or self.is_closed:
            return None
        return limits.next_at(self.policy, self.submitted[-1]["at"], self.grants)


POLICIES = Prepared(
    lambda: (
        QuizEdition.objects.filter(quiz_key=Blank("quiz", UUIDField()), locale="en")
        .order_by("-n")
        .values_list("policy", flat=True)[:1]
    )
)


def standings(enrolment, quiz_keys):
    """{quiz key: QuizStanding} for every key, in one query. `enrolment` None: nothing was started."""
    quiz_keys = list(quiz_keys)
    found = {key: QuizStanding(key, enrolment and enrolment.pk) for key in quiz_keys}
    if enrolment is None:
        return found
    # Of other courses too, where the cycle is the same: few, and so it is the same question for every course.
    for row in TAKEN(person=enrolment.person_id, cycle=enrolment.cycle):
        if row["quiz_key"] in found:
            _add(found[row["quiz_key"]], row)
    return found


def with_rules(found, quiz_rows, enrolment):
    """The same standings, with the policies of these QuizRows and every grant, for lists: one query."""
    policies = {row.key: row.policy for row in quiz_rows}
    grants = AttemptGrant.objects.filter(enrolment=enrolment).values_list(
        "quiz_key", "kind", "at", "per_cent", "minutes"
    )
    for key, standing in found.items():
        standing.policy = policies.get(key, {})
        standing.grants, standing.extra = [], []
    for key, kind, at, per_cent, minutes in grants:
        if key in found:
            found[key].grants.append((kind, at))
            if kind == GrantKind.MORE_TIME:
                found[key].extra.append((per_cent, minutes))
    return found


def standings_of_many(enrolments, quiz_keys):
    """{enrolment id: {quiz key: QuizStanding}} for enrolments of one course, in one query."""
    quiz_keys = list(quiz_keys)
    found = {(one.person_id, one.cycle): {key: QuizStanding(key) for key in quiz_keys} for one in enrolments}
    people = {one.person_id for one in enrolments}
    for row in _taken(quiz_key__in=quiz_keys, person__in=people):
        mine = found.get((row["person_id"], row["cycle"]))
        if mine is not None:
            _add(mine[row["quiz_key"]], row)
    return {one.pk: found[one.person_id, one.cycle] for one in enrolments}


def _taken(**which):
    return (
        Attempt.objects.taken()
        .filter(**which)
        .with_latest_marking()
        .order_by("submitted_at", "pk")
        .values(
            "person_id",
            "cycle",
            "uuid",
            "quiz_key",
            "state",
            "deadline",
            "submitted_at",
            "score",
            "passed",
            "quiz_edition__title",
        )
    )


TAKEN = Prepared(lambda: _taken(person=Blank("person"), cycle=Blank("cycle")))


def _add(standing, row):
    if row["state"] == AttemptState.OPEN:
        standing.open_uuid, standing.deadline = row["uuid"], row["deadline"]
    else:
        standing.submitted.append(
            {
                "uuid": row["uuid"],
                "score": row["score"],
                "passed": row["passed"],
                "title": row["quiz_edition__title"],
                "at": row["submitted_at"],
            }
        )


@dataclass(frozen=True)
class QuizRow:
    """A quiz in an outline, with what its latest edition promises."""

    page_id: int
    # The translation key of the page.
    key: UUID
    title: str
    slug: str
    purpose: str
    sectors: list
    # None: it was never published.
    edition: QuizEdition | None

    @property
    def policy(self):
        return self.edition.policy if self.edition else {}

    @property
    def intro(self):
        return self.policy.get("intro", "")

    @property
    def questions(self):
        """How many, over all sectors; `size_for` knows one path."""
        return self.size_for(None)

    def size_for(self, sector):
        return self.edition.size_for(sector) if self.edition else 0


NEWEST_EDITION = Prepared(
    lambda: QuizEdition.objects.filter(course=Blank("course")).order_by("-pk").values_list("pk", flat=True)[:1]
)


def newest_edition_of(course_id):
    """The key of the edition that was made last in this course, or None: it changes with every further one."""
    return NEWEST_EDITION.first(course=course_id)


def quiz_pages_of(course_page):
    """The live quizzes of a course page, as QuizRow, in two queries."""
    pages = list(
        QuizPage.objects.child_of(course_page)
        .live()
        .order_by("path")
        .values("id", "translation_key", "title", "slug", "purpose", "sectors", "locale__language_code")
    )
    locale = pages[0]["locale__language_code"] if pages else "en"
    editions = QuizEdition.objects.newest([page["translation_key"] for page in pages], locale) if pages else {}
    return [
        QuizRow(
            page_id=page["id"],
            key=page["translation_key"],
            title=page["title"],
            slug=page["slug"],
            purpose=page["purpose"],
            sectors=page["sectors"],
            edition=editions.get(page["translation_key"]),
        )
        for page in pages
    ]
