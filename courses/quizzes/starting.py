"""Start an attempt, or go on with the open one."""

import random

from django.db import transaction
from django.db.models import CharField, UUIDField

from courses.audit.log import record
from courses.choices import AttemptOrigin, AttemptState, Purpose
from courses.enrolment.models import Enrolment
from courses.people.visibility import same_as
from courses.prepared import Blank, Prepared
from courses.questions.drawing import NotEnough, draw_all
from courses.questions.models import Question, QuestionEdition
from courses.quizzes import limits, refusals
from courses.quizzes.allowing import AttemptGrant
from courses.quizzes.models import Attempt, AttemptItem, QuizEdition
from courses.quizzes.pages import QuizPage
from courses.quizzes.shuffling import option_order
from courses.sectors import is_for

# Of attempts that belong to no course: no enrolment has it, so they are in nobody's standing.
NO_CYCLE = 0


@transaction.atomic
def start(quiz_key, *, person, enrolment, actor, at, rng=None, locale="en"):
    """The open attempt of this person, or a new one with its questions drawn and pinned.

    Where the test has a time limit, the deadline is fixed here, by the server's clock. An open attempt
    whose time is over is given back like any other: `attempts.time_out` ends it.

    Raises a StartRefused of `refusals`.
    """
    # Every start of this enrolment queues here: two tabs cannot open two attempts.
    enrolment = LOCKED.get(person=person.pk, pk=enrolment.pk)
    found = OPEN.first(**_cycle_of(quiz_key, enrolment))
    if found is not None:
        return found
    edition = open_edition(quiz_key, locale)
    placed = questions_for(edition, person=person, enrolment=enrolment, at=at, rng=rng, locale=locale)
    deadline = _deadline(edition.policy, enrolment, quiz_key, at)
    return begin(edition, placed, person=person, enrolment=enrolment, deadline=deadline, actor=actor, at=at)


@transaction.atomic
def start_apart(quiz_key, *, person, actor, at, rng=None, locale="en"):
    """A new attempt outside every course, with its questions drawn and pinned.

    It completes no course and uses up none of its attempts. Who may have it, and how often, its caller
    decides; it has no time limit, since somebody in the room keeps the time. Raises a StartRefused.
    """
    rng = rng or random.SystemRandom()
    edition = open_edition(quiz_key, locale)
    questions = choose(edition, person.sector_code, _seen(person, quiz_key), rng, locale)
    return begin(edition, placed_by_lot(questions, edition, rng), person=person, actor=actor, at=at)


def open_edition(quiz_key, locale="en"):
    """The newest edition of a quiz that is open to people. Raises NoSuchQuiz."""
    edition = NEWEST.first(quiz=quiz_key, locale=locale) or NEWEST.first(quiz=quiz_key, locale="en")
    if edition is None or not LIVE(quiz=quiz_key):
        raise refusals.NoSuchQuiz
    return edition


NEWEST = Prepared(
    lambda: QuizEdition.objects.filter(
        quiz_key=Blank("quiz", UUIDField()), locale=Blank("locale", CharField())
    ).order_by("-n")[:1]
)
LIVE = Prepared(
    lambda: (
        QuizPage.objects.live()
        .filter(translation_key=Blank("quiz", UUIDField()))
        .order_by()
        .values_list("pk", flat=True)[:1]
    )
)


def questions_for(edition, *, person, enrolment, at, rng=None, locale="en"):
    """What an attempt of this enrolment is to ask, as of `placed_by_lot`. Raises a StartRefused where
    none may be started at `at`."""
    rng = rng or random.SystemRandom()
    limited = limits.any_for(edition.policy)
    grants = AttemptGrant.objects.for_test(enrolment.pk, edition.quiz_key) if limited else []
    done = DONE(**_cycle_of(edition.quiz_key, enrolment))
    _check_may_start(edition.policy, person, enrolment, done, grants, at)
    questions = choose(edition, enrolment.sector, _seen(person, edition.quiz_key), rng, locale)
    return placed_by_lot(questions, edition, rng)


def _cycle_of(quiz_key, enrolment):
    # Whose record began the course, there it goes on: a cycle is counted for one record.
    return {"person": enrolment.person_id, "quiz": quiz_key, "cycle": enrolment.cycle}


def _begun(state):
    return Attempt.objects.filter(
        person=Blank("person"), quiz_key=Blank("quiz", UUIDField()), cycle=Blank("cycle"), state=state
    )


LOCKED = Prepared(
    lambda: Enrolment.objects.of(Blank("person")).select_for_update(of=("self",)).filter(pk=Blank("pk"))
)
OPEN = Prepared(lambda: _begun(AttemptState.OPEN).select_related("quiz_edition")[:1])
DONE = Prepared(lambda: _begun(AttemptState.SUBMITTED).with_latest_marking().order_by("submitted_at"))


