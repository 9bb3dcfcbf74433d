"""/invitation/<token>/: somebody new, a record without a log-in, a log-in one has, and what is over."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from courses.choices import Approval, CohortWay, SignupMode
from courses.enrolment import inviting
from courses.enrolment.cohorts import CohortMember, Invitation
from courses.enrolment.guessing import MOST
from courses.people.models import Person, SignupSettings, User
from tests.factories import make_cohort, make_invitation, make_person, make_site

pytestmark = pytest.mark.django_db
PASSWORD = "nine green parrots"


@pytest.fixture(autouse=True)
def _closed_site(db):
    make_site()
    SignupSettings.objects.create(site=Site.objects.get(is_default_site=True), mode=SignupMode.INVITATION)


def link(invitation):
    return reverse("invitation", args=[inviting.token_of(invitation)])


def filled(agency, **changes):
    return {
        "full_name": "Éloïse Du Boulay",
        "agency": agency.pk,
        "rank": "Constable",
        "language": "en",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **changes,
    }


def test_somebody_new_is_signed_in_confirmed_approved_and_in_the_cohort(client, police):
    cohort = make_cohort()
    invitation = make_invitation(
        "eloise@example.org", full_name="Éloïse Du Boulay", agency=police, cohort=cohort
    )
    form = client.get(link(invitation)).context["form"]
    assert [form[name].value() for name in ("full_name", "agency", "email")] == [
        "Éloïse Du Boulay", police.pk, "eloise@example.org",
    ]  # fmt: skip
    mail.outbox.clear()

    answer = client.post(link(invitation), filled(police, email="elsewhere@example.org"))

    user = User.objects.get()
    assert answer["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.email == "eloise@example.org"
    assert list(user.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("eloise@example.org", True, True)
    ]
    assert user.person.approval == Approval.APPROVED
    assert CohortMember.objects.get().way == CohortWay.INVITED
    invitation.refresh_from_db()
    assert (invitation.person, invitation.accepted_at is not None) == (user.person, True)
    assert mail.outbox == []


def test_a_record_without_log_in_gets_one_and_there_is_no_second_record(client, police):
    person = make_person(full_name="Imported Person", agency=police, approval=Approval.PENDING)
    invitation = make_invitation("imported@example.org", full_name="Imported Person", person=person)
    assert set(client.get(link(invitation)).context["form"].fields) == {"email", "password1", "password2"}

    client.post(link(invitation), {"password1": PASSWORD, "password2": PASSWORD, "full_name": "Somebody Else"})

    person.refresh_from_db()
    assert Person.objects.count() == 1
    assert (person.full_name, person.approval, person.user.email) == (
        "Imported Person", Approval.APPROVED, "imported@example.org",
    )  # fmt: skip
    assert client.session["_auth_user_id"] == str(person.user.pk)


def test_a_known_address_shows_nothing_and_changes_nothing(client, constable, police):
    invitation = make_invitation(constable.email, cohort=make_cohort())
    mail.outbox.clear()

    answer = client.post(link(invitation), filled(police))

    assert answer["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == 1
    assert not CohortMember.objects.exists()
    assert mail.outbox[0].to == [constable.email]


def test_ones_own_invitation_approves_and_another_address_is_asked_about(client_of, pending, nurse):
    cohort = make_cohort()
    mine = make_invitation(pending.email, cohort=cohort)
    assert client_of(pending).get(link(mine)).context["is_theirs"] is True
    client_of(pending).post(link(mine))
    pending.person.refresh_from_db()
    assert pending.person.approval == Approval.APPROVED

    forwarded = make_invitation("other@example.org", cohort=cohort)
    asked = client_of(nurse).get(link(forwarded))
    assert asked.context["is_theirs"] is False
    assert "other@example.org" not in asked.content.decode()
    assert not cohort.members.filter(person=nurse.person).exists()
    client_of(nurse).post(link(forwarded))
    assert cohort.members.filter(person=nurse.person).exists()


def test_somebody_elses_record_is_not_taken_over(client_of, nurse):
    record = make_person()
    invitation = make_invitation("record@example.org", person=record)

    answer = client_of(nurse).post(link(invitation))

    assert answer.status_code == 409
    assert not User.objects.filter(person=record).exists()
    assert Invitation.objects.get().accepted_at is None


def test_what_is_over_says_what_to_do_and_makes_no_log_in(client, police):
    lapsed = make_invitation(at=timezone.now() - inviting.VALID - timedelta(days=1))
    withdrawn, used = make_invitation(), make_invitation()
    inviting.withdraw(withdrawn, actor=None, at=timezone.now())
    client.post(link(used), filled(police))
    client.logout()

    states = []
    for invitation in (lapsed, withdrawn, used):
        answer = client.post(link(invitation), filled(police))
        assert (answer.status_code, answer["Cache-Control"]) == (410, "private, no-store")
        states.append(answer.context["state"])

    assert states == ["expired", "withdrawn", "accepted"]
    assert User.objects.count() == 1


def test_tokens_are_not_found_by_trying(client):
    invitation = make_invitation()
    wrong = reverse("invitation", args=["x" * 43])

    answers = [client.get(wrong).status_code for _n in range(MOST + 1)]

    assert answers == [404] * MOST + [429]
    assert client.get(link(invitation)).status_code == 429
