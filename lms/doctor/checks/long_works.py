from datetime import timedelta

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.doctor.check import Check
from lms.doctor.finding import look, ok

LONG = timedelta(hours=1)
# By label, since some of them stand above the doctor.
WHAT_TO_DO = {
    "certificates.printrun": gettext_lazy(
        "On the desk, under Print runs, open it and press “Go on with it”. If it stops again, see "
        "“What failed”."
    ),
    "courses.importjob": gettext_lazy(
        "On the desk, open “What failed” and try again. If it is not there, hand in the same list once more: "
        "nobody is imported twice."
    ),
    "courses.drillrepair": gettext_lazy(
        "On the desk, open “What failed” and try again. If it is not there, tell whoever maintains the site: "
        "no result is lost, but some drills are not yet marked by the right edition."
    ),
    "courses.keyrepair": gettext_lazy(
        "On the desk, open “What failed” and try again. If it is not there, tell whoever maintains the site: "
        "no mark is lost, but some are not yet given by the right key."
    ),
    "lms.packorder": gettext_lazy("Under Reports, Figures for the year, open it and have it made again."),
    "lms.archiveorder": gettext_lazy(
        "On the desk, open Site, Archive, and order it once more: the one that stands still is taken up again."
    ),
    "lms.handover": gettext_lazy(
        "On the desk, open the hand-over: it says why the old access could not be closed. Until then the "
        "person who went can still sign in."
    ),
}


def kept():
    """Every model of a work in many steps: each says by `standing_still` what began and did not end."""
    return [model for model in apps.get_models() if hasattr(model, "standing_still")]


class LongWorks(Check):
    """What began and did not come to its end, although its task may long be gone."""

    name = "long_works"
    title = gettext_lazy("Long work")

    def look(self, at):
        found = [self._told(model, model.standing_still(at - LONG).count()) for model in kept()]
        return [finding for finding in found if finding] or [ok(_("No long work stands still."))]

    def _told(self, model, n):
        if not n:
            return None
        says = ngettext(
            "%(n)s has stood still for more than an hour (%(what)s).",
            "%(n)s have stood still for more than an hour (%(what)s).",
            n,
        )
        words = {"n": n, "what": model._meta.verbose_name if n == 1 else model._meta.verbose_name_plural}
        return look(says % words, str(WHAT_TO_DO[model._meta.label_lower]))
