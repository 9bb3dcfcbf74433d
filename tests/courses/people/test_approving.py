import pytest
from django.core import mail
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import Approval
from courses.people.approving import approve, refuse
from courses.people.roles import may_take_final
from courses.signals import person_approved

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    said = []

    def listen(sender, **kwargs):
        said.append((kwargs["person"], kwargs["actor"], kwargs["at"]))

    person_approved.connect(listen)
    yield said
    person_approved.disconnect(listen)


def entries(person):
    told = AuditEntry.objects.filter(object_type="people.person", object_id=str(person.pk))
    return list(told.values_list("verb", "actor_name", "facts"))


def test_a_waiting_person_studies_but_takes_no_final_test(pending):
    assert may_take_final(pending.person) is False


def test_approving_opens_the_final_test_once(pending, focal_point, heard):
    at = timezone.now()

    first = approve(pending.person, actor=focal_point, at=at)
    second = approve(pending.person, actor=focal_point, at=at)

    pending.person.refresh_from_db()
    assert (first, second) == (True, False)
    assert may_take_final(pending.person) is True
    assert heard == [(pending.person, focal_point, at)]
    assert entries(pending.person) == [("approved", "Francine Focal", {"was": "pending"})]
    assert [message.to for message in mail.outbox] == [[pending.email]]


def test_refusing_keeps_the_reason_in_the_office(pending, focal_point, heard):
    refuse(pending.person, "Not of this agency", actor=focal_point, at=timezone.now())

    pending.person.refresh_from_db()
    assert pending.person.approval == Approval.REFUSED
    assert heard == []
    assert entries(pending.person) == [
        ("refused", "Francine Focal", {"was": "pending", "reason": "Not of this agency"})
    ]
    assert "Not of this agency" not in mail.outbox[0].body


@pytest.mark.parametrize("decide", [approve, lambda person, **kwargs: refuse(person, "No", **kwargs)])
def test_mail_is_neutral(pending, focal_point, decide):
    decide(pending.person, actor=focal_point, at=timezone.now())

    text = (mail.outbox[0].subject + mail.outbox[0].body + mail.outbox[0].from_email).lower()
    assert not [word for word in ("traffick", "police", "course", "victim", "exploit") if word in text]


def test_a_person_without_log_in_gets_no_mail(colleague, focal_point):
    person = colleague.person
    colleague.delete()
    person.approval = Approval.PENDING
    person.save()

    approve(type(person).objects.get(pk=person.pk), actor=focal_point, at=timezone.now())

    assert mail.outbox == []
