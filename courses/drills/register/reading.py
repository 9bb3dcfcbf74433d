"""Who may look into the register of a class, and what it shows."""

import uuid

from courses.audit.models import AuditEntry
from courses.choices import CaseStage
from courses.drills.cases.judging import judgements_of, long_fields
from courses.drills.cases.models import CaseRun
from courses.drills.register.models import PracticeCase
from courses.enrolment.cohorts import Cohort, CohortMember
from courses.people.visibility import same_as

VERBS = {
    "practice case opened",
    "practice case assigned",
    "practice case moved",
    "practice case follow-up set",
}


def class_of(user, uuid):
    """(cohort, whether this log-in leads it), or None where it is not there for them: it is for those who
    lead it and for its members."""
    led = Cohort.objects.led_by(user).select_related("course").filter(uuid=uuid).first()
    if led is not None:
        return led, True
    mine = (
        classes_of(user.person).select_related("course").filter(uuid=uuid).first() if user.person_id else None
    )
    return (mine, False) if mine is not None else None


def classes_of(person):
    """The classes that this person is in today."""
    member = CohortMember.objects.open().of(person)
    return Cohort.objects.filter(pk__in=member.values("cohort"))


def classes_with_cases(person, course):
    """Those of a course that have a register."""
    return classes_of(person).filter(course=course, practice_cases__isnull=False).distinct()


def cases_of(cohort):
    return (
        PracticeCase.objects.filter(cohort=cohort)
        .select_related("edition", "assigned_to")
        .defer("edition__key")
    )


def told_to(case, person, *, leads):
    """To whom it is assigned, as one of the class may read it: names are for those who lead it."""
    if case.assigned_to_id is None:
        return ""
    if leads:
        return str(case.assigned_to)
    return "own" if is_own(case, person) else "other"


def is_own(case, person):
    return person is not None and case.assigned_to_id in {
        person.pk,
        *same_as(person).values_list("pk", flat=True),
    }


def history_of(case):
    """[(moment, verb, facts), ...] in order: what was done, not by whom."""
    entries = AuditEntry.objects.filter(
        object_type=case._meta.label_lower, object_id=str(case.pk), verb__in=VERBS
    )
    return [(entry.at, entry.verb, _facts(entry.facts)) for entry in entries.order_by("pk")]


def _facts(facts):
    return facts | ({"stage": CaseStage(facts["stage"]).label} if "stage" in facts else {})


def texts_of(cohort, people):
    """The longer texts that the members of a class have handed in, newest first, with how they were judged."""
    runs = (
        CaseRun.objects.filter(person__in=_records(people), enrolment__course=cohort.course_id)
        .exclude(handed_in_at=None)
        .select_related("edition", "person__merged_into")
        .prefetch_related("saved", "judgements")
        .order_by("-handed_in_at", "-pk")
    )
    return [text for run in runs for text in _texts(run)]


def _records(people):
    keys = [person.pk for person in people]
    return (
        [*keys, *type(people[0]).objects.filter(merged_into__in=keys).values_list("pk", flat=True)]
        if keys
        else []
    )


def _texts(run):
    answers, judged = run.answers(), judgements_of(run)
    for field in long_fields(run):
        if not answers.get(field["id"]):
            continue
        own, confirmed = judged.get((field["id"], True)), judged.get((field["id"], False))
        yield {
            "run": run,
            "field": field,
            "text": answers[field["id"]],
            "own": own,
            "confirmed": confirmed,
            "judgement_uuid": uuid.uuid4(),
            "rubric": [
                line
                | {
                    "own": own is not None and line["id"] in own.met,
                    "met": line["id"] in (confirmed or own).met if confirmed or own else False,
                }
                for line in run.edition.key[field["id"]]["rubric"]
            ],
        }
