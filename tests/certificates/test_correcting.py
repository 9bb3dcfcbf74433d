from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from certificates.correcting import NotPossible, correct, decide_name, withdraw
from certificates.models import Certificate, CertificateFile
from certificates.records import certificates_of
from courses.audit.models import AuditEntry
from courses.choices import WithdrawalReason
from courses.people.correcting import ask_name_correction, open_correction
from courses.people.models import Person
from tests.certificates.conftest import NOW
from tests.factories import make_person

LATER = NOW + timedelta(days=30)


def states(day=date(2027, 1, 6)):
    return list(Certificate.objects.with_state(day).order_by("pk").values_list("state", flat=True))


def rename(certificate, name):
    Person.objects.filter(pk=certificate.person_id).update(full_name=name)


def test_a_correction_makes_a_new_one_that_says_what_it_replaces(certificate):
    rename(certificate, "Constance St. Joseph")
    course = certificate.completion.enrolment.course
    course.title = "Renamed since"
    course.save()
    new = correct(certificate, reason="Spelling", actor=None, at=LATER)
    old = Certificate.objects.get(pk=certificate.pk)
    assert (new.replaces, new.facts["replaces"], new.completion) == (old, old.number, old.completion)
    assert (new.facts["name"], old.facts["name"]) == ("Constance St. Joseph", "Constance Joseph")
    assert (new.facts["course"], new.facts["completed_on"]) == ("Recognising and Responding", "2026-12-07")
    assert (new.valid_until, new.facts["issued_on"]) == (date(2028, 12, 7), "2027-01-06")
    assert len({new.number, old.number}) == len({new.token, old.token}) == 2
    assert {row.certificate for row in CertificateFile.objects.all()} == {new}
    assert states() == ["replaced", "in_force"]
    assert [event.verb for event in old.events.all()] == ["issued", "corrected"]


def test_only_the_last_of_a_chain_is_in_force(certificate):
    newest = certificate
    for _turn in range(3):
        newest = correct(newest, reason="Again", actor=None, at=LATER)
    assert states() == ["replaced", "replaced", "replaced", "in_force"]
    withdraw(newest, public_reason=WithdrawalReason.ERROR, reason="Wrong person", actor=None, at=LATER)
    assert states() == ["replaced", "replaced", "replaced", "withdrawn"]


def test_what_was_replaced_is_neither_corrected_nor_withdrawn_again(certificate):
    correct(certificate, reason="Spelling", actor=None, at=LATER)
    with pytest.raises(NotPossible):
        correct(certificate, reason="Twice", actor=None, at=LATER)
    with pytest.raises(NotPossible):
        withdraw(certificate, public_reason="other", reason="", actor=None, at=LATER)
    assert Certificate.objects.count() == 2


def test_what_was_withdrawn_is_not_corrected(certificate):
    withdraw(certificate, public_reason="other", reason="Asked for", actor=None, at=LATER)
    with pytest.raises(NotPossible):
        correct(certificate, reason="Spelling", actor=None, at=LATER)


def test_withdrawing_twice_is_once(certificate, focal_point):
    for reason in ("First", "Second"):
        withdraw(certificate, public_reason="error", reason=reason, actor=focal_point, at=LATER)
    found = Certificate.objects.with_state(LATER.date()).get()
    assert (found.state, found.withdrawn_at, found.withdrawn_for) == ("withdrawn", LATER, "error")
    entry = AuditEntry.objects.get(verb="certificate withdrawn")
    assert (entry.actor_name, entry.facts["reason"]) == ("Francine Focal", "First")


def test_the_database_refuses_a_second_correction(certificate):
    new = correct(certificate, reason="Spelling", actor=None, at=LATER)
    new.pk, new.number, new.token, new.short_code = None, "X", "X", "X"
    new.uuid, new._state.adding = "0" * 32, True
    with pytest.raises(IntegrityError), transaction.atomic():
        new.save()


def test_it_is_due_for_renewal_the_day_after_its_last(certificate):
    assert states(date(2028, 12, 7)) == ["in_force"]
    assert states(date(2028, 12, 8)) == ["expired"]


def test_accepting_a_name_changes_the_person_and_replaces_the_certificate(certificate, focal_point):
    person = certificate.person
    correction = ask_name_correction(
        person, "  Constance  Joséph ", certificate_number=certificate.number, at=NOW
    )
    new = decide_name(correction, accepted=True, actor=focal_point, at=LATER)
    person.refresh_from_db()
    correction.refresh_from_db()
    assert (person.full_name, new.facts["name"], new.replaces) == ("Constance Joséph",) * 2 + (certificate,)
    assert (correction.accepted, correction.decided_by, open_correction(person)) == (
        True,
        "Francine Focal",
        None,
    )
    assert decide_name(correction, accepted=True, actor=focal_point, at=LATER) is None
    assert Certificate.objects.count() == 2


def test_refusing_a_name_changes_nothing(certificate, focal_point):
    correction = ask_name_correction(
        certificate.person, "Batman Begins", certificate_number=certificate.number, at=NOW
    )
    assert decide_name(correction, accepted=False, actor=focal_point, at=LATER) is None
    certificate.person.refresh_from_db()
    assert (certificate.person.full_name, Certificate.objects.count()) == ("Constance Joseph", 1)


def test_a_name_changes_no_certificate_of_somebody_else(certificate):
    correction = ask_name_correction(make_person(), "New Name", certificate_number=certificate.number, at=NOW)
    assert decide_name(correction, accepted=True, actor=None, at=LATER) is None
    assert Certificate.objects.count() == 1


def test_asking_again_changes_the_open_request(certificate):
    first = ask_name_correction(certificate.person, "One Name", certificate_number=certificate.number, at=NOW)
    second = ask_name_correction(certificate.person, "Other Name", at=LATER)
    assert (second.pk, second.wanted, second.certificate_number) == (first.pk, "Other Name", certificate.number)


def test_a_persons_list_takes_one_query_however_long(certificate, django_assert_num_queries):
    newest = certificate
    for turns in (1, 2, 20):
        while Certificate.objects.count() < turns:
            newest = correct(newest, reason="Again", actor=None, at=LATER)
        with django_assert_num_queries(1):
            rows = certificates_of(certificate.person)
            seen = [
                (row.state, row.facts["course"], row.completion.enrolment.course, row.replaces) for row in rows
            ]
        assert len(seen) == turns
