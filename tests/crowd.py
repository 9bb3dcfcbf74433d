"""A crowd of people with everything a desk shows of them, written in bulk: no verb is called.

What the crowd did is plausible in its numbers, not in its details.
"""

import uuid
from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from certificates.models import Certificate, CertificateEvent
from courses.audit.models import AuditEntry
from courses.choices import Approval, AttemptState, CertificateKind, CertificateVerb, EnrolmentState
from courses.enrolment.models import Enrolment
from courses.people.models import Agency, ApprovalQuestion, NameCorrection, Person, PersonNote, Post, User
from courses.progress.models import Completion, LessonDone
from courses.quizzes.models import Attempt, Marking, QuizEdition
from tests.factories import make_course, make_enrolment, make_lesson_done, make_sector, make_small_course

SECTORS = ("police", "health", "civil", "diplomatic")
# Every second one took the final test.
STATES = [EnrolmentState.REQUESTED, EnrolmentState.COMPLETED, EnrolmentState.ACTIVE, EnrolmentState.ACTIVE]
AT_ONCE = 2000
# What the desk reads of a certificate's facts.
FACTS = {
    "agency": "Office 01",
    "course": "A course",
    "hours": "one hour",
    "completed_in_words": "2 March 2026",
    "issued_in_words": "2 March 2026",
    "valid_in_words": "",
    "replaces": "",
}


def fill(n, *, agencies=20):
    """`n` people and a small course that most of them study. Returns some of what was made."""
    now = timezone.now()
    page, other = make_small_course(), make_course()
    people = _people(n, agencies, now)
    edition = make_enrolment(people[1], other, at=now).edition
    first = make_enrolment(people[0], page.course, at=now)
    make_lesson_done(first, page.lesson_pages[0], at=now)
    enrolments = [first, *_enrolments(people[1:], page.course, first.edition, now)]
    _save(
        Enrolment(person=person, course=other, edition=edition, started_at=now - timedelta(days=2))
        for person in people[2 : n // 3]
    )
    _save(
        LessonDone(enrolment=one, lesson_key=page.lesson_pages[0].translation_key, title="First lesson", at=now)
        for one in enrolments[1::2]
    )
    attempts = _attempts(enrolments, page, now)
    certificates = _certificates(enrolments, now)
    corrections = _paper(people, now)
    _save(_heard_of(enrolments, now))
    return SimpleNamespace(
        page=page,
        other=other,
        people=people,
        enrolments=enrolments,
        attempts=attempts,
        certificates=certificates,
        corrections=corrections,
    )


def _save(rows):
    """The rows, with their numbers; of the model of the first."""
    rows = list(rows)
    return type(rows[0])._base_manager.bulk_create(rows, batch_size=AT_ONCE)


def _people(n, agencies, now):
    offices = _save(Agency(name=f"Office {i:02}", sector=make_sector(SECTORS[i % 4])) for i in range(agencies))
    posts = _save(Post(agency=office, name=f"Post of {office}") for office in offices)
    people = _save(
        Person(
            full_name=f"Person {i:04} of the Crowd",
            agency=offices[i % agencies],
            post=posts[i % agencies],
            rank="Officer",
            approval=Approval.PENDING if i % 20 == 9 else Approval.APPROVED,
        )
        for i in range(n)
    )
    _save(
        User(email=f"crowd{i}@example.org", username=f"crowd{i}", password="!", person=person, last_login=now)
        for i, person in enumerate(people)
    )
    return people


def _enrolments(people, course, edition, now):
    return _save(
        Enrolment(
            person=person,
            course=course,
            edition=edition,
            sector="police",
            state=STATES[i % 4],
            started_at=now - timedelta(days=30),
            ended_at=now if STATES[i % 4] == EnrolmentState.COMPLETED else None,
            due_on=timezone.localdate() + timedelta(days=i % 60 - 10),
        )
        for i, person in enumerate(people)
    )


def _attempts(enrolments, page, now):
    edition = QuizEdition.objects.get(quiz_key=page.final.translation_key)
    attempts = _save(
        Attempt(
            person=one.person,
            enrolment=one,
            quiz_edition=edition,
            quiz_key=edition.quiz_key,
            state=AttemptState.SUBMITTED,
            started_at=now - timedelta(hours=2),
            submitted_at=now - timedelta(hours=1),
        )
        for one in enrolments[::2]
    )
    _save(
        Marking(
            attempt=attempt,
            n=1,
            at=now,
            key_versions={},
            score=90,
            passed=attempt.enrolment.ended_at is not None,
            details={"items": [], "topics": {}, "critical_wrong": [], "critical_topics": []},
        )
        for attempt in attempts
    )
    return attempts


def _certificates(enrolments, now):
    completions = _save(
        Completion(enrolment=one, rule={}, evidence={}, minutes=60, at=now, agency_id=one.person.agency_id)
        for one in enrolments
        if one.state == EnrolmentState.COMPLETED
    )
    certificates = _save(
        Certificate(
            number=f"SL-2026-{i:05}-X",
            token=uuid.uuid4().hex,
            short_code=f"CROWD{i:05}",
            person=one.enrolment.person,
            kind=CertificateKind.COMPLETION,
            completion=one,
            facts={**FACTS, "name": one.enrolment.person.full_name},
            issued_at=now,
        )
        for i, one in enumerate(completions)
    )
    _save(
        CertificateEvent(certificate=one, verb=CertificateVerb.ISSUED, actor="system", at=now)
        for one in certificates
    )
    return certificates


def _paper(people, now):
    """Notes (very many of the first person), questions, and requests to correct a name, which are returned."""
    _save(
        PersonNote(person=person, text="Prefers mornings.", author="The office", at=now)
        for person in [people[0]] * 50 + people[::5]
    )
    _save(
        ApprovalQuestion(person=one, text="Which station?", author="The office", at=now)
        for one in people
        if one.is_pending
    )
    return _save(
        NameCorrection(person=person, wanted=f"{person} again", asked_at=now) for person in people[::10]
    )


def _heard_of(enrolments, now):
    yield from (
        AuditEntry(
            at=now,
            actor_name="system",
            verb="enrolled",
            object_type="courses.enrolment",
            object_id=str(one.pk),
        )
        for one in [enrolments[0]] * 120 + enrolments[::10]
    )
