import getpass
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.backups import key_page, making, pruning, sealing, verifying
from lms.backups.refusing import Refused
from lms.erasing import listing
from lms.reports.figures import everything


def add_identity(parser):
    parser.add_argument(
        "--identity", metavar="KEYFILE", help="the file with the private key; - reads it from the keyboard"
    )


def read_identity(source):
    """The private keys in a file, or typed: then they are on no disk."""
    if not source:
        raise Refused("The private key is needed: --identity KEYFILE (or --identity - to type it).")
    try:
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise Refused(f"The key file cannot be read: {error.strerror}.") from error
    return sealing.identities(content, lambda: getpass.getpass("Passphrase of the key file: "))


class Command(BaseCommand):
    help = "Writes the whole site into one encrypted file; --verify looks into one, --prune removes old ones."

    def add_arguments(self, parser):
        parser.add_argument("--to", metavar="FOLDER", help="where the file goes; BACKUP_ROOT if not given")
        parser.add_argument("--prune", action="store_true", help="then remove those that are kept no longer")
        parser.add_argument("--verify", metavar="FILE", help="open a backup, restore it for a look, compare")
        add_identity(parser)
        parser.add_argument("--new-key", action="store_true", help="make a pair of keys, as a page to print")

    def handle(self, *, to, prune, verify, identity, new_key, **options):
        try:
            if new_key:
                self.stdout.write(key_page.text(*sealing.new_key(), at=timezone.now(), site=settings.SITE_URL))
            elif verify:
                self.verify(Path(verify), read_identity(identity))
            else:
                self.make(Path(to or settings.BACKUP_ROOT), prune)
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def make(self, folder, prune):
        at = timezone.now()
        if folder == Path(settings.BACKUP_ROOT):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        elif not folder.is_dir():
            raise Refused(f"There is no folder {folder}. Is the disk there?")
        backup = making.make(folder, at=at, figures=lambda: everything.values(timezone.localdate(at)))
        self.stdout.write(f"{folder / backup.name}: {backup.size} bytes, SHA-256 {backup.sha256}")
        # Wherever backups are carried, the list of those erased since goes along.
        listing.write(folder)
        self.stdout.write(f"Audit log: {backup.audit_entries} entries, {backup.audit_sha256}")
        if prune:
            for name in pruning.prune(folder, at=at):
                self.stdout.write(f"Removed: {name}")

    def verify(self, path, keys):
        manifest, recorded = verifying.verify(path, keys, at=timezone.now())
        rows, files = sum(manifest["rows"].values()), len(manifest["members"])
        self.stdout.write(f"Good: {path.name}, made {manifest['made_at']}: {files} files, {rows} rows.")
        if not recorded:
            self.stdout.write("It is not among the backups of the site that runs here: nothing was noted.")
