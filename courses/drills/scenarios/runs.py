"""Playing a scenario: begin, the one door for choices, and the end."""

from collections import namedtuple

from django.db import transaction

from courses.audit.log import record
from courses.choices import AttemptOrigin, DrillKind, RunState
from courses.drills.remarking.in_force import result_in_force
from courses.drills.scenarios import marking
from courses.drills.scenarios.models import Move, Run, RunMarking, ScenarioEdition
from courses.drills.scenarios.pages import ScenarioPage
from courses.drills.scenarios.refusing import RunRefused
from courses.enrolment.models import Enrolment
from courses.signals import drill_ended

# `uuid`: its name, by which it is kept once, however often it is sent. `choice`: "" to go back to `situation`.
# `device_seq` and `client_at`: as the device says, or None.
Choice = namedtuple("Choice", "uuid situation choice device device_seq client_at", defaults=("", None, None))

ACCEPTED, DUPLICATE, OUT_OF_STEP = "accepted", "duplicate", "out_of_step"


@transaction.atomic
def start(credit_key, *, enrolment, actor, at, play_key=None, locale="en"):
    """The open run of this enrolment, or a new one of the newest edition.

    `credit_key`: the scenario on the person's path; `play_key`: the case to use instead, with the same credit.
    A run begun of the other of the two is left: its log stays. Raises RunRefused.
    """
    # Every start of this enrolment queues here: two tabs cannot open two runs.
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if not enrolment.may_study:
        raise RunRefused("not studying")
    edition = _open_edition(credit_key, play_key or credit_key, locale)
    mine = Run.objects.open().filter(
        person=enrolment.person_id,
        credit_key=credit_key,
        cycle=enrolment.cycle,
        origin=AttemptOrigin.SERVER,
    )
    found = mine.select_related("edition").first()
    if found is not None:
        if found.edition.scenario_key == edition.scenario_key:
            return found
        leave(found, actor=actor, at=at)
    return _begin(edition, enrolment, credit_key, actor=actor, at=at)


@transaction.atomic
def begun_on_device(uuid, edition, *, enrolment, started_at, actor, at):
    """The run of this name, which was begun on a device without a network with this edition.

    It is never refused for what was begun elsewhere, or published since: it happened. Raises RunRefused where
    the person does not study the course, or the name is somebody else's.
    """
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    found = Run.objects.select_related("edition").filter(uuid=uuid).first()
    if found is not None and found.enrolment_id == enrolment.pk:
        return found
    if found is not None or not enrolment.may_study:
        raise RunRefused("not studying")
    key = edition.scenario_key
    return _begin(
        edition,
        enrolment,
        key,
        actor=actor,
        at=at,
        uuid=uuid,
        origin=AttemptOrigin.DEVICE,
        started_at=started_at,
    )


def _begin(edition, enrolment, credit_key, *, actor, at, **facts):
    run = Run.objects.create(
        # A record that was merged keeps what is its own.
        person_id=enrolment.person_id,
        enrolment=enrolment,
        edition=edition,
        credit_key=credit_key,
        cycle=enrolment.cycle,
        **{"started_at": at, **facts},
    )
    record("scenario.started", run, actor=actor, at=at, scenario=str(credit_key), edition=edition.n)
    return run


def _open_edition(credit_key, play_key, locale):
    """The newest edition of the case to play: the scenario itself, or the one its page names instead."""
    own = ScenarioEdition.objects.newest_of(credit_key, locale)
    is_own = str(play_key) == str(credit_key)
    live = ScenarioPage.objects.live().filter(translation_key=play_key).exists()
    if own is None or not live or not (is_own or own.policy["instead"] == str(play_key)):
        raise RunRefused("closed")
    return own if is_own else ScenarioEdition.objects.newest_of(play_key, locale)


@transaction.atomic(savepoint=False)
def leave(run, *, actor, at):
    """It is not gone on with, and counts for nothing; its log stays."""
    run.state, run.ended_at = RunState.LEFT, at
    run.save(update_fields=["state", "ended_at"])
    record("scenario.left", run, actor=actor, at=at, scenario=str(run.credit_key))


@transaction.atomic
def choose(run, choices, *, actor, at):
    """Keep these Choices in the log of a run, in this order; [status, ...], one for each.

    ACCEPTED: it moved the person. OUT_OF_STEP: it is kept, and moved nobody, since it does not follow from
    where they stood. DUPLICATE: it was kept before. When an ending is reached the run is marked, and is over.
    """
    run = locked(run)
    known = set(Move.objects.filter(uuid__in=[one.uuid for one in choices]).values_list("uuid", flat=True))
    new = [one for n, one in enumerate(choices) if one.uuid not in known | {each.uuid for each in choices[:n]}]
    before = run.moves.count()
    Move.objects.bulk_create(
        Move(
            uuid=one.uuid,
            run=run,
            n=n,
            situation=one.situation,
            choice=one.choice,
            device=one.device,
            device_seq=one.device_seq,
            client_at=one.client_at,
            received_at=at,
        )
        for n, one in enumerate(new, before + 1)
    )
    played = run.played()
    if played.is_over and run.is_open:
        _end(run, actor=actor, at=at)
    taken = dict(zip((one.uuid for one in new), played.taken[before:], strict=True))
    statuses = []
    for one in choices:
        moved = taken.pop(one.uuid, None)
        statuses.append(DUPLICATE if moved is None else ACCEPTED if moved else OUT_OF_STEP)
    return statuses


def locked(run):
    """The run, locked after its enrolment as everywhere: who starts another case while the last choice of this
    one arrives waits, and neither waits for the other."""
    Enrolment.objects.select_for_update(of=("self",)).get(pk=run.enrolment_id)
    runs = Run.objects.select_for_update(of=("self",)).select_related("edition", "enrolment")
    return runs.get(pk=run.pk)


def _end(run, *, actor, at):
    run.state, run.ended_at = RunState.ENDED, at
    run.save(update_fields=["state", "ended_at"])
    marked = mark(run, at=at)
    record("scenario.ended", run, actor=actor, at=at, scenario=str(run.credit_key), passed=marked.passed)
    drill_ended.send(Run, enrolment=run.enrolment, key=run.credit_key, at=at)


def mark(run, *, at):
    """One more marking of what the log comes to: the same log always comes to the same."""
    last = run.latest_marking()
    result = result_in_force(DrillKind.SCENARIO, run, marking.result_of)
    return RunMarking.objects.create(run=run, n=last.n + 1 if last else 1, at=at, **result._asdict())
