from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.doctor import rules
from lms.doctor.check import Check
from lms.doctor.finding import broken, ok


class Secret(Check):
    name = "secret"
    title = gettext_lazy("Secret key")
    needs_database = False

    def look(self, at):
        if rules.weak_key(settings.SECRET_KEY):
            return [
                broken(
                    _("SECRET_KEY can be guessed: links and sessions could be forged."),
                    _("Make a new one as .env.example says. Everybody signs in again after that."),
                )
            ]
        return [ok(_("SECRET_KEY cannot be guessed."))]
