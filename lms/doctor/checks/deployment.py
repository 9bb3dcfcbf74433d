from django.core import checks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.doctor.check import Check
from lms.doctor.finding import broken, look, ok

# Another check of ours says these in plainer words.
TOLD_ELSEWHERE = {"lms.W001", "security.W009"}
# What Django's own checks mean for whoever looks after the site; its words go along as the detail.
PLAINLY = {
    "security.W004": (
        gettext_lazy("Browsers are not told to come by a safe connection every time."),
        gettext_lazy("Set SECURE_HSTS_SECONDS=31536000 in the file .env, once the safe connection works."),
    ),
    "security.W008": (
        gettext_lazy("Whoever types the address without https is not led to the safe connection."),
        gettext_lazy("Take SECURE_SSL_REDIRECT=false out of the file .env, then start the site again."),
    ),
    "security.W012": (
        gettext_lazy("The sign-in could be read on its way: its cookie also goes over an open connection."),
        gettext_lazy("Start the site with lms.settings.production, as deploy/systemd does."),
    ),
    "security.W016": (
        gettext_lazy(
            "What protects forms could be read on its way: its cookie also goes over an open connection."
        ),
        gettext_lazy("Start the site with lms.settings.production, as deploy/systemd does."),
    ),
    "security.W018": (
        gettext_lazy("The site shows its inner workings to strangers when something fails."),
        gettext_lazy("Take DEBUG=true out of the file .env, then start the site again."),
    ),
    "security.W020": (
        gettext_lazy("It is not said under which address the site is reached."),
        gettext_lazy("Write the address into ALLOWED_HOSTS in the file .env, then start the site again."),
    ),
}
OTHERWISE = (
    gettext_lazy("A setting is not as it should be on a real site."),
    gettext_lazy("Show the technical words to whoever maintains the site."),
)


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
        words, do = PLAINLY.get(message.id, OTHERWISE)
        detail = " ".join(filter(None, [f"{message.msg} ({message.id})", message.hint]))
        return (broken if message.level >= checks.ERROR else look)(words, do, detail)
