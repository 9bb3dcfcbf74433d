"""Removing old drafts without losing the text that somebody read or that the site shows."""

import datetime

from django.db.models import ProtectedError, Q
from wagtail.models import Page, Revision, WorkflowState

from courses.progress.models import LessonDone

IN_WORKFLOW = [WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES]


def purgeable(*, at, days=0, pages=True, others=True):
    """Revisions that nothing needs: not pinned by a lesson done, not live, scheduled or in a workflow."""
    revisions = Revision.objects.filter(approved_go_live_at=None)
    if not others:
        revisions = revisions.page_revisions()
    elif not pages:
        revisions = revisions.not_page_revisions()
    if days:
        revisions = revisions.filter(created_at__lt=at - datetime.timedelta(days=days))
    live = Page.objects.exclude(live_revision=None).values("live_revision_id")
    pinned = LessonDone.objects.exclude(page_revision=None).values("page_revision")
    in_workflow = Q(task_states__workflow_state__status__in=IN_WORKFLOW)
    return revisions.exclude(in_workflow).exclude(pk__in=live).exclude(pk__in=pinned)


def purge_revisions(*, at, days=0, pages=True, others=True):
    """Delete what is purgeable, except the newest revision of each object. Returns how many."""
    deleted = 0
    for revision in purgeable(at=at, days=days, pages=pages, others=others).iterator():
        if revision.is_latest_revision():
            continue
        try:
            revision.delete()
        except ProtectedError:
            continue
        deleted += 1
    return deleted
