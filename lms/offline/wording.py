"""Why something that waited on a device was not taken, for the person."""

from django.utils.translation import gettext_lazy as _

from courses.quizzes import attempts
from courses.quizzes.wording import LATE_IN_WORDS, SUPERSEDED_IN_WORDS
from lms.offline.items import ABSENT, MALFORMED, UNKNOWN_KIND

SECOND_STEP = "second_step"
REFUSED = {
    ABSENT: _("This is not open to you any more. Ask the training team, and tell them what you had done."),
    MALFORMED: _("This could not be read. Please do it again on line."),
    SECOND_STEP: _("Your log-in needs a second step first. Set it up, then do this once more on line."),
    UNKNOWN_KIND: _("This page is older than the site. Load it again, then do this once more."),
}
# What `wording.problem_in_words` does not say: it speaks of answers that can be given again.
ANSWER_REFUSED = {
    attempts.ABSENT: REFUSED[ABSENT],
    attempts.CLOSED: _("This attempt was cancelled by the training team, so the answer was not taken."),
    attempts.MALFORMED: REFUSED[MALFORMED],
}


# By the reason or else the status of an answer that was kept and does not count.
ANSWER_KEPT = {
    **LATE_IN_WORDS,
    attempts.SUPERSEDED: SUPERSEDED_IN_WORDS,
    attempts.LOCKED: _(
        "You had answered this question before. In practice the first answer stays; this one is kept too."
    ),
}


def refused_in_words(reason):
    return str(REFUSED[reason])
