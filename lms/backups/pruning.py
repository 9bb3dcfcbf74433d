"""Throwing away the backups that are kept no longer."""

from pathlib import Path

from django.db import transaction

from courses.audit import log
from lms.backups import names, retention, sealing
from lms.backups.models import Backup, Verdict


def prune(folder, *, at):
    """Remove from the folder what the rule of `retention` keeps no longer. Returns the names.

    Only what bears a name of ours and begins as an encrypted file does is looked at.
    """
    folder = Path(folder)
    bad = set(Backup.objects.filter(verdict=Verdict.BAD).values_list("name", flat=True))
    ours = [
        retention.Kept(path.name, made, path.name not in bad)
        for path in folder.iterdir()
        if (made := names.made_at(path.name))
        and path.is_file()
        and not path.is_symlink()
        and sealing.is_sealed(path)
    ]
    removed = sorted(retention.to_throw_away(ours, at))
    for name in removed:
        (folder / name).unlink()
        _record(name, at)
    return removed


@transaction.atomic
def _record(name, at):
    backup = Backup.objects.select_for_update().filter(name=name).first()
    if backup:
        backup.removed_at = at
        backup.save(update_fields=["removed_at"])
        log.record("backup thrown away", backup, actor=None, at=at, name=name)
