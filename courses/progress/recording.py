"""Writing down what was done."""

from django.db import transaction

from courses.audit import log
from courses.catalogue import reading
from courses.choices import EnrolmentState
from courses.enrolment.models import Enrolment
from courses.people.models import Person
from courses.prepared import Blank, Prepared
from courses.progress import completion
from courses.progress.models import Completion, LessonDone, RecognisedPart
from courses.progress.reopening import done_again
from courses.progress.standing import Standing
from courses.signals import course_completed

LOCKED = Prepared(
    lambda: (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("person__agency__sector", "person__post", "person__sector", "course", "edition")
        .filter(pk=Blank("pk"))
    )
)
RECORDED = Prepared(lambda: Completion.objects.filter(enrolment=Blank("enrolment"))[:1])


@transaction.atomic
def complete_lesson(enrolment, lesson_page, *, actor, at):
    """Mark a lesson done, pinning the revision read. Doing it again settles what material edits of it asked
    for, and changes nothing else.

    Evaluates completion. Returns the LessonDone.
    """
    enrolment = LOCKED.get(pk=enrolment.pk)
    done, created = LessonDone.objects.get_or_create(
        enrolment=enrolment,
        lesson_key=lesson_page.translation_key,
        defaults={
            "page_revision": lesson_page.live_revision_id,
            "title": lesson_page.title,
            "minutes": lesson_page.minutes_for(enrolment.sector),
            "at": at,
        },
    )
    if created:
        evaluate(enrolment, actor=actor, at=at)
    else:
        done_again(enrolment, lesson_page.translation_key, at=at)
    return done


@transaction.atomic(savepoint=False)
def evaluate(enrolment, *, actor, at):
    """Record the completion if the rule is met. Safe to call at any time, any number of times.

    Returns the Completion, new or old, also one that was withdrawn: this enrolment has no second. Or None.
    """
    enrolment = LOCKED.get(pk=enrolment.pk)
    recorded = RECORDED.first(enrolment=enrolment.pk)
    if recorded or enrolment.state != EnrolmentState.ACTIVE:
        return recorded
    page = reading.page_of(enrolment.course)
    if page is None:
        return None
    standing = Standing(page, enrolment.person, enrolment=enrolment)
    if not completion.is_complete(enrolment.edition.rule, **standing.facts):
        return None
    return complete(enrolment, rule=enrolment.edition.rule, evidence=_evidence(standing), actor=actor, at=at)


def complete(enrolment, *, rule, evidence, actor, at):
    """Write the completion of an enrolment that is locked and has none, by a rule that is met."""
    person = _as_counted(enrolment.person)
    recorded = Completion.objects.create(
        enrolment=enrolment,
        rule=rule,
        evidence=evidence,
        minutes=evidence["minutes"],
        at=at,
        agency=person.agency,
        **person.as_now(),
    )
    enrolment.state = EnrolmentState.COMPLETED
    enrolment.ended_at = at
    enrolment.save(update_fields=["state", "ended_at"])
    log.record("course completed", recorded, actor=actor, at=at, enrolment=str(enrolment.uuid))
    course_completed.send(Completion, completion=recorded, at=at)
    return recorded


def _as_counted(person):
    """The record that stands for this person, with its place: one more question for a merged one alone."""
    if person.merged_into_id is None:
        return person
    return Person.objects.with_place().get(pk=person.merged_into_id)


def _evidence(standing):
    """What the completion rests on, in plain values that outlive every page."""
    lessons = list(
        LessonDone.objects.filter(enrolment=standing.enrolment).values_list("lesson_key", "title", "minutes")
    )
    on_path = [part for part in standing.outline.quizzes if standing.quizzes[part.key].passing]
    quizzes = [
        [str(part.key), passing["title"], str(passing["uuid"]), passing["score"]]
        for part, passing in ((part, standing.quizzes[part.key].passing) for part in on_path)
    ]
    drilled = [(part, standing.drills[part.key].passing) for part in standing.outline.drills]
    drilled = [
        [str(part.key), passing["title"], str(passing["uuid"]), passing["score"]]
        for part, passing in drilled
        if passing
    ]
    recognised = [
        [str(part.part_key), part.title, f"recognised: {part.recognition}"]
        for part in RecognisedPart.objects.filter(enrolment=standing.enrolment).select_related("recognition")
    ]
    return {
        **({"recognised": recognised} if recognised else {}),
        **({"drills": drilled} if drilled else {}),
        "lessons": [[str(key), title] for key, title, _minutes in lessons],
        "quizzes": quizzes,
        "minutes": sum(minutes for _key, _title, minutes in lessons)
        + sum(part.minutes for part in on_path)
        + sum(part.minutes for part in standing.outline.drills if standing.drills[part.key].passing),
    }
