"""Why something cannot be done in the register of a class, in words."""

from django.utils.translation import gettext_lazy as _

from courses.refused import Refused

NOT_A_FILE, NOT_A_MEMBER, NOT_A_WAY, CLOSED, PAST, COHORT_CLOSED = (
    "not a file", "not a member", "not a way", "closed", "past", "cohort closed",
)  # fmt: skip

REASONS = {
    NOT_A_FILE: _("Choose one of the case files of this course."),
    NOT_A_MEMBER: _("Choose somebody of this class."),
    NOT_A_WAY: _("The case is at another stage by now. Look at it again."),
    CLOSED: _("The case is closed."),
    PAST: _("Choose a day that is still to come, at most a year away."),
    COHORT_CLOSED: _("The class is closed."),
}


class RegisterRefused(Refused):
    REASONS = REASONS
