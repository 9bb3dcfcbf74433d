"""Two years of plausible study, through the same verbs as everybody's."""

import random
import uuid
from datetime import timedelta

from django.db import transaction

from certificates.issuing import issue
from courses.catalogue.models import LessonPage
from courses.catalogue.outline import SCENARIO
from courses.drills.scenarios import runs
from courses.enrolment.enrolling import enrol
from courses.kinds import answering, kind_of
from courses.progress.models import Completion
from courses.progress.recording import complete_lesson
from courses.progress.standing import Standing
from courses.quizzes import attempts
from courses.quizzes.models import Attempt

# Of a hundred people: how many finish, stop part way, or only begin.
FINISH, PART_WAY = 50, 35
# How often somebody of the demo chooses in a case what the procedure asks for.
SURE = 0.85


def study(person, user, course_page, *, begin, rng):
    """One person's way through a course from `begin` on: finished, part of it, or hardly begun."""
    fate = rng.randrange(100)
    clock = Clock(begin, rng)
    with transaction.atomic():
        enrolment = enrol(person, course_page.course, actor=user, at=begin)
        standing = Standing(course_page, person, enrolment=enrolment)
        parts = list(standing.outline.parts)
        if fate >= FINISH:
            share = rng.uniform(0.2, 0.8) if fate < FINISH + PART_WAY else rng.uniform(0, 0.1)
            parts = parts[: int(len(parts) * share)]
        pages = {page.pk: page for page in LessonPage.objects.filter(pk__in=[part.page_id for part in parts])}
        for part in parts:
            if part.is_lesson:
                complete_lesson(enrolment, pages[part.page_id], actor=user, at=clock.after(part.minutes))
            elif part.purpose == SCENARIO:
                _play(part, user, enrolment, clock, rng)
            elif not part.is_drill:
                _take(part, person, user, enrolment, clock, rng)
    completion = Completion.objects.filter(enrolment=enrolment).first()
    if completion is not None:
        issue(completion, actor=None, at=completion.at)
    return completion


class Clock:
    """Study time that moves on, with nights and pauses between."""

    def __init__(self, begin, rng):
        self.now, self.rng = begin, rng

    def after(self, minutes):
        pause = self.rng.choice([0, 0, 0, 1, 20]) * 60
        self.now += timedelta(minutes=minutes * self.rng.uniform(0.8, 1.6) + pause)
        return self.now


def _take(part, person, user, enrolment, clock, rng):
    """Take a quiz until it is passed; most people pass the first time. Before the course they know less."""
    sure_at_first = [0.4, 0.6] if part.purpose == "pretest" else [0.75, 0.95]
    for sure in (rng.choice(sure_at_first), 1.0):
        attempt = attempts.start(
            part.key,
            person=person,
            enrolment=enrolment,
            actor=user,
            at=clock.after(1),
            rng=random.Random(rng.random()),
        )
        answer(attempt, person, sure=sure, at=clock.after(part.minutes), rng=rng)
        attempts.submit(attempt.uuid, person=person, actor=user, at=clock.after(1))
        attempt = Attempt.objects.get(pk=attempt.pk)
        if part.purpose == "pretest" or attempt.markings.order_by("-n").first().passed:
            return


def _play(part, user, enrolment, clock, rng):
    """Play a case to its end; most people choose what the procedure asks for."""
    run = runs.start(part.key, enrolment=enrolment, actor=user, at=clock.after(1))
    situations = {one["id"]: one for one in run.edition.story["situations"]}
    here, moves = next(iter(situations)), []
    # Nobody of the demo goes in circles for ever.
    while here in situations and len(moves) < len(situations) * 2:
        choices = situations[here]["choices"]
        best = max(choices, key=lambda choice: choice["points"])
        chosen = best if rng.random() < SURE else rng.choice(choices)
        moves.append(runs.Choice(uuid.UUID(int=rng.getrandbits(128)), here, chosen["id"]))
        here = chosen["to"]
    runs.choose(run, moves, actor=user, at=clock.after(part.minutes))


def answer(attempt, person, *, sure, at, rng):
    """Answer every item, rightly with the chance `sure`."""
    events = []
    for item in attempt.items.select_related("question_edition__question"):
        edition = item.question_edition
        key = edition.question.keys.filter(meaning=edition.meaning).order_by("-version").first()
        right, asks = key.key["right"], kind_of(edition.kind).ASKS
        is_wrong = rng.random() > sure
        events.append(
            {
                "uuid": str(uuid.UUID(int=rng.getrandbits(128), version=4)),
                "attempt": str(attempt.uuid),
                "n": item.n,
                "payload": wrongly(edition, right, rng) if is_wrong else answering.right_payload(asks, right),
            }
        )
    attempts.record_answers(events, person=person, at=at)


def wrongly(edition, right, rng):
    """Wrong as people are: two rows the other way round, another option, a word that it is not."""
    asks = kind_of(edition.kind).ASKS
    if asks == answering.ROWS:
        one, other = rng.sample(sorted(right), 2)
        return {"rows": {**right, one: right[other], other: right[one]}}
    if asks == answering.PARTS:
        parts = edition.body["parts"]
        return {"parts": {part["id"]: _other_option(part, right[part["id"]], rng) for part in parts}}
    if asks == answering.CHOICES:
        return {"chosen": _other_option(edition.body, right, rng)}
    return {"text": "0"}


def _other_option(asked, right, rng):
    wrong = [option["id"] for option in asked["options"] if option["id"] not in right]
    return [rng.choice(wrong)] if wrong else right[:1]
