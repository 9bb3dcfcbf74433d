from django.utils import timezone
from wagtail.management.commands import purge_revisions as wagtails

from courses.progress.purging import purge_revisions


class Command(wagtails.Command):
    """Wagtail's command and options; ours spares what the record pins."""

    help = "Delete old revisions, except those that are live, scheduled, in moderation, or read by a trainee."

    def handle(self, *, days=None, pages=False, non_pages=False, **options):
        both = pages == non_pages
        deleted = purge_revisions(
            at=timezone.now(), days=days or 0, pages=pages or both, others=non_pages or both
        )
        self.stdout.write(f"{deleted} revisions deleted.")
