"""A test in the room, by phone: when it is open to whom, and how it begins."""

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from courses.choices import RegistrationState, RoomTestWhen
from courses.quizzes import starting
from courses.room.models import RoomAttempt
from courses.workshops.models import Registration, Session


class TestRefused(Exception):
    """Nothing began; `str()` is a sentence for the person."""

    # Not a test of ours.
    __test__ = False


class NoTest(TestRefused):
    def __str__(self):
        return _("There is no such test at this workshop.")


class NotComing(TestRefused):
    def __str__(self):
        return _("You have no place at this workshop. Ask the facilitator to enter you; then the test opens.")


class TooEarly(TestRefused):
    """`at` is when it opens."""

    def __init__(self, at):
        self.at = at
        super().__init__(at)

    def __str__(self):
        when = date_format(localtime(self.at), "j F Y, H:i")
        return _("This test opens on %(when)s, when the session begins.") % {"when": when}


class Over(TestRefused):
    def __str__(self):
        return _("The workshop is closed, and so is this test.")


class AfterTheOther(TestRefused):
    def __str__(self):
        return _("You have taken the test at the end already. The one before it is no longer of use.")


def quiz_key_of(workshop, when):
    return workshop.pretest_key if when == RoomTestWhen.BEFORE else workshop.posttest_key


def opens_at(workshop, when):
    """The pre-test with the first session, the post-test with the last; None: there is no session."""
    sessions = Session.objects.filter(workshop=workshop).order_by("starts_at", "id")
    session = sessions.first() if when == RoomTestWhen.BEFORE else sessions.last()
    return session and session.starts_at


def check_open(workshop, when, at):
    """Raise a TestRefused where nobody can take this test now: from the session's start to the closing."""
    if quiz_key_of(workshop, when) is None:
        raise NoTest
    if workshop.is_closed:
        raise Over
    if not workshop.is_open:
        raise NoTest
    opens = opens_at(workshop, when)
    if opens is None:
        raise NoTest
    if at < opens:
        raise TooEarly(opens)


def taken(registration, when):
    """The RoomAttempt that counts, or None."""
    mine = RoomAttempt.objects.in_force().filter(registration=registration, when=when)
    return mine.select_related("attempt").first()


@transaction.atomic
def start(registration, when, *, person, actor, at, rng=None):
    """The attempt of this test, new or as it stands: each test is taken once.

    `person` is who is signed in: the registered one, or the record it was merged into. Raises a
    TestRefused, or a StartRefused of the quiz.
    """
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if registration.state != RegistrationState.REGISTERED:
        raise NotComing
    found = taken(registration, when)
    if found is not None:
        return found.attempt
    # Read with the row locked, not before: it may have been closed meanwhile.
    workshop = registration.workshop
    check_open(workshop, when, at)
    if when == RoomTestWhen.BEFORE and taken(registration, RoomTestWhen.AFTER):
        raise AfterTheOther
    attempt = starting.start_apart(quiz_key_of(workshop, when), person=person, actor=actor, at=at, rng=rng)
    RoomAttempt.objects.create(
        attempt=attempt, registration=registration, when=when, replaces=last_void(registration, when), at=at
    )
    return attempt


def last_void(registration, when):
    """The one that a new one replaces: the end of the row of those that were made void, or None."""
    before = RoomAttempt.objects.filter(registration=registration, when=when, replaced_by=None)
    return before.first()
