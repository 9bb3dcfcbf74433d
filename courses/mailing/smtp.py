"""Django's way to a mail server, which also knows whether a letter was on its way when it broke off.

Without that nobody could tell a letter that surely was not sent from one that may have been.
"""

import smtplib

from django.core.mail.backends import smtp

GO_AHEAD = 354


class _Telling:
    """`handing_over` from the server's "go ahead" until its answer to the whole letter."""

    handing_over = False

    def getreply(self):
        code, words = super().getreply()
        self.handing_over = code == GO_AHEAD
        return code, words


class _Smtp(_Telling, smtplib.SMTP):
    pass


class _SmtpOverTls(_Telling, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self):
        return _SmtpOverTls if self.use_ssl else _Smtp

    @property
    def handing_over(self):
        return self.connection is not None and self.connection.handing_over
