"""Drafts made by code: a page below another, and its place in the outline of its course.

Nothing here publishes. The verbs of courses.quizzes.writing and copying are built of it and
write the audit entry; call these within their transaction.
"""

import json

from django.utils.text import slugify
from wagtail.models import Page

from courses.catalogue import raw
from courses.catalogue.checking import RESERVED_SLUGS
from courses.catalogue.models import Course, CourseIndexPage, CoursePage


class NotPossible(Exception):
    """It cannot be made now; the text says why, for the person who asked."""


def catalogue_page():
    """The first catalogue, held until the transaction ends; None on a site without any."""
    pk = CourseIndexPage.objects.order_by("path").values_list("pk", flat=True).first()
    return pk and held_page(CourseIndexPage, pk)


def held_course_page(pk):
    """The course page, held until the transaction ends, so that two authors add one after the other."""
    return held_page(CoursePage, pk)


def held_page(model, pk):
    """A page of this model as it is once nobody else holds it, held until the transaction ends.

    Read in a second statement: the first one may have waited, and what it joined is as it was before.
    """
    Page.objects.select_for_update().get(pk=pk)
    return model.objects.get(pk=pk)


def add_draft(parent, page, *, actor):
    """A new page below `parent` that nobody but authors sees."""
    page.live, page.owner, page.locale_id = False, actor, parent.locale_id
    page.slug = free_address(parent, page.title)
    parent.add_child(instance=page)
    page.save_revision(user=actor, log_action="wagtail.create")
    return page


def free_address(parent, title):
    """An address from the title that no page below `parent` has."""
    taken = set(parent.get_children().values_list("slug", flat=True)) | RESERVED_SLUGS
    return _free(slugify(title)[:60].strip("-") or "part", taken)


def free_code(title):
    """A course code from the title that no course has."""
    base = slugify(title)[:36].strip("-") or "course"
    return _free(base, set(Course.objects.filter(code__startswith=base).values_list("code", flat=True)))


def _free(base, taken):
    name, n = base, 2
    while name in taken:
        name, n = f"{base}-{n}", n + 1
    return name


def outline_of(page):
    """The raw modules of a course page as its author sees them: of the newest draft.

    Asks nothing when the page came with its `latest_revision`.
    """
    if page.latest_revision is None:
        return list(page.outline.raw_data)
    return json.loads(page.latest_revision.content["outline"])


def save_outline(course_page, outline, *, actor):
    """A draft of the course page with this outline; what is live stays as it is."""
    draft = course_page.get_latest_revision_as_object()
    draft.outline = json.dumps(outline)
    # A draft may be unfinished: it is checked when it is published.
    draft.save_revision(user=actor, log_action=True, clean=False)


def add_to_outline(course_page, page_ids, *, module_id, title, actor):
    """Put pages at the end of a module, or into a new one of this title when `module_id` is empty.

    False if the module is no longer there.
    """
    outline = outline_of(course_page)
    if module_id:
        outline = raw.with_parts(outline, module_id, page_ids)
    else:
        outline = [*outline, raw.module(raw.free_module_code(outline), title, page_ids)]
    if outline is None:
        return False
    save_outline(course_page, outline, actor=actor)
    return True
