from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.backups.standing import standing
from lms.doctor import rules
from lms.doctor.check import Check
from lms.doctor.finding import broken, look, ok


class Backups(Check):
    name = "backups"
    title = gettext_lazy("Backups")

    def look(self, at):
        stands = standing(at)
        if stands.last_good is None:
            return [broken(_("There is no backup."), _("Make one now: manage.py backup."))]
        return [
            self._made(at, stands),
            self._tried(
                stands.last_verified and stands.last_verified.verified_at,
                stands.verification_is_late,
                _("A backup was looked into last on %(day)s."),
                _("No backup was ever looked into."),
                _("Run: manage.py backup --verify."),
            ),
            self._tried(
                stands.last_rehearsed and stands.last_rehearsed.at,
                stands.rehearsal_is_late,
                _("Restoring was rehearsed last on %(day)s."),
                _("Restoring was never rehearsed."),
                _("Follow the printed page on restoring, on another machine or in an empty folder."),
            ),
        ]

    def _made(self, at, stands):
        made_at = stands.last_good.made_at
        says = _("The last good backup is of %(when)s.") % {
            "when": date_format(localtime(made_at), "j F Y, H:i")
        }
        if not stands.backup_is_late:
            return ok(says)
        verdict = broken if at - made_at > rules.BACKUP_BROKEN else look
        return verdict(says, _("Look: journalctl -u learning-backup. Then make one: manage.py backup."))

    def _tried(self, when, is_late, last, never, do):
        if when is None:
            return look(never, do)
        says = last % {"day": date_format(localtime(when), "j F Y")}
        return look(says, do) if is_late else ok(says)
