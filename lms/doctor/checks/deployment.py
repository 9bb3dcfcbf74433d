from django.core import checks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.doctor.check import Check
from lms.doctor.finding import broken, look, ok

# Another check of ours says these in plainer words.
TOLD_ELSEWHERE = {"lms.W001", "security.W009"}


class Deployment(Check):
    """What `check --deploy` finds."""

    name = "settings"
    title = gettext_lazy("Settings")
    needs_database = False

    def look(self, at):
        found = [
            message
            for message in checks.run_checks(include_deployment_checks=True)
            if message.level >= checks.WARNING
            and not message.is_silenced()
            and message.id not in TOLD_ELSEWHERE
        ]
        if not found:
            return [ok(_("The settings are those of a safe site."))]
        return [self._told(message) for message in found]

    def _told(self, message):
        words = f"{message.msg} ({message.id})"
        do = message.hint or _("Correct it in the file .env, then start the site again.")
        return broken(words, do) if message.level >= checks.ERROR else look(words, do)
