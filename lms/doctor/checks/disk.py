import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.doctor import rules
from lms.doctor.check import Check
from lms.doctor.finding import Finding, Verdict, ok

POSTGRESQL = "/var/lib/postgresql"


def folders():
    """{what lies there: folder}: those that are on this machine."""
    found = {}
    if connection.vendor == "sqlite":
        found[_("the database")] = Path(connection.settings_dict["NAME"]).parent
    elif connection.settings_dict["HOST"] in ("", "localhost", "127.0.0.1", "::1"):
        found[_("the database")] = Path(POSTGRESQL)
    if not getattr(settings, "FILES_IN_BUCKETS", False):
        found[_("uploads")] = Path(settings.MEDIA_ROOT)
        found[_("private files")] = Path(settings.PRIVATE_ROOT)
    if getattr(settings, "BACKUP_ROOT", ""):
        found[_("backups")] = Path(settings.BACKUP_ROOT)
    return found


def _nearest(folder):
    """A folder that will only be made when something is put there lies where its parent does."""
    return next(path for path in (folder, *folder.resolve().parents) if path.exists())


class Disk(Check):
    """Each disk once, whatever lies on it."""

    name = "disk"
    title = gettext_lazy("Disk")
    needs_database = False

    def look(self, at):
        disks = {}
        for words, folder in folders().items():
            place = _nearest(folder)
            disks.setdefault(os.stat(place).st_dev, (place, []))[1].append(words)
        return [self._told(place, ", ".join(what)) for place, what in disks.values()]

    def _told(self, place, what):
        usage = shutil.disk_usage(place)
        free, total = filesizeformat(usage.free), filesizeformat(usage.total)
        says = _("%(free)s of %(total)s are free for: %(what)s.") % {"free": free, "total": total, "what": what}
        verdict = rules.disk(usage.free, usage.total)
        if verdict is Verdict.OK:
            return ok(says)
        return Finding(
            verdict,
            says,
            _("Make room: old backups and logs first (journalctl --vacuum-size=200M). Or a larger disk."),
        )
