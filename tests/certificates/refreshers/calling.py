"""A course that goes by a procedure, people certified on it, and an edition that changes the procedure."""

from datetime import timedelta

from django.utils import timezone

from certificates.issuing import issue
from certificates.refreshers.asking import asked
from certificates.refreshers.models import RefresherCall
from courses.catalogue.raw import items
from courses.procedures.models import ProcedureEdition
from tests.courses.procedures.writing import begin, make_procedure, publish, reword
from tests.factories import (
    block,
    make_completion,
    make_course_page,
    make_enrolment,
    make_lesson,
    make_module,
    make_person,
    set_outline,
)

LONG_AGO = timedelta(days=400)


def point(*clauses, **value):
    cited = items([one.pk for one in clauses])
    return block("key_point", kind="sop", title="Rule", text="<p>Ask.</p>", clauses=cited, **value)


def old_procedure(**kwargs):
    """In force since long before everybody here was certified."""
    procedure = make_procedure(**kwargs)
    ProcedureEdition.objects.filter(procedure=procedure).update(published_at=timezone.now() - LONG_AGO)
    return procedure


def course_citing(*blocks, validity_months=24, **lesson):
    """A live course of one lesson with these blocks."""
    page = make_course_page()
    set_outline(page, [make_module(make_lesson(page, list(blocks), **lesson))])
    type(page.course).objects.filter(pk=page.course.pk).update(validity_months=validity_months)
    page.course.refresh_from_db()
    return page.course


def certified(course, person=None, *, days_ago=30):
    """Somebody's certificate for this course."""
    at = timezone.now() - timedelta(days=days_ago)
    enrolment = make_enrolment(person or make_person(), course, at=at, state="completed", ended_at=at)
    return issue(make_completion(enrolment, at=at), actor=None, at=at)


def reworded(procedure, number="4.2", text="Ask consent, agency by agency.", *, material=True):
    """The next edition, with other words for one clause."""
    draft = begin(procedure)
    clause = reword(draft, number, text)
    return publish(draft, material=[clause.pk] if material else [])


def call_about(edition):
    return RefresherCall.objects.get(edition=edition)


def right_answers(call):
    return {one.pk: asked(one)[1]["right"][0] for one in call.questions.all()}


def wrong_answers(call):
    return {
        one.pk: next(o["id"] for o in asked(one)[0]["options"] if o["id"] not in asked(one)[1]["right"])
        for one in call.questions.all()
    }
