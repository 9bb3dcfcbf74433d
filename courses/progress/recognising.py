"""Earlier learning: parts of a course that somebody completed elsewhere count as done."""

from django.db import transaction

from courses.audit import log
from courses.catalogue import reading
from courses.choices import Purpose
from courses.enrolment.models import Enrolment
from courses.people.roles import is_oneself
from courses.progress.models import LessonDone, RecognisedPart, Recognition
from courses.progress.recording import evaluate
from courses.progress.standing import Standing


class RecognitionRefused(Exception):
    """A part that is done, is a test of the whole, or is not on the path; one's own; or all of the course."""


def recognisable(standing):
    """Lessons and module checks of the path that are not done: what may be recognised."""
    return [
        part
        for part in standing.outline.parts
        if (part.is_lesson or part.purpose == Purpose.CHECK) and not standing.is_done(part)
    ]


@transaction.atomic
def recognise(enrolment, keys, *, source, learnt_on, hours, reason, actor, at):
    """Count these lessons and module checks as done, because they were learnt at `source`.

    They bring no score, and no minutes of this course. Evaluates completion. Returns the
    Recognition. Raises RecognitionRefused; all of it happens or nothing.
    """
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("person__agency__sector", "person__sector", "course", "edition")
        .get(pk=enrolment.pk)
    )
    page = reading.page_of(enrolment.course)
    if page is None or not enrolment.is_active or is_oneself(actor, enrolment.person):
        raise RecognitionRefused
    parts = {part.key: part for part in recognisable(Standing(page, enrolment.person, enrolment=enrolment))}
    keys = list(dict.fromkeys(keys))
    if not keys or not parts.keys() >= set(keys):
        raise RecognitionRefused
    recognition = Recognition.objects.create(
        enrolment=enrolment,
        source=source,
        learnt_on=learnt_on,
        hours=hours,
        reason=reason,
        actor=str(actor or log.SYSTEM),
        at=at,
    )
    for key in keys:
        RecognisedPart.objects.create(
            recognition=recognition, enrolment=enrolment, part_key=key, title=parts[key].title, at=at
        )
    log.record(
        "earlier learning recognised",
        enrolment,
        actor=actor,
        at=at,
        parts=[parts[key].title for key in keys],
        source=source,
        learnt_on=str(learnt_on),
        hours=str(hours),
        reason=reason,
    )
    if evaluate(enrolment, actor=actor, at=at) and not _anything_done_here(enrolment):
        # A certificate of this course says that somebody took part in it.
        raise RecognitionRefused
    return recognition


def _anything_done_here(enrolment):
    return (
        LessonDone.objects.filter(enrolment=enrolment).exists()
        or enrolment.attempts.filter(markings__passed=True).exists()
    )
