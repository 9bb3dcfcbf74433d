"""Writing something new from a template: the drafts of it, made together. Nothing is published."""

import json

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.audit import log
from courses.audit.models import AuditEntry
from courses.catalogue import raw, writing
from courses.catalogue.models import Course, CoursePage, LessonPage
from courses.catalogue.writing import NotPossible
from courses.quizzes import patterns
from courses.quizzes.pages import QuizPage


class Template(models.TextChoices):
    """What can be written from a template."""

    COURSE = "course", gettext_lazy("A whole course")
    MODULE = "module", gettext_lazy("Module with check")
    SHORT = "short", gettext_lazy("Short lesson and five questions")
    LESSON = "lesson", gettext_lazy("Lesson")
    WORKSHOP = "workshop-test", gettext_lazy("Workshop test")
    QUIZ = "quiz", gettext_lazy("Quiz")
    SCENARIO = "scenario", gettext_lazy("Scenario with choices")


FROM_DOCUMENT = "lesson made from a document"
# Stand in a module of a course, one that is there or a new one.
IN_A_MODULE = {Template.SHORT, Template.LESSON, Template.QUIZ, Template.SCENARIO}
# Of areas above this one: {template: make(course page, title, actor=…), which gives the drafts}.
_makers = {}


def install(template, make):
    _makers[template] = make


@transaction.atomic
def write_course(title, *, with_final, actor, at):
    """A course record, its page, a first module with lesson and check, and perhaps a final test.

    Returns the pages that were made, in the order in which they are written.
    """
    index = writing.catalogue_page()
    if index is None:
        raise NotPossible(_("There is no page for the catalogue of courses yet. Ask an administrator."))
    course = Course.objects.create(code=writing.free_code(title), title=title, needs_final=with_final)
    page = writing.add_draft(index, CoursePage(title=title, course=course), actor=actor)
    parts = _parts(Template.MODULE, page, _("First lesson"), actor=actor)
    outline = [raw.module("M1", _("First module"), [part.pk for part in parts])]
    if with_final:
        final = _quiz(page, _("Final test"), patterns.FINAL, actor=actor)
        outline.append(raw.module("final", _("Final test"), [final.pk]))
        parts.append(final)
    writing.save_outline(page, outline, actor=actor)
    made = [*parts, page]
    _record(Template.COURSE, page, made, actor=actor, at=at)
    return made


@transaction.atomic
def write_part(template, title, course_page, *, module_id="", actor, at):
    """The drafts of a part, in a module of the course: a new one when `module_id` is empty.

    Returns the pages that were made, in the order in which they are written.
    """
    course_page = open_course_page(course_page, actor)
    made = _parts(Template(template), course_page, title, actor=actor)
    if template != Template.WORKSHOP:
        _into_module(course_page, made, module_id, title, actor=actor)
    _record(template, course_page, made, actor=actor, at=at)
    return made


@transaction.atomic
def write_lesson(title, body, course_page, *, module_id="", left_out, actor, at):
    """The draft of a lesson whose raw blocks came from a document; the lesson.

    `left_out`: {what: how many} that the lesson could not hold, kept for its author to read.
    """
    course_page = open_course_page(course_page, actor)
    lesson = _lesson(course_page, title, body, actor=actor)
    _into_module(course_page, [lesson], module_id, title, actor=actor)
    log.record(FROM_DOCUMENT, lesson, actor=actor, at=at, blocks=len(body), left_out=left_out)
    return lesson


def left_out_of(lesson):
    """What was left out when the lesson was made from a document; None if it was not."""
    entry = AuditEntry.objects.filter(
        verb=FROM_DOCUMENT, object_type=lesson._meta.label_lower, object_id=str(lesson.pk)
    ).first()
    return entry and entry.facts["left_out"]


def open_course_page(course_page, actor):
    """The course page, held until the transaction ends, for somebody who may change it now."""
    course_page = writing.held_course_page(course_page.pk)
    lock = course_page.get_lock()
    if lock is not None and lock.for_user(actor):
        raise NotPossible(_("The page of this course is locked now. Try again when it is free."))
    return course_page


def _into_module(course_page, made, module_id, title, *, actor):
    course_page = CoursePage.objects.get(pk=course_page.pk)  # its children as they are now
    page_ids = [page.pk for page in made]
    if not writing.add_to_outline(course_page, page_ids, module_id=module_id, title=title, actor=actor):
        raise NotPossible(_("That module is no longer in the course. Choose another."))


def _parts(template, course_page, title, *, actor):
    if template in _makers:
        return _makers[template](course_page, title, actor=actor)
    if template == Template.WORKSHOP:
        return [_quiz(course_page, title, patterns.WORKSHOP, actor=actor)]
    if template == Template.QUIZ:
        return [_quiz(course_page, title, patterns.CHECK, actor=actor)]
    if template == Template.LESSON:
        return [_lesson(course_page, title, patterns.lesson_body(), actor=actor)]
    return [
        _lesson(course_page, title, patterns.short_lesson_body(), actor=actor),
        _quiz(course_page, _("Check: %(title)s") % {"title": title}, patterns.CHECK, actor=actor),
    ]


def _lesson(course_page, title, body, *, actor):
    return writing.add_draft(course_page, LessonPage(title=title, body=json.dumps(body)), actor=actor)


def _quiz(course_page, title, policy, *, actor):
    questions = json.dumps(patterns.empty_questions())
    return writing.add_draft(course_page, QuizPage(title=title, questions=questions, **policy), actor=actor)


def _record(template, course_page, made, *, actor, at):
    log.record(
        "written from template",
        course_page,
        actor=actor,
        at=at,
        template=str(template),
        pages=[page.pk for page in made],
        titles=[page.title for page in made],
    )
