"""Why something is not done with a refresher call, in words."""

from django.utils.translation import gettext_lazy as _

from courses.refused import Refused

REASONS = {
    "nobody": _("Nobody is to be called who was not called already."),
    "no check": _("Write at least one question of the check first."),
    "same answers": _("A question of the check has two answers that read the same. Change one of them."),
    "over": _("There is nothing left to do here."),
    "unanswered": _("Answer every question."),
}


class RefresherRefused(Refused):
    REASONS = REASONS
