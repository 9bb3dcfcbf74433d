"""Why a scenario cannot be played now, in words."""

from django.utils.translation import gettext_lazy as _

from courses.refused import Refused

REASONS = {
    "not studying": _("Start the course first; then its cases open."),
    "closed": _("This case is not open."),
}


class RunRefused(Refused):
    REASONS = REASONS
