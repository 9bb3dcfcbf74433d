"""Today's audit log against what the backups kept of it."""

from courses.audit import chain, digest
from courses.audit.models import AuditEntry
from lms.backups import workplace
from lms.backups.models import Backup
from lms.backups.opening import opened
from lms.backups.verifying import audit_lines


class Differs(Exception):
    """Somebody touched the log; the words say which entry."""


def with_noted():
    """Against the digest of every backup that was made here. Returns words; raises Differs."""
    kept = {
        backup.name: chain.Digest(backup.audit_entries, backup.audit_last, backup.audit_sha256)
        for backup in Backup.objects.order_by("audit_last", "made_at")
    }
    if not kept:
        return "No backup was made here yet: there is nothing to compare with."
    good = 0
    for name, noted, agrees in digest.agreeing(kept):
        if not agrees:
            raise Differs(
                f"The audit log differs from what {name} kept: an entry after {good} and not after "
                f"{noted.last} was changed, removed or put in. To have it named: "
                f"manage.py audit_verify {name} --identity KEYFILE"
            )
        good = noted.last
    return f"The audit log agrees with all {len(kept)} backups, up to entry {good}."


def with_file(path, keys):
    """Against the list in a backup itself, which nobody on this server can change. The same."""
    with workplace.only_one(), opened(path, keys) as (manifest, folder):
        kept = chain.Digest(**manifest["audit"])
        found = chain.first_difference(audit_lines(folder), digest.hashes())
    if found:
        entry = AuditEntry.objects.filter(pk=found.key).first()
        now = f" It says now: {entry}." if entry else ""
        raise Differs(f"Entry {found.key} of the audit log was {found.kind} after {path.name} was made.{now}")
    return (
        f"The audit log agrees with {path.name}: {kept.entries} entries, the last {kept.last}, {kept.sha256}."
    )
