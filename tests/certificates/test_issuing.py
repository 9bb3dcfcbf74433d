import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from certificates import pdf
from certificates.filing import file_of
from certificates.issuing import issue
from certificates.models import Certificate, CertificateEvent, CertificateFile, Design, DesignSignature
from courses.append_only import AppendOnlyError
from courses.audit.models import AuditEntry
from courses.choices import Approval, CertificateVerb
from courses.people.approving import approve
from courses.progress.models import Completion
from courses.signals import course_completed
from tests.certificates.conftest import NOW
from tests.factories import make_completion, make_course, make_enrolment, make_person, make_signatory

pytestmark = pytest.mark.drawn


def test_it_freezes_everything_that_is_printed(completion):
    certificate = issue(completion, actor=None, at=NOW)
    agency = completion.enrolment.person.agency.name
    facts = {**certificate.facts}
    for printed in ("check_url", "check_site", "code", "number"):
        assert facts.pop(printed)
    assert facts == {
        "schema": 2,
        "kind": "completion",
        "language": "en",
        "specimen": False,
        "name": "Constance Joseph",
        "agency": agency,
        "agency_under_name": agency,
        "rank": "Constable",
        "course": "Recognising and Responding",
        "minutes": 200,
        "hours": "3 hours 20 minutes",
        "completed_on": "2026-12-07",
        "completed_in_words": "7 December 2026",
        "days": [],
        "place": "",
        "issued_on": "2026-12-07",
        "issued_in_words": "7 December 2026",
        "valid_until": "2028-12-07",
        "valid_in_words": "7 December 2028",
        "replaces": "",
        "issuer": "Government of Saint Lucia",
        "programme": "",
        "title": "Certificate of Completion",
        "before_name": "This is to certify that",
        "lines": [
            {"text": "has completed the course and passed the final test in", "course": False},
            {"text": "Recognising and Responding", "course": True},
            {"text": "3 hours 20 minutes, completed on 7 December 2026", "course": False},
        ],
        "ink": "#0d3346",
        "accent": "#b98a1d",
        "crest_sha256": "",
        "signatures": [{"name": "", "title": "", "image_sha256": ""}] * 2,
    }
    assert not CertificateFile.objects.exists()
    assert [event.verb for event in certificate.events.all()] == [CertificateVerb.ISSUED]
    assert AuditEntry.objects.filter(verb="certificate issued", object_id=str(certificate.pk)).count() == 1


def test_issuing_again_gives_the_same_certificate(completion):
    first = issue(completion, actor=None, at=NOW)
    again = issue(completion, actor=None, at=NOW + timedelta(days=1))
    assert (again.pk, Certificate.objects.count(), CertificateEvent.objects.count()) == (first.pk, 1, 1)


def test_the_database_refuses_a_second_original(certificate):
    twin = Certificate(
        number="SL-2026-99999-X",
        token="t",
        short_code="s",
        person=certificate.person,
        kind=certificate.kind,
        completion=certificate.completion,
        facts={},
        issued_at=NOW,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_certificate_is_never_edited_or_deleted(certificate):
    certificate.facts = {}
    for deed in (certificate.save, certificate.delete, Certificate.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            deed()
    with pytest.raises(AppendOnlyError):
        Certificate.objects.update(number="")


@pytest.mark.django_db(transaction=True)
def test_32_at_once_issue_one_certificate():
    completion = make_completion(at=NOW)
    start, got = threading.Barrier(32), []

    def ask():
        start.wait()
        try:
            got.append(issue(completion, actor=None, at=NOW).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Certificate.objects.count() == 1
    assert got == [Certificate.objects.get().pk] * 32


def test_renaming_everything_changes_nothing_that_was_issued(completion):
    signatory = make_signatory(name="Dr. Ann Édouard", title="Permanent Secretary")
    design = Design.objects.create(name="Plain")
    DesignSignature.objects.create(design=design, signatory=signatory)
    certificate = issue(completion, actor=None, at=NOW)
    facts = certificate.facts
    person, course = completion.enrolment.person, completion.enrolment.course
    person.full_name = "Somebody Else"
    person.agency.name = "Another Agency"
    course.title = "Another Course"
    signatory.name = "Another Signatory"
    design.title = "Another Title"
    for changed in (person, person.agency, course, signatory, design):
        changed.save()
    after = Certificate.objects.get(pk=certificate.pk)
    assert after.facts == facts
    # Not drawn before everything changed, and yet as it was.
    file = file_of(after, at=NOW)
    assert bytes(file.pdf) == pdf.render(facts, {"crest": b"", "signatures": [b""]})
    assert "Dr. Ann Édouard" in str(after.facts["signatures"])


def test_only_who_is_in_office_signs(completion):
    day = NOW.date()
    gone = make_signatory(name="Gone", mandate_from=day - timedelta(days=9), mandate_to=day - timedelta(days=1))
    here = make_signatory(name="Here", mandate_from=day)
    design = Design.objects.create(name="Plain")
    DesignSignature.objects.create(design=design, signatory=gone, blank_title="Director", sort_order=0)
    DesignSignature.objects.create(design=design, signatory=here, sort_order=1)
    assert issue(completion, actor=None, at=NOW).facts["signatures"] == [
        {"name": "", "title": "Director", "image_sha256": ""},
        {"name": "Here", "title": "Director", "image_sha256": ""},
    ]


def test_the_agency_is_left_out_on_request(db):
    person = make_person(agency_on_certificate=False)
    certificate = issue(make_completion(make_enrolment(person)), actor=None, at=NOW)
    assert person.agency.name not in str(certificate.facts)


def test_until_the_content_is_approved_it_is_a_specimen(db):
    course = make_course(approved_by="")
    certificate = issue(make_completion(make_enrolment(course=course)), actor=None, at=NOW)
    assert (certificate.specimen, certificate.facts["specimen"]) == (True, True)


def test_who_waits_for_approval_gets_it_when_approved(db):
    person = make_person(approval=Approval.PENDING)
    completion = make_completion(make_enrolment(person))
    assert issue(completion, actor=None, at=NOW) is None
    approve(person, actor=None, at=NOW)
    assert Certificate.objects.get(completion=completion).issued_at == NOW


def test_a_completion_brings_its_certificate(completion):
    with transaction.atomic():
        course_completed.send(Completion, completion=completion, at=NOW)
    assert Certificate.objects.get().completion == completion


def test_a_certificate_that_cannot_be_drawn_does_not_lose_the_completion(completion, monkeypatch):
    Design.objects.create(name="Broken", ink="red;}")
    with transaction.atomic():
        course_completed.send(Completion, completion=completion, at=NOW)
    assert (Completion.objects.count(), Certificate.objects.count()) == (1, 0)
    Design.objects.update(ink="#000000")
    assert issue(completion, actor=None, at=NOW).facts["ink"] == "#000000"


def test_a_renewal_has_a_certificate_of_its_own(completion):
    first = issue(completion, actor=None, at=NOW)
    old = completion.enrolment
    old.ended_at = NOW
    old.save()
    second = issue(make_completion(make_enrolment(old.person, old.course)), actor=None, at=NOW)
    assert first.number != second.number
    assert Certificate.objects.count() == 2
