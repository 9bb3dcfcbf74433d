from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.away import maintenance
from lms.doctor.check import Check
from lms.doctor.finding import look, ok


class Maintenance(Check):
    name = "maintenance"
    title = gettext_lazy("Maintenance")
    needs_database = False

    def look(self, at):
        if maintenance.is_on():
            return [
                look(
                    _("The site is closed for maintenance."),
                    _("When the work is done: manage.py maintenance off."),
                )
            ]
        return [ok(_("The site is open."))]