def placed_by_lot(questions, edition, rng):
    """[(question edition, order of its options), ...]"""
    return [(question, option_order(question, edition.policy, rng)) for question in questions]


@transaction.atomic(savepoint=False)
def begin(edition, placed, *, person, actor, at, enrolment=None, deadline=None, origin=AttemptOrigin.SERVER):
    """An open attempt with these questions, in this order. `placed`: as of `placed_by_lot`."""
    attempt = lay(
        edition,
        placed,
        person=person,
        enrolment=enrolment,
        origin=origin,
        state=AttemptState.OPEN,
        started_at=at,
        deadline=deadline,
    )
    facts = {"deadline": deadline.isoformat()} if deadline else {}
    quiz = str(edition.quiz_key)
    record("attempt.started", attempt, actor=actor, at=at, quiz=quiz, edition=edition.n, **facts)
    return attempt


@transaction.atomic(savepoint=False)
def lay(edition, placed, *, person, enrolment, **facts):
    """The attempt with its questions pinned, in whatever state `facts` say."""
    attempt = Attempt.objects.create(
        # A record that was merged keeps what is its own.
        person_id=enrolment.person_id if enrolment else person.pk,
        enrolment=enrolment,
        quiz_edition=edition,
        quiz_key=edition.quiz_key,
        cycle=enrolment.cycle if enrolment else NO_CYCLE,
        **facts,
    )
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            n=n,
            question_edition=question,
            option_order=order,
            critical=question.question.critical,
            topic=question.question.topic,
            module=question.question.module,
        )
        for n, (question, order) in enumerate(placed, 1)
    )
    return attempt


def _deadline(policy, enrolment, quiz_key, at):
    extra = AttemptGrant.objects.extra_time(enrolment.pk, quiz_key) if limits.minutes(policy) else []
    return limits.deadline(policy, at, extra)


def _check_may_start(policy, person, enrolment, done, grants, at):
    if not enrolment.may_study:
        raise refusals.NotStudying
    refusals.check_dates(policy, at)
    final = policy["purpose"] == Purpose.FINAL
    if final and not person.is_approved:
        raise refusals.WaitsForApproval
    if final and any(attempt.passed for attempt in done):
        raise refusals.AlreadyPassed
    if limits.left(policy, len(done), grants) == 0:
        raise refusals.NoAttemptsLeft(limits.allowed(policy, grants))
    until = limits.next_at(policy, done[-1].submitted_at, grants) if done else at
    if until > at:
        raise refusals.MustWait(until)


def _seen(person, quiz_key):
    """Questions asked before in this quiz come last, so that a retake is another test."""
    return {str(key) for key in SEEN(person=person.pk, quiz=quiz_key)}


SEEN = Prepared(
    lambda: (
        AttemptItem.objects.filter(
            attempt__person__in=same_as(Blank("person")), attempt__quiz_key=Blank("quiz", UUIDField())
        )
        # A paper that lies on a device unbegun was not seen.
        .exclude(attempt__state=AttemptState.PREPARED)
        .order_by()
        .values_list("question_edition__question__key", flat=True)
    )
)


def choose(edition, sector, seen, rng, locale):
    """The question editions to ask, in order. Raises SectorNeeded, PoolTooSmall."""
    items = [item for item in edition.items if "draw" in item or is_for(item.get("sectors"), sector)]
    fixed = [item for item in items if "question" in item]
    draws = [item["draw"] for item in items if "draw" in item]
    drawn = _draw(draws, {item["question"] for item in fixed}, sector, seen, rng)
    pinned = {(item["question"], item["meaning"], item["slip"]) for item in fixed}
    editions = QuestionEdition.objects.select_related("question")
    asked = {}
    for found in editions.filter(locale=edition.locale, question__key__in={key for key, _m, _s in pinned}):
        asked[(str(found.question.key), found.meaning, found.slip)] = found
    for found in _latest(editions, {key for keys in drawn for key in keys}, locale):
        asked[str(found.question.key)] = found
    chosen = []
    for item in items:
        if "draw" in item:
            chosen += [asked[key] for key in drawn.pop(0)]
        else:
            chosen.append(asked[(item["question"], item["meaning"], item["slip"])])
    return chosen


def _latest(editions, keys, locale):
    return editions.filter(question__key__in=keys).newest(locale) if keys else []


def _draw(draws, taken, sector, seen, rng):
    if not draws:
        return []
    if not sector and any(draw.get("own_sector") for draw in draws):
        raise refusals.SectorNeeded
    candidates = Question.objects.candidates({draw["pool"] for draw in draws})
    try:
        return draw_all(draws, candidates, sector=sector, taken=taken, seen=seen, rng=rng)
    except NotEnough as error:
        raise refusals.PoolTooSmall from error
