"""Copying a course or a part of it as drafts that share no evidence with the original.

Translation keys, codes, and the ids of questions and answers are new: what people did in the
original never counts in the copy. Questions of the bank stay where they are; both refer to them.
"""

import json

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.copy_page import CopyPageAction

from courses.audit import log
from courses.catalogue import raw, writing
from courses.catalogue.models import Course, CoursePage, LessonPage
from courses.catalogue.writing import NotPossible
from courses.fields import stream_of

COPIED_TERMS = [
    "neutral_title",
    "enrolment",
    "needs_lessons",
    "needs_checks",
    "needs_drills",
    "needs_final",
    "validity_months",
]


@transaction.atomic
def copy_course(page, title, *, actor, at):
    """Drafts of the course page and of all its parts as their authors see them now; the new course page.

    The content of the copy is not approved yet, whatever was approved of the original.
    """
    index = writing.catalogue_page()
    if index is None:
        raise NotPossible(_("There is no page for the catalogue of courses yet. Ask an administrator."))
    terms = {name: getattr(page.course, name) for name in COPIED_TERMS}
    course = Course.objects.create(code=writing.free_code(title), title=title, **terms)
    copied = _copy(page, page.get_parent(), actor=actor, title=title, course=course, outline="[]")
    new_ids, lessons = {}, []
    for part in page.get_children().specific():
        new = _copy(part, copied, actor=actor, title=part.draft_title)
        new_ids[part.pk] = new.pk
        lessons += [new] if isinstance(new, LessonPage) else []
    for lesson in lessons:
        _lead_links_to_copies(lesson, new_ids, actor=actor)
    outline = raw.with_pages(raw.fresh(writing.outline_of(page)), new_ids)
    copied = CoursePage.objects.get(pk=copied.pk)
    writing.save_outline(copied, outline, actor=actor)
    log.record(
        "course copied",
        copied,
        actor=actor,
        at=at,
        source=page.pk,
        course=course.code,
        pages={str(old): new for old, new in new_ids.items()},
    )
    return CoursePage.objects.get(pk=copied.pk)


@transaction.atomic
def copy_part(page, title, *, actor, at):
    """A draft of one lesson or quiz beside the original, not yet in the outline; the new page."""
    parent = writing.held_course_page(page.get_parent().pk)
    copied = _copy(page, parent, actor=actor, title=title)
    log.record("part copied", copied, actor=actor, at=at, source=page.pk)
    return copied


def _copy(page, parent, *, actor, title, **changes):
    """A draft of the newest draft of `page`, with new keys and ids."""
    parent = parent.specific_class.objects.get(pk=parent.pk)  # its children as they are now
    draft = page.get_latest_revision_as_object()
    stream = stream_of(type(draft))
    changes = {
        stream: json.dumps(raw.fresh(list(getattr(draft, stream).raw_data))),
        "title": title,
        "draft_title": title,
        "slug": writing.free_address(parent, title),
        "locked": False,
        "locked_at": None,
        "locked_by": None,
        "go_live_at": None,
        "expire_at": None,
        **changes,
    }
    action = CopyPageAction(
        page=draft, to=parent, update_attrs=changes, copy_revisions=False, keep_live=False, user=actor
    )
    return action.execute(skip_permission_checks=True)


def _lead_links_to_copies(lesson, new_ids, *, actor):
    before = list(lesson.body.raw_data)
    after = raw.with_links(before, new_ids)
    if after != before:
        lesson.body = json.dumps(after)
        lesson.save(clean=False)
        lesson.save_revision(user=actor, clean=False, changed=False)
