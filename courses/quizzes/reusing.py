"""One module in several courses: it is written once, and corrected once for all of them.

Each lesson and quiz stands below every course that uses it, as an alias of the original
(see courses.catalogue.reused), with an address and a record of its own.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page

from courses.audit import log
from courses.catalogue import raw, writing
from courses.catalogue.models import CoursePage
from courses.catalogue.reused import ReusedPage
from courses.catalogue.writing import NotPossible
from courses.choices import Purpose
from courses.quizzes.pages import QuizPage
from courses.quizzes.writing import open_course_page
from courses.signals import part_reused

# Belong to a course as a whole, not to one of its modules.
STAY = {Purpose.FINAL, Purpose.PRETEST}


@transaction.atomic
def reuse_module(course_page, *, from_page, module_id, actor, at):
    """Put a module of another course into the draft of this one; the lessons and quizzes that came.

    They are live at once, as their originals are; trainees see them when the course page is
    published. A final test or a pre-test stays behind, and what is not published. Whoever
    reuses it again gets what was published in the module since.
    """
    course_page = open_course_page(course_page, actor)
    from_page = CoursePage.objects.select_related("latest_revision").get(pk=from_page.pk)
    if from_page.course_id == course_page.course_id:
        raise NotPossible(_("Choose a module of another course."))
    if from_page.locale_id != course_page.locale_id:
        raise NotPossible(_("That course is written in another language."))
    module = next((each for each in writing.outline_of(from_page) if each["id"] == module_id), None)
    if module is None:
        raise NotPossible(_("That module is no longer in the course. Choose another."))
    wanted = _originals(module)
    new = {part: original for part, original in wanted.items() if not _is_in(course_page, original)}
    if not wanted:
        raise NotPossible(_("No lesson or check of this module is published yet. Publish them first."))
    if not new:
        raise NotPossible(_("This course has everything that is published of this module already."))
    made = {part: _alias(original, course_page, actor=actor, at=at) for part, original in new.items()}
    _into_outline(course_page, module, {part: alias.pk for part, alias in made.items()}, actor=actor)
    log.record(
        "module reused",
        course_page,
        actor=actor,
        at=at,
        source=from_page.pk,
        module=module["value"].get("title", ""),
        pages={str(new[part].pk): alias.pk for part, alias in made.items()},
    )
    return list(made.values())


@transaction.atomic
def let_go(original, *, at):
    """Before a lesson or quiz is deleted: where other courses use it, it stays as a page of their own."""
    for alias in Page.objects.filter(alias_of=original.pk).specific():
        ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
        log.record("reused part kept", alias, actor=None, at=at, original=original.pk)


def reusable_parts():
    """The numbers of every part that may be used in another course."""
    staying = QuizPage.objects.filter(purpose__in=STAY).values("pk")
    return set(Page.objects.live().type(ReusedPage).exclude(pk__in=staying).values_list("pk", flat=True))


def _originals(module):
    """{page id in the module: the page where it is written}, in the order of the module."""
    named = [raw.bare(part) for part in module["value"].get("parts", [])]
    pages = Page.objects.live().filter(pk__in=named).select_related("alias_of").in_bulk()
    found = {pk: (pages[pk].alias_of or pages[pk]).specific for pk in named if pk in pages}
    return {pk: page for pk, page in found.items() if page.live and getattr(page, "purpose", "") not in STAY}


def _is_in(course_page, original):
    children = course_page.get_children()
    return original.is_child_of(course_page) or children.filter(alias_of=original).exists()


def _alias(original, course_page, *, actor, at):
    parent = CoursePage.objects.get(pk=course_page.pk)  # its children as they are now
    action = CreatePageAliasAction(
        original,
        parent=parent,
        update_slug=writing.free_address(parent, original.slug),
        reset_translation_key=True,
        user=actor,
    )
    alias = action.execute(skip_permission_checks=True)
    Page.objects.filter(pk=alias.pk).update(locked=False, locked_at=None, locked_by=None)
    # Wagtail announces no publishing of a new alias.
    part_reused.send(type(alias), page=alias, actor=actor, at=at)
    return alias


def _into_outline(course_page, module, new_ids, *, actor):
    course_page = CoursePage.objects.get(pk=course_page.pk)
    outline = writing.outline_of(course_page)
    (added,) = raw.with_pages(raw.fresh([module]), new_ids)
    if added["value"].get("code", "") in {each["value"].get("code", "") for each in outline}:
        added["value"]["code"] = raw.free_module_code(outline)
    writing.save_outline(course_page, [*outline, added], actor=actor)
