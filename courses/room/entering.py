"""Answers from a sheet of paper, by row: one attempt like any other, marked by the same rules."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from courses.audit import log
from courses.choices import AttemptOrigin, RegistrationState, WorkshopState
from courses.people.roles import is_oneself
from courses.quizzes import attempts, starting
from courses.quizzes.models import Attempt
from courses.room import taking
from courses.room.freezing import questions_of
from courses.room.models import RoomAttempt
from courses.workshops.models import Registration


class SheetRefused(Exception):
    """Nothing was kept; `str()` is a sentence for whoever enters."""

    WORDS = {
        "closed": lambda: _("The workshop is closed. Its tests stay as they are."),
        "absent": lambda: _("This person has no place at the workshop."),
        "own": lambda: _("This is your own sheet. Let somebody else enter it."),
        "phone": lambda: _("This person has handed in the test by phone. It stays."),
        "entered": lambda: _("This sheet is entered already. To correct it, say why."),
        "answers": lambda: _("The answers do not fit the form. Check the form letter and try again."),
    }

    def __init__(self, code):
        self.code = code
        super().__init__(code)

    def __str__(self):
        return self.WORDS[self.code]()


def is_entering_open(workshop):
    """Sheets are entered, and corrected, until the workshop is closed."""
    return workshop.state == WorkshopState.OPEN


@transaction.atomic
def enter(form, registration, payloads, *, actor, at, reason=""):
    """Keep a sheet: {n: payload}, as `compact.read` gives them. Returns the RoomAttempt.

    With a `reason` it takes the place of the one entered before, or of one that was begun by phone and
    not handed in; that becomes void and stays on record. Raises SheetRefused.
    """
    registration = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=registration.pk, workshop=form.workshop_id)
    )
    if not is_entering_open(registration.workshop):
        raise SheetRefused("closed")
    if registration.state != RegistrationState.REGISTERED:
        raise SheetRefused("absent")
    if is_oneself(actor, registration.person):
        raise SheetRefused("own")
    _make_room(registration, form.when, actor=actor, at=at, reason=reason)
    attempt = starting.begin(
        form.quiz_edition,
        questions_of(form),
        person=registration.person,
        origin=AttemptOrigin.PAPER,
        actor=actor,
        at=at,
    )
    events = [
        {"uuid": str(uuid.uuid4()), "attempt": str(attempt.uuid), "n": n, "payload": payload}
        for n, payload in payloads.items()
    ]
    outcomes = attempts.record_answers(events, person=registration.person, at=at)
    if any(outcome.status != attempts.ACCEPTED for outcome in outcomes):
        raise SheetRefused("answers")
    attempts.submit(attempt.uuid, person=registration.person, actor=actor, at=at)
    attempt.refresh_from_db(fields=["state", "submitted_at"])
    entered = RoomAttempt.objects.create(
        attempt=attempt,
        registration=registration,
        when=form.when,
        form=form,
        replaces=taking.last_void(registration, form.when),
        at=at,
    )
    log.record(
        "test sheet entered",
        attempt,
        actor=actor,
        at=at,
        workshop=registration.workshop_id,
        registration=str(registration.uuid),
        when=form.when,
        letter=form.letter,
        **({"reason": reason} if reason else {}),
    )
    return entered


def _make_room(registration, when, *, actor, at, reason):
    found = taking.taken(registration, when)
    if found is None:
        return
    if found.form_id is None and found.attempt.is_submitted:
        raise SheetRefused("phone")
    if not reason:
        raise SheetRefused("entered")
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=found.attempt_id)
    # It may have been handed in by phone a moment ago.
    if found.form_id is None and attempt.is_submitted:
        raise SheetRefused("phone")
    attempts.make_void(attempt, reason=reason, actor=actor, at=at)
