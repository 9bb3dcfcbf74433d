from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.doctor.check import Check
from lms.doctor.finding import broken, look, ok


class MailServer(Check):
    """Greets the mail server and signs in to it, and sends nothing."""

    name = "mail"
    title = gettext_lazy("Mail server")
    slow = True
    needs_database = False

    def look(self, at):
        server = get_connection()
        if not isinstance(server, EmailBackend):
            return [look(_("Mail does not leave this machine."), _("Set EMAIL_URL in .env: see .env.example."))]
        where = {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT}
        try:
            server.open()
            server.connection.ehlo_or_helo_if_needed()
        except OSError as error:  # smtplib's errors are among them
            return [
                broken(
                    _("The mail server %(host)s, port %(port)s, does not let us in (%(error)s).")
                    % {**where, "error": type(error).__name__},
                    _("Ask whoever runs it; are name and password in EMAIL_URL right? Letters wait."),
                )
            ]
        server.close()
        return [ok(_("The mail server %(host)s, port %(port)s, lets us in.") % where)]
