"""Filling in a practice case: start it, save as one goes, hand it in once."""

from django.db import transaction

from courses.audit.log import record
from courses.choices import DrillKind
from courses.drills.cases import answering, marking, refusing
from courses.drills.cases.models import CaseAnswer, CaseEdition, CaseMarking, CaseRun
from courses.drills.cases.pages import CasePage
from courses.drills.cases.refusing import CaseRefused
from courses.drills.cases.scoring import score
from courses.drills.remarking.in_force import result_in_force
from courses.enrolment.models import Enrolment
from courses.signals import drill_ended


def open_edition(case_key, locale="en"):
    """The newest edition of a case that is open to people. Raises CaseRefused."""
    edition = CaseEdition.objects.newest(case_key, locale)
    if edition is None or not CasePage.objects.live().filter(translation_key=case_key).exists():
        raise CaseRefused(refusing.CLOSED)
    return edition


@transaction.atomic
def start(case_key, *, person, enrolment, actor, at, locale="en"):
    """The open run of this enrolment, or a new one of the newest edition. Raises CaseRefused."""
    edition = open_edition(case_key, locale)
    # Every start of this enrolment queues here: two tabs cannot open two runs.
    enrolment = Enrolment.objects.of(person).select_for_update(of=("self",)).get(pk=enrolment.pk)
    if not enrolment.may_study or enrolment.course_id != edition.course_id:
        raise CaseRefused(refusing.NOT_STUDYING)
    found = CaseRun.objects.filter(enrolment=enrolment, case_key=case_key, handed_in_at=None).first()
    if found is not None:
        return found
    run = CaseRun.objects.create(
        # A record that was merged keeps what is its own.
        person_id=enrolment.person_id,
        enrolment=enrolment,
        edition=edition,
        case_key=case_key,
        started_at=at,
    )
    record("case.started", run, actor=actor, at=at, case=str(case_key), edition=edition.n)
    return run


@transaction.atomic
def save_answers(run_uuid, answers, *, uuid, person, at, client_at=None):
    """Keep these answers, {field id: answer}; the CaseAnswer. The same uuid twice is one.

    Raises CaseRun.DoesNotExist, and CaseRefused where they come too late.
    """
    run = _locked(run_uuid, person)
    found = CaseAnswer.objects.filter(uuid=uuid).first()
    if found is not None:
        if found.run_id != run.pk:
            raise CaseRun.DoesNotExist
        return found
    if not run.is_open:
        raise CaseRefused(refusing.HANDED_IN)
    payload = answering.read(run.edition.fields, answers)
    return CaseAnswer.objects.create(uuid=uuid, run=run, payload=payload, client_at=client_at, received_at=at)


@transaction.atomic
def hand_in(run_uuid, *, person, actor, at):
    """Close the run, mark it by the key and say so. A second time, the same CaseMarking and nothing else."""
    # The enrolment first, as everywhere: the end of a drill may complete its course.
    mine = CaseRun.objects.of(person).filter(uuid=run_uuid).values("enrolment")
    list(Enrolment.objects.select_for_update(of=("self",)).filter(pk__in=mine))
    run = _locked(run_uuid, person)
    if not run.is_open:
        return run.marking()
    run.handed_in_at = at
    run.save(update_fields=["handed_in_at"])
    result = _mark(run, at=at)
    facts = {"case": str(run.case_key), "score": result.score, "passed": result.passed}
    record("case.handed in", run, actor=actor, at=at, **facts)
    drill_ended.send(CaseRun, enrolment=run.enrolment, key=run.case_key, at=at)
    return result


def scored(run):
    """The Score of what was saved, by the key by which it was marked."""
    return score(run.edition.fields, run.right_key(), run.answers())


def _mark(run, *, at):
    result = result_in_force(DrillKind.CASE, run, marking.result_of)
    return CaseMarking.objects.create(run=run, n=1, at=at, **result._asdict())


def _locked(run_uuid, person):
    mine = CaseRun.objects.of(person).select_for_update(of=("self",)).select_related("edition", "enrolment")
    return mine.get(uuid=run_uuid)
