"""How the backups stand, on the desk's first page: the focal point sees that somebody looks after them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from lms.backups.standing import BACKUP_DAYS, REHEARSAL_DAYS, standing


@dataclass(frozen=True)
class Row:
    what: str
    at: datetime | None
    # What is wrong, in words; empty while all is well.
    late: str


class BackupPanel(Component):
    name = "backups"
    template_name = "lms/desk/backup_panel.html"
    order = 20

    def get_context_data(self, parent_context):
        return {"rows": rows(standing(timezone.now()))}


def rows(now):
    """[Row, …] of a Standing."""
    made, verified, rehearsed = now.last_good, now.last_verified, now.last_rehearsed
    none = _("None yet: ask whoever looks after the server.")
    old_backup = _("Older than %(days)s days: ask whoever looks after the server.") % {"days": BACKUP_DAYS}
    old_practice = _("More than %(days)s days ago: it is time again.") % {"days": REHEARSAL_DAYS}
    never = _("Never: a backup that was never restored may be none.")
    return [
        Row(
            _("Last good backup"), made and made.made_at, now.backup_is_late and (old_backup if made else none)
        ),
        Row(
            _("Last opened and checked"),
            verified and verified.verified_at,
            now.verification_is_late and (old_practice if verified else never),
        ),
        Row(
            _("Last restored for practice"),
            rehearsed and rehearsed.at,
            now.rehearsal_is_late and (old_practice if rehearsed else never),
        ),
    ]
