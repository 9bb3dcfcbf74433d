from datetime import timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.doctor import rules
from lms.doctor.check import Check
from lms.doctor.finding import Finding, Verdict, look, ok
from lms.doctor.models import TIMERS, TimerRun


class Timers(Check):
    """Whether what runs by itself did so, to its end: `manage.py timer_ran` is its last step."""

    name = "timers"
    title = gettext_lazy("Timers")

    def look(self, at):
        ran = dict(TimerRun.objects.values_list("name", "ran_at"))
        return [self._told(name, every, ran.get(name), at) for name, every in TIMERS.items()]

    def _told(self, name, every, ran_at, at):
        words = {"name": f"learning-{name}"}
        do = _("Look: systemctl list-timers, and journalctl -u %(name)s.") % words
        if ran_at is None:
            return look(_("%(name)s has not run to its end yet.") % words, do)
        words["when"] = date_format(localtime(ran_at), "j F Y, H:i")
        verdict = rules.elapsed(at - ran_at, every + timedelta(hours=2), 3 * every + timedelta(hours=2))
        if verdict is Verdict.OK:
            return ok(_("%(name)s ran to its end at %(when)s.") % words)
        return Finding(verdict, _("%(name)s ran to its end last at %(when)s.") % words, do)
