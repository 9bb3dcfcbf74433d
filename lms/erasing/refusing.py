"""Why an erasure is not begun, or not done, in words."""

from django.utils.translation import gettext_lazy as _

from courses.refused import Refused

REASONS = {
    "merged": _("This record is part of another one: erase that one."),
    "role": _("This person has a role in running the site. Take it from them first."),
    "serves": _("First write down the day on which this person left, or refuse the sign-up."),
    "coming": _("This person is registered for a workshop that is still to come. Cancel that first."),
    "asked": _("This was asked for already, and waits for a second person."),
    "oneself": _("Nobody erases their own record: somebody else of the office does it."),
    "second": _("A second person confirms it: whoever asked for it cannot."),
    "over": _("This is done, or withdrawn, already."),
}


class ErasureRefused(Refused):
    REASONS = REASONS
