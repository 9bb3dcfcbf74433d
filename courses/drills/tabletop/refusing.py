"""Why a table-top exercise cannot be held, or its sheet not be kept, in words."""

from django.utils.translation import gettext_lazy as _

from courses.refused import Refused

FAULTY, CLOSED, ENTERED, HAS_RESULTS, NO_TABLE, INCOMPLETE = (
    "faulty", "closed", "entered", "has results", "no table", "incomplete",
)  # fmt: skip

REASONS = {
    FAULTY: _(
        "This exercise does not fit its scenario as it stands. Open it at the desk; it says what to mend."
    ),
    CLOSED: _("The workshop is closed. What was entered stays as it is."),
    ENTERED: _("This table is entered already. To correct it, say why."),
    HAS_RESULTS: _("Results of it are entered. They stay, and it stays with them."),
    NO_TABLE: _("Tables have numbers from 1 to 30."),
    INCOMPLETE: _("Say of each duty that the table came to whether it was done."),
}


class TableTopRefused(Refused):
    REASONS = REASONS
