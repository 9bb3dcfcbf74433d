"""The site as a visitor reaches it, at SITE_URL: no other host is asked."""

import http.client
import socket
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.doctor import rules
from lms.doctor.check import Check
from lms.doctor.checks.clock import verdict_on
from lms.doctor.finding import Finding, Verdict, broken, look, ok

SECONDS = 5


def certificate_until(host, port):
    """Until when the certificate at this address holds. Raises OSError (ssl.SSLError) where it does not."""
    with (
        socket.create_connection((host, port), SECONDS) as plain,
        ssl.create_default_context().wrap_socket(plain, server_hostname=host) as safe,
    ):
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(safe.getpeercert()["notAfter"]), UTC)


def date_said(address):
    """The Date with which the site's own address answers, or None."""
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = kind(address.hostname, address.port, timeout=SECONDS)
    try:
        connection.request("GET", "/healthz")
        date = connection.getresponse().getheader("Date")
    finally:
        connection.close()
    return parsedate_to_datetime(date) if date else None


class Address(Check):
    name = "address"
    title = gettext_lazy("Address")
    slow = True
    needs_database = False

    def look(self, at):
        address = urlsplit(settings.SITE_URL)
        try:
            found = [self._certificate(address, at)] if address.scheme == "https" else []
            return found + self._clock(date_said(address))
        except ssl.SSLCertVerificationError as error:
            return [
                broken(
                    _("Browsers do not trust the certificate of %(host)s: %(reason)s.")
                    % {"host": address.hostname, "reason": error.verify_message},
                    _("Renew it (certbot renew, or restart Caddy), or ask whoever gives you certificates."),
                )
            ]
        except (OSError, http.client.HTTPException) as error:
            return [
                look(
                    _("The site does not answer at %(url)s, as seen from this machine (%(error)s).")
                    % {"url": settings.SITE_URL, "error": type(error).__name__},
                    _("Open it on a telephone. If that fails too: systemctl status learning-web."),
                )
            ]

    def _certificate(self, address, at):
        until = certificate_until(address.hostname, address.port or 443)
        words = {"host": address.hostname, "day": date_format(until, "j F Y")}
        says = _("The certificate of %(host)s holds until %(day)s.") % words
        verdict = rules.remaining(until - at, rules.TLS_LOOK, rules.TLS_BROKEN)
        if verdict is Verdict.OK:
            return ok(says)
        return Finding(
            verdict, says, _("It should have been renewed by itself. Run: certbot renew, or restart Caddy.")
        )

    def _clock(self, said):
        if said is None:
            return [ok(_("The site answers at %(url)s.") % {"url": settings.SITE_URL})]
        off = datetime.now(UTC) - said
        says = _("The site answers at %(url)s.") % {"url": settings.SITE_URL}
        if verdict_on(off) is Verdict.OK:
            return [ok(says)]
        says += " " + _("Its clock is %(seconds)s seconds away from this machine's.") % {
            "seconds": round(abs(off.total_seconds()))
        }
        return [Finding(verdict_on(off), says, _("Look at both: timedatectl."))]
