from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.mailing.models import Letter
from lms.doctor.check import Check
from lms.doctor.finding import look, ok

WAITED = timedelta(hours=1)


class Letters(Check):
    name = "letters"
    title = gettext_lazy("Letters")

    def look(self, at):
        waiting = Letter.objects.due(at - WAITED).count()
        troubled = Letter.objects.troubled().count()
        found = []
        if waiting:
            says = ngettext(
                "%(n)s letter has waited to be sent for more than an hour.",
                "%(n)s letters have waited to be sent for more than an hour.",
                waiting,
            )
            found.append(
                look(says % {"n": waiting}, _("See what is said here of the worker and the mail server."))
            )
        if troubled:
            says = ngettext(
                "%(n)s letter may not have arrived.", "%(n)s letters may not have arrived.", troubled
            )
            found.append(look(says % {"n": troubled}, _("On the desk, under People, open Letters.")))
        return found or [ok(_("No letter waits, none came back."))]
