import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.people.unlocking import NotOneself, reset_second_step
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def locked_out(focal_point):
    """A focal point whose second step is on a telephone that is gone."""
    Authenticator.objects.create(
        user=focal_point, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    RecoveryCodes.activate(focal_point)
    return focal_point


def sign_in(client, user):
    return client.post(
        reverse("account_login"), {"login": user.email, "password": PASSWORD, "own_device": "no"}, follow=True
    )


def test_the_second_step_goes_with_its_codes_and_the_deed_is_logged(locked_out, administrator):
    assert reset_second_step(locked_out, "Lost on the bus", actor=administrator, at=timezone.now())

    assert not Authenticator.objects.filter(user=locked_out).exists()
    entry = AuditEntry.objects.get(verb="second step reset")
    assert (entry.actor_id, entry.object_id) == (administrator.pk, str(locked_out.pk))
    assert entry.facts == {"reason": "Lost on the bus", "removed": 2}


def test_the_person_hears_of_it_in_neutral_words(locked_out, administrator):
    mail.outbox.clear()
    reset_second_step(locked_out, "Lost", actor=administrator, at=timezone.now())
    (letter,) = mail.outbox
    assert letter.to == [locked_out.email]
    assert "second step" in letter.subject
    assert "Lost" not in letter.body
    assert "traffick" not in (letter.subject + letter.body).lower()


def test_sessions_that_were_open_end(client, client_of, administrator, focal_point):
    """Whoever holds the telephone may also hold an open browser."""
    sign_in(client, focal_point)
    assert client.get("/accounts/sessions/").status_code == 200
    assert focal_point.usersession_set.count() == 1
    reset_second_step(focal_point, "Lost", actor=administrator, at=timezone.now())
    assert client.get("/accounts/sessions/").status_code == 302
    assert focal_point.usersession_set.count() == 0


def test_nobody_removes_their_own(administrator):
    with pytest.raises(NotOneself):
        reset_second_step(administrator, "Lost", actor=administrator, at=timezone.now())


def test_the_administrator_does_it_at_the_desk(client_of, administrator, locked_out):
    desk, address = client_of(administrator), reverse("desk_second_step", args=[locked_out.person.pk])
    assert "call back on a number you know" in desk.get(address).content.decode()
    assert desk.post(address, {"reason": ""}).status_code == 200
    assert Authenticator.objects.filter(user=locked_out).exists()

    answer = desk.post(address, {"reason": "Lost on the bus"}, follow=True)

    assert "has no second step now" in answer.content.decode()
    assert not Authenticator.objects.filter(user=locked_out).exists()


def test_the_focal_point_may_not(client_of, focal_point, constable):
    response = client_of(focal_point).post(
        reverse("desk_second_step", args=[constable.person.pk]), {"reason": "Lost"}
    )
    assert response.status_code in (302, 403)
    assert not AuditEntry.objects.filter(verb="second step reset").exists()
