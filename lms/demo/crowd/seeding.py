"""A large invented population, made quickly, to see how the site bears it."""

import random

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from courses.catalogue.models import CoursePage
from courses.people.models import Person, Sector
from courses.transcript.models import EarlierTraining, EarlierTrainingStruck
from lms.demo.crowd.certifying import Certifying, Due
from lms.demo.crowd.papers import Papers
from lms.demo.crowd.people import NUMBER, add_people
from lms.demo.crowd.studying import YEARS, Studies, Taking
from lms.demo.crowd.workshops import Holding
from lms.demo.crowd.writing import Rows
from lms.demo.loading import DemoRefused

COURSE = "slu-ctip"
# One person in so many has an earlier certificate; one of so many of these was struck out.
EARLIER, STRUCK = 30, 20
PEOPLE_PER_WORKSHOP = 100


def check(*, force=False):
    """Raises DemoRefused on a production site, and where people are that it did not make, unless `force`."""
    if not getattr(settings, "DEMO_ALLOWED", False):
        raise DemoRefused("The load test is refused on a production site.")
    if not force and Person.objects.exclude(service_number__startswith=NUMBER).exists():
        raise DemoRefused("There are people who do not belong to the load test. Use --force to add it anyway.")


@transaction.atomic
def seed(*, people, attempts, workshops=None, answered=10, seed=1, at=None, force=False):
    """Add so many people with so many attempts in all, and workshops: one to a hundred people, if not given.

    `answered`: of how many people in a hundred questions and answers are kept. All or nothing; nobody else
    may write meanwhile. Raises DemoRefused, see `check`, and where there is no course to study.
    """
    check(force=force)
    page = _course_page()
    at, before = at or timezone.now(), Person.objects.count()
    # Whoever is added to an earlier load is somebody else.
    rng = random.Random(f"{seed} after {before}")
    rows = Rows(rng)
    taking = Taking(rows, Papers(rng), answered)
    studies = Studies(rows, taking, page, rng=rng, at=at)
    holding = Holding(rows, taking, page.course, rng=rng, at=at)
    everybody = list(add_people(rows, people, rng=rng, at=at))
    count = max(1, people // PEOPLE_PER_WORKSHOP) if workshops is None else workshops
    planned = _within(holding, holding.plan(everybody, count), attempts)
    due, left = list(holding.hold(planned)), attempts - holding.attempts_in(planned)
    for n, somebody in enumerate(everybody):
        tries = _tries(left, len(everybody) - n, rng)
        left -= tries
        done = studies.study(somebody, tries)
        if done is not None:
            due.append(Due(somebody, done.at, page.course.title, done.minutes, completion_id=done.pk))
        if somebody.n % EARLIER == 0:
            _add_earlier(rows, somebody, rng, at)
    Certifying(rows, page.course, studies.edition, at=at).give(due)
    rows.finish()


def _course_page():
    pages = CoursePage.objects.live().select_related("course").order_by("pk")
    found = pages.filter(course__code=COURSE).first() or pages.first()
    if found is None or not Sector.objects.filter(retired=False).exists():
        raise DemoRefused("There is no course to study, or no sector. Run load_course first.")
    return found


def _within(holding, planned, attempts):
    """The same plan with no more tests in rooms than there are to be attempts."""
    found = []
    for people, tested in planned:
        fits = holding.attempts_in([*found, (people, tested)]) <= attempts
        found.append((people, tested and fits))
    return found


def _tries(left, people, rng):
    """How many of the attempts that are left the next of these people makes; the last one makes the rest."""
    if people == 1:
        return left
    return min(left, round(left / people * rng.uniform(0.2, 1.8)))


def _add_earlier(rows, somebody, rng, at):
    training_id = rows.add(
        EarlierTraining,
        person_id=somebody.pk,
        title="Human trafficking awareness",
        provider="A regional body",
        held_on=timezone.localdate(at - rng.random() * YEARS),
        minutes=rng.choice((60, 120, 360, 720)),
        recorded_by="The office",
        at=at,
    )
    if somebody.n // EARLIER % STRUCK == 0:
        rows.add(
            EarlierTrainingStruck, training_id=training_id, reason="Recorded twice.", actor="The office", at=at
        )
