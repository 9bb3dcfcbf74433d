from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.doctor.check import Check
from lms.doctor.finding import broken, ok
from lms.health import migrations_problem


class Migrations(Check):
    name = "migrations"
    title = gettext_lazy("Tables")

    def look(self, at):
        if migrations_problem():
            return [
                broken(
                    _("The tables are those of another version of the site."),
                    _("Make a backup, then: manage.py migrate. Then start the site again."),
                )
            ]
        return [ok(_("The tables are those of this version."))]
