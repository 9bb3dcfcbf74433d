"""Training that is renewed by a refresher: what changed was read and its check passed."""

from django.db import transaction

from courses.choices import EnrolmentState
from courses.enrolment import enrolling
from courses.enrolment.models import Enrolment
from courses.people.models import Person
from courses.progress.models import Completion
from courses.progress.recording import LOCKED, complete

# In place of what a course asks for: see Completion.rule.
RULE = {"refresher": True}


@transaction.atomic
def renew_by_refresher(completion, refresher, *, minutes, actor, at):
    """A new cycle of the course, completed by the refresher alone; the completion before stays as it is.

    `refresher`: what it was, in plain values, for the evidence. None where the course was begun anew meanwhile:
    it asks what it asks, and renews when it is finished.
    """
    earlier = Completion.objects.select_related("enrolment__course", "enrolment__person__merged_into")
    earlier = earlier.get(pk=completion.pk)
    course, person = earlier.enrolment.course, earlier.enrolment.person.counts_as
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if (
        Enrolment.objects.open()
        .of(person)
        .filter(course=course)
        .exclude(state=EnrolmentState.SET_ASIDE)
        .exists()
    ):
        return None
    enrolment = LOCKED.get(pk=enrolling.open_renewal(person, course, actor=actor, at=at).pk)
    evidence = {
        "lessons": [],
        "quizzes": [],
        "minutes": minutes,
        "refresher": {
            **refresher,
            "renews": str(earlier.uuid),
            # What the training itself took: a certificate says this, the figures count only the refresher.
            "course_minutes": _course_minutes(earlier),
        },
    }
    return complete(enrolment, rule=RULE, evidence=evidence, actor=actor, at=at)


def _course_minutes(completion):
    before = completion.evidence.get("refresher")
    return before["course_minutes"] if before else completion.minutes
