from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.doctor.check import Check
from lms.doctor.finding import broken, ok
from lms.health import database_problem


class Database(Check):
    name = "database"
    title = gettext_lazy("Database")
    needs_database = False

    def look(self, at):
        if database_problem():
            return [
                broken(
                    _("The database does not answer. Nothing else can be looked at that needs it."),
                    _("Start it: systemctl start postgresql. Then look at DATABASE_URL in .env."),
                )
            ]
        # Asks the server, and says which versions this Django can use.
        connection.check_database_version_supported()
        version = ".".join(map(str, connection.get_database_version()))
        return [
            ok(_("It answers: %(name)s %(version)s.") % {"name": connection.display_name, "version": version})
        ]
