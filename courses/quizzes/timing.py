"""The time of an attempt, as the pages say it: by the server's clock, in words that need no script."""

from django.utils import timezone
from django.utils.formats import date_format

from courses.quizzes.refusals import moment_in_words


def time_of(attempt, at):
    """What a page of this attempt says of its time; None: there is no limit, or it is handed in."""
    return time_until(attempt.deadline, at) if attempt.is_open else None


def time_until(deadline, at):
    """{"by": in words, "seconds": left, "minutes": whole minutes left}, or None."""
    if deadline is None:
        return None
    local = timezone.localtime(deadline)
    today = local.date() == timezone.localdate(at)
    seconds = max(0, int((deadline - at).total_seconds()))
    return {
        "by": f"{date_format(local, 'H:i')} {local.tzname()}" if today else moment_in_words(deadline),
        "seconds": seconds,
        "minutes": seconds // 60,
    }
