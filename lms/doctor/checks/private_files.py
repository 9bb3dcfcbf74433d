import stat
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.doctor.check import Check
from lms.doctor.finding import broken, look, ok


def open_to_others(path):
    """Whether everybody on this machine may read it. What is not there is open to nobody."""
    return path.exists() and bool(path.stat().st_mode & (stat.S_IROTH | stat.S_IXOTH))


class PrivateFiles(Check):
    name = "private"
    title = gettext_lazy("Private files")
    needs_database = False

    def look(self, at):
        found = []
        env_file = Path(settings.BASE_DIR) / ".env"
        if open_to_others(env_file):
            found.append(
                broken(
                    _("Everybody on this server can read .env, and with it the passwords."),
                    _("Run: chmod 640 %(path)s") % {"path": env_file},
                )
            )
        root = Path(settings.PRIVATE_ROOT)
        if not getattr(settings, "FILES_IN_BUCKETS", False) and open_to_others(root):
            found.append(
                look(
                    _("Everybody on this server can look into the private files."),
                    _("Run: chmod 750 %(path)s") % {"path": root},
                )
            )
        return found or [ok(_("Passwords and private files are closed to others on this server."))]
