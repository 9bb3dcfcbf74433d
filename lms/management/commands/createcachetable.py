from django.core.management.commands import createcachetable

from lms.one_at_a_time import schema_lock


class Command(createcachetable.Command):
    """Django's own, one host at a time: several may start at once."""

    def handle(self, *tablenames, **options):
        with schema_lock(options["database"]):
            return super().handle(*tablenames, **options)
