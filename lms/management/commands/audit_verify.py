from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from lms.backups import comparing
from lms.backups.refusing import Refused
from lms.erasing.explaining import blankings
from lms.management.commands.backup import add_identity, read_identity


class Command(BaseCommand):
    help = "Compares today's audit log with what the backups kept of it; with a backup's file, names the entry."

    def add_arguments(self, parser):
        parser.add_argument(
            "backup", metavar="BACKUP", nargs="?", help="a backup's file; else all that are noted"
        )
        add_identity(parser)

    def handle(self, *, backup, identity, **options):
        try:
            words = (
                comparing.with_file(Path(backup), read_identity(identity)) if backup else comparing.with_noted()
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except comparing.Differs as differs:
            raise CommandError(str(differs)) from differs
        self.stdout.write(words)
        found = blankings()
        if found.unexplained:
            raise CommandError(
                f"Entry {found.unexplained[0]} of the audit log says that an erasure blanked other entries,"
                " and there is no such erasure."
            )
        if found.erasures:
            self.stdout.write(
                f"Blanked by erasures: {found.entries} entries, by {found.erasures} erasures. Compare that"
                " with the requests that are filed."
            )
