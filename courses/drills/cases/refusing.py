"""Why a practice case cannot be started or gone on with, in words."""

from django.utils.translation import gettext_lazy as _

from courses.refused import Refused

NOT_STUDYING, CLOSED, HANDED_IN, NOT_HANDED_IN = "not studying", "closed", "handed in", "not handed in"

REASONS = {
    NOT_STUDYING: _("Start the course first; then its cases open."),
    CLOSED: _("This case is not open."),
    HANDED_IN: _("This form is handed in. What was typed since is not saved."),
    NOT_HANDED_IN: _("Hand the form in first; then judge your text."),
}


class CaseRefused(Refused):
    REASONS = REASONS
