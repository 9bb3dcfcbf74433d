"""Why an attempt cannot start. Each carries what a page needs to say so kindly."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.quizzes import limits


def moment_in_words(moment):
    """With its zone: people read this at posts abroad."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'j F Y, H:i')} {local.tzname()}"


class StartRefused(Exception):
    """`str()` is a sentence for the person."""


class NoSuchQuiz(StartRefused):
    def __str__(self):
        return _("This test is not open.")


class NotStudying(StartRefused):
    def __str__(self):
        return _("Start the course first.")


class WaitsForApproval(StartRefused):
    def __str__(self):
        return _(
            "The final test opens when the training team has approved your account. You can go on studying."
        )


class AlreadyPassed(StartRefused):
    def __str__(self):
        return _("You have passed this test. There is nothing more to do here.")


class NoAttemptsLeft(StartRefused):
    def __init__(self, allowed):
        self.allowed = allowed
        super().__init__(allowed)

    def __str__(self):
        return _("You have used every attempt. Ask your facilitator or the focal point what to do next.")


class MustWait(StartRefused):
    """`until` is when the next attempt may start."""

    def __init__(self, until):
        self.until = until
        super().__init__(until)

    def __str__(self):
        return _("You can try again from %(when)s. Use the time to study the topics again.") % {
            "when": moment_in_words(self.until)
        }


class NotYetOpen(StartRefused):
    """`at` is when it opens."""

    def __init__(self, at):
        self.at = at
        super().__init__(at)

    def __str__(self):
        return _("This test opens on %(when)s.") % {"when": moment_in_words(self.at)}


class NoLongerOpen(StartRefused):
    """`at` is when it closed."""

    def __init__(self, at):
        self.at = at
        super().__init__(at)

    def __str__(self):
        return _("This test closed on %(when)s. Ask the training team if you still need it.") % {
            "when": moment_in_words(self.at)
        }


def check_dates(policy, at):
    """Raise where a test is not yet, or no longer, to be started."""
    opens, closes = limits.opens_at(policy), limits.closes_at(policy)
    if opens and at < opens:
        raise NotYetOpen(opens)
    if closes and at >= closes:
        raise NoLongerOpen(closes)


class SectorNeeded(StartRefused):
    def __str__(self):
        return _("This test has questions for your line of work. Ask the focal point to record it first.")


class PoolTooSmall(StartRefused):
    def __str__(self):
        return _("This test cannot start today: questions are missing. The focal point can mend it.")
