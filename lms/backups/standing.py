"""How the backups stand: for the desk and for whoever looks after the server."""

import datetime
from dataclasses import dataclass

from lms.backups.models import Backup, Rehearsal, Verdict

# Made every night: two days means that one failed. A copy that nobody has tried may not open.
BACKUP_DAYS = 2
REHEARSAL_DAYS = 180


@dataclass(frozen=True)
class Standing:
    """The newest of each, or None. `last_good` was written to its end and not found broken since."""

    at: datetime.datetime
    last_good: Backup | None
    last_verified: Backup | None
    last_rehearsed: Rehearsal | None

    @property
    def backup_is_late(self):
        return self._older(self.last_good and self.last_good.made_at, BACKUP_DAYS)

    @property
    def verification_is_late(self):
        return self._older(self.last_verified and self.last_verified.verified_at, REHEARSAL_DAYS)

    @property
    def rehearsal_is_late(self):
        return self._older(self.last_rehearsed and self.last_rehearsed.at, REHEARSAL_DAYS)

    def _older(self, when, days):
        return when is None or self.at - when > datetime.timedelta(days=days)


def standing(at) -> Standing:
    kept = Backup.objects.filter(removed_at=None, made_at__lte=at)
    return Standing(
        at,
        kept.exclude(verdict=Verdict.BAD).first(),
        Backup.objects.filter(verdict=Verdict.GOOD, verified_at__lte=at).order_by("-verified_at").first(),
        Rehearsal.objects.filter(verdict=Verdict.GOOD, at__lte=at).first(),
    )
