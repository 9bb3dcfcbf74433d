"""Why a hand-over does not go on, in words."""

from django.utils.translation import gettext_lazy as _

from courses.refused import Refused

REASONS = {
    "oneself": _("Nobody hands over to themselves: another administrator does it."),
    "not_desk": _("Who goes has no role at the desk."),
    "begun": _("A hand-over of this person is open already."),
    "over": _("This hand-over is over."),
    "finished": _("This hand-over is finished: only the old access is still to be closed."),
    "no_login": _("Who comes has no log-in yet. The invitation is not accepted."),
    "cannot_sign_in": _("Who comes may not sign in: look at the approval, the day of leaving and the log-in."),
    "rights": _("The rights are not given yet."),
    "second_step": _("Who comes has no second step for signing in yet, and cannot work at the desk."),
    "open": _("Something that is open was not taken over yet."),
    "answers": _("It is not said yet who holds the key of the backups."),
    "no_administrator": _("No administrator would be left who can sign in. Give the role to somebody first."),
    "no_focal_point": _("Nobody would be left at the desk who can sign in. Give the role to somebody first."),
}  # fmt: skip


class HandoverRefused(Refused):
    REASONS = REASONS
