"""Wagtail's own, one page at a time: a refused page is reported and stops no other."""

import logging

from django.apps import apps
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import DraftStateMixin, Page, Revision

from courses.audit import log
from courses.catalogue.gate import REFUSED_ON_TIME, PublishRefused

logger = logging.getLogger(__name__)


class Command(publish_scheduled.Command):
    help = "Take down what has expired, and publish what is due."

    def handle(self, *args, **options):
        if options["dryrun"]:
            return super().handle(*args, **options)
        at = timezone.now()
        failed = sum(not self.take_down(page) for page in list(_expired(at)))
        failed += sum(not self.publish(revision, at) for revision in list(_due(at)))
        if failed:
            raise CommandError(f"{failed} not done; see above. The rest is.")
        return None

    def take_down(self, page):
        try:
            with transaction.atomic():
                page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        except Exception:
            logger.exception("Scheduled taking down of %s failed", page)
            return False
        return True

    def publish(self, revision, at):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except PublishRefused as refused:
            self.stderr.write(str(refused))
            # The same draft would be refused again every few minutes.
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            problems = [str(problem) for problem in refused.problems]
            log.record(REFUSED_ON_TIME, refused.page, actor=None, at=at, problems=problems)
            return False
        except Exception:
            logger.exception(
                "Scheduled publishing of revision %s (%s) failed", revision.pk, revision.object_str
            )
            return False
        return True


def _expired(at):
    drafting = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    for model in [Page, *drafting]:
        yield from model.objects.filter(live=True, expire_at__lt=at).order_by("expire_at")


def _due(at):
    return Revision.objects.filter(approved_go_live_at__lt=at).order_by("approved_go_live_at", "pk")
