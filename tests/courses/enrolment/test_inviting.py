from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.enrolment import accepting, inviting
from courses.enrolment.cohorts import Invitation
from courses.mailing.models import Letter
from tests.factories import make_cohort, make_course, make_invitation, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return timezone.now()


def refused(code, **kwargs):
    with pytest.raises(inviting.NotInvited) as found:
        make_invitation(**kwargs)
    return found.value.code == code


def test_an_invitation_is_mailed_once_with_its_link_and_names_no_topic(at):
    course = make_course(title="Counter-trafficking", neutral_title="Training programme")
    invitation = make_invitation(
        "Ann@Example.org", cohort=make_cohort(course=course, name="Victims, May"), at=at
    )

    letter = Letter.objects.get()
    assert letter.key == f"invitation:{invitation.uuid}:1"
    assert (letter.address, letter.subject) == ("ann@example.org", "Training programme: your invitation")
    assert f"/invitation/{inviting.token_of(invitation)}/" in letter.body
    assert "raffick" not in letter.subject + letter.body
    assert "Victims" not in letter.body
    assert invitation.token_hash not in letter.body
    assert [message.to for message in mail.outbox] == [["ann@example.org"]]


def test_nobody_is_invited_twice_nor_with_a_log_in(at):
    cohort, user, record = make_cohort(), make_user(email="known@example.org"), make_person()
    make_invitation("one@example.org")
    make_invitation("record@example.org", person=record)

    assert refused("invited", address="ONE@example.org")
    assert refused("invited", address="other@example.org", person=record)
    assert refused("has_login", address="Known@example.org")
    assert refused("has_login", address="new@example.org", person=user.person)
    # Into a cohort, whoever has a log-in can be asked.
    assert make_invitation("known@example.org", cohort=cohort).cohort == cohort
    times = dict.fromkeys(["at", "expires_at", "sent_at"], at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(address="one@example.org", full_name="X", token_hash="x", **times)


def test_it_is_sent_again_with_the_same_link_after_a_while_and_three_times_at_most(at):
    invitation = make_invitation(at=at)
    token = inviting.token_of(invitation)
    with pytest.raises(inviting.NotSent, match="soon"):
        inviting.resend(invitation, actor=None, at=at)

    lapsed = at + inviting.VALID
    assert accepting.find(token).state(lapsed) == "expired"
    for n in range(inviting.MOST_AGAIN):
        inviting.resend(invitation, actor=None, at=lapsed + n * inviting.WAIT)

    assert accepting.find(token).state(lapsed) == "open"
    assert Letter.objects.filter(body__contains=token).count() == 4
    with pytest.raises(inviting.NotSent, match="often"):
        inviting.resend(invitation, actor=None, at=lapsed + timedelta(days=9))


def test_what_was_taken_back_is_not_sent_again(at):
    invitation = make_invitation(at=at)

    assert [inviting.withdraw(invitation, actor=None, at=at) for _twice in range(2)] == [True, False]

    with pytest.raises(inviting.NotSent, match="over"):
        inviting.resend(invitation, actor=None, at=at + inviting.WAIT)
    # And another may be sent to the address.
    assert make_invitation(invitation.address).token_hash != invitation.token_hash


def test_a_letter_that_still_waits_is_taken_back_with_its_invitation_and_sent_again_once(at, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    one, other = make_invitation(at=at), make_invitation(at=at)

    inviting.withdraw(one, actor=None, at=at)
    inviting.resend(other, actor=None, at=at + inviting.WAIT)

    states = dict(Letter.objects.values_list("key", "state"))
    assert states == {
        f"invitation:{one.uuid}:1": "withdrawn",
        f"invitation:{other.uuid}:1": "withdrawn",
        f"invitation:{other.uuid}:2": "queued",
    }
