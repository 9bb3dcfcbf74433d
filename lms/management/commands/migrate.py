from django.core.management.commands import migrate

from lms.one_at_a_time import schema_lock


class Command(migrate.Command):
    """Django's own, one host at a time: several may start at once."""

    def handle(self, *args, **options):
        with schema_lock(options["database"]):
            return super().handle(*args, **options)
