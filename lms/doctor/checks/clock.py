from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.audit.models import AuditEntry
from lms.doctor import rules
from lms.doctor.check import Check
from lms.doctor.finding import Finding, Verdict, ok


def ahead_of_the_record(at):
    """How far the newest entry of the record lies in the future; zero or less as a rule."""
    newest = AuditEntry.objects.order_by("-pk").values_list("at", flat=True).first()
    return (newest - at) if newest else at - at


def off_the_database(at):
    """How far this machine's clock goes before the database server's; None where it is the same clock."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return at - cursor.fetchone()[0]


def verdict_on(off):
    return rules.elapsed(off, rules.CLOCK_LOOK, rules.CLOCK_BROKEN)


class Clock(Check):
    """By what this site keeps by itself. No time server is asked: see `timedatectl`."""

    name = "clock"
    title = gettext_lazy("Clock")
    do = gettext_lazy("Look: timedatectl. Then: timedatectl set-ntp true.")

    def look(self, at):
        off = off_the_database(at)
        if off is not None and verdict_on(off) is not Verdict.OK:
            says = _("The clock is %(seconds)s seconds away from that of the database.")
            return [Finding(verdict_on(off), says % {"seconds": round(abs(off.total_seconds()))}, str(self.do))]
        future = ahead_of_the_record(at)
        if future.total_seconds() > 0 and verdict_on(future) is not Verdict.OK:
            says = _(
                "The clock has gone back: the last entry of the record lies %(minutes)s minutes in the future."
            )
            minutes = round(future.total_seconds() / 60)
            return [Finding(verdict_on(future), says % {"minutes": minutes}, str(self.do))]
        return [ok(_("The clock agrees with the database and the record."))]
