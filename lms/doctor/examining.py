"""Going through the checks: what each found, in their order."""

import logging
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.doctor.check import Check
from lms.doctor.finding import Finding, Verdict, broken, worst
from lms.doctor.registry import CHECKS
from lms.health import database_problem

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Examined:
    check: Check
    findings: list[Finding]

    @property
    def verdict(self):
        return worst(self.findings)


def examine(at, *, slow=True, checks=CHECKS):
    """[Examined]. Without a database only what needs none is looked at; without `slow` what answers at once."""
    has_database = database_problem() is None
    return [
        Examined(check, _findings(check, at))
        for check in checks
        if (slow or not check.slow) and (has_database or not check.needs_database)
    ]


def verdict_of(examined):
    return max((each.verdict for each in examined), default=Verdict.OK)


def _findings(check, at):
    try:
        return list(check.look(at))
    except Exception as error:
        # One that fails holds up no other; the log has the rest.
        logger.exception("The check “%s” failed", check.name)
        says = _("This could not be looked at: %(error)s.") % {"error": type(error).__name__}
        return [broken(says, _("Look at what stands above it first; then tell whoever maintains the site."))]
