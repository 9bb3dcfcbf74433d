"""Why something is not done with an edition of a procedure, in words."""

from django.utils.translation import gettext_lazy as _

from courses.refused import Refused

REASONS = {
    "draft": _("There is a draft already. Go on with that one, or throw it away."),
    "published": _("This edition is published. Its words are never changed: begin a new edition."),
    "empty": _("An edition needs at least one clause."),
    "no clause": _(
        "No clause was found. In Word each begins with a heading, in pasted text with a line as “4.2 Consent”."
    ),
    "twice": _("Two clauses have the same number. Give each its own."),
    "same": _("Nothing has changed since the edition in force."),
    "over": _("Somebody has decided this already."),
}


class ProcedureRefused(Refused):
    REASONS = REASONS
