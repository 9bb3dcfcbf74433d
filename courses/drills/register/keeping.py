"""Keeping the register of practice cases of a class: open, assign, move on, follow up, close."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from courses.audit.log import record
from courses.choices import CaseStage
from courses.drills.cases.models import CaseEdition
from courses.drills.cases.pages import CasePage
from courses.drills.register import refusing
from courses.drills.register.models import PracticeCase
from courses.drills.register.moving import ways
from courses.drills.register.refusing import RegisterRefused
from courses.enrolment.cohorts import Cohort, CohortMember

LONGEST_FOLLOW_UP = timedelta(days=366)


def case_files(cohort):
    """The case files of the course that are published, {case key: newest CaseEdition}, by title."""
    live = CasePage.objects.live().values("translation_key")
    editions = CaseEdition.objects.filter(course=cohort.course_id, case_key__in=live).order_by("n")
    newest = {edition.case_key: edition for edition in editions if edition.locale == "en"}
    return dict(sorted(newest.items(), key=lambda entry: entry[1].title))


def members_of(cohort):
    """The people of the class today, each once; a merged record stands for the other."""
    members = CohortMember.objects.filter(cohort=cohort).open().select_related("person__merged_into")
    people = {member.person.counts_as.pk: member.person.counts_as for member in members}
    return sorted(people.values(), key=lambda person: person.full_name)


@transaction.atomic
def open_case(cohort, case_key, *, actor, at):
    """Put one of the case files of the course into the register. Raises RegisterRefused."""
    # Two people opening cases at once: numbers are given one after the other.
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    if cohort.is_closed:
        raise RegisterRefused(refusing.COHORT_CLOSED)
    edition = {str(key): edition for key, edition in case_files(cohort).items()}.get(str(case_key))
    if edition is None:
        raise RegisterRefused(refusing.NOT_A_FILE)
    last = cohort.practice_cases.order_by("-n").first()
    case = PracticeCase.objects.create(
        cohort=cohort, n=last.n + 1 if last else 1, edition=edition, opened_at=at
    )
    record("practice case opened", case, actor=actor, at=at, title=edition.title)
    return case


@transaction.atomic
def assign(case, person_uuid, *, actor, at):
    """Give the case to somebody of the class; "": to nobody. Raises RegisterRefused."""
    case = _open(case)
    person = None
    if person_uuid:
        people = {str(person.uuid): person for person in members_of(case.cohort)}
        person = people.get(str(person_uuid))
        if person is None:
            raise RegisterRefused(refusing.NOT_A_MEMBER)
    case.assigned_to = person
    case.save(update_fields=["assigned_to"])
    record("practice case assigned", case, actor=actor, at=at, to_somebody=person is not None)
    return case


@transaction.atomic
def move(case, stage, *, actor, at):
    """One stage on or back; the last one closes it. Raises RegisterRefused."""
    case = _open(case)
    if not stage or stage not in ways(CaseStage.values, case.stage):
        raise RegisterRefused(refusing.NOT_A_WAY)
    case.stage = stage
    if case.is_closed:
        case.closed_at, case.follow_up_on = at, None
    case.save(update_fields=["stage", "closed_at", "follow_up_on"])
    record("practice case moved", case, actor=actor, at=at, stage=stage)
    return case


@transaction.atomic
def follow_up(case, day, *, actor, at):
    """Set the day on which it is looked at again; None takes it away. Raises RegisterRefused."""
    case = _open(case)
    today = timezone.localdate(at)
    if day is not None and not today <= day <= today + LONGEST_FOLLOW_UP:
        raise RegisterRefused(refusing.PAST)
    case.follow_up_on = day
    case.save(update_fields=["follow_up_on"])
    record("practice case follow-up set", case, actor=actor, at=at, day=day.isoformat() if day else "")
    return case


def _open(case):
    case = (
        PracticeCase.objects.select_for_update(of=("self",)).select_related("cohort", "edition").get(pk=case.pk)
    )
    if case.is_closed:
        raise RegisterRefused(refusing.CLOSED)
    return case
