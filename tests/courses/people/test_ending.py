"""Sessions end with what they stood on, and do not come back."""

from datetime import timedelta

import pytest
from allauth.account.signals import password_reset
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils import timezone

from courses.choices import Approval, Role
from courses.people.roles import give_role
from tests.factories import PASSWORD, make_site

pytestmark = pytest.mark.django_db
PAGE = "/accounts/password/change/"


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


def signed_in(user, own_device="no"):
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD, "own_device": own_device})
    assert client.get(PAGE).status_code == 200
    return client


def is_in(client):
    return client.get(PAGE).status_code == 200


def test_another_role_ends_every_session(focal_point, administrator):
    client = signed_in(focal_point)

    give_role(focal_point, Role.TRAINEE, actor=administrator, at=timezone.now())

    assert not is_in(client)
    assert focal_point.usersession_set.count() == 0


def test_the_same_role_again_ends_none(focal_point, administrator):
    client = signed_in(focal_point)

    give_role(focal_point, Role.FOCAL_POINT, actor=administrator, at=timezone.now())

    assert is_in(client)


def test_a_log_in_switched_off_and_on_again_has_no_session(constable):
    client = signed_in(constable)
    for is_active in (False, True):
        constable.is_active = is_active
        constable.save()

    assert not is_in(client)
    assert constable.usersession_set.count() == 0


@pytest.mark.parametrize("how", ["left", "refused"])
def test_who_left_and_came_back_signs_in_anew(constable, how):
    client, person = signed_in(constable), constable.person
    was = (person.left_on, person.approval)
    if how == "left":
        person.left_on = timezone.localdate()
    else:
        person.approval = Approval.REFUSED
    person.save()
    person.left_on, person.approval = was
    person.save()

    assert not is_in(client)


def test_who_leaves_next_month_stays_signed_in(constable):
    client = signed_in(constable)
    constable.person.left_on = timezone.localdate() + timedelta(days=30)
    constable.person.save()

    assert is_in(client)


def test_a_changed_password_leaves_no_row_of_the_others(constable):
    here, _there = signed_in(constable), signed_in(constable)
    new = "nine green parrots"

    here.post(PAGE, {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert is_in(here)
    assert [row.session_key for row in constable.usersession_set.all()] == [here.session.session_key]


@pytest.mark.parametrize(
    "signal", [signals.authenticator_added, signals.authenticator_removed, signals.authenticator_reset]
)
def test_another_second_step_ends_the_other_sessions(constable, signal):
    here, there = signed_in(constable), signed_in(constable)
    request = RequestFactory().post("/")
    request.user, request.session = constable, here.session

    signal.send(sender=Authenticator, request=request, user=constable, authenticator=None)

    assert (is_in(here), is_in(there)) == (True, False)


def test_a_reset_password_ends_all_of_them(constable):
    client = signed_in(constable)
    request = RequestFactory().post("/")
    request.user, request.session = AnonymousUser(), Client().session

    password_reset.send(sender=type(constable), request=request, user=constable)

    assert not is_in(client)


@pytest.mark.parametrize(("role", "stays"), [("constable", True), ("focal_point", False), ("auditor", False)])
def test_overnight_ones_own_device_keeps_a_trainee_and_no_desk(request, settings, role, stays):
    client = signed_in(request.getfixturevalue(role), own_device="yes")
    session = client.session
    session["device_seen_at"] = timezone.now().timestamp() - settings.DESK_IDLE_SECONDS - 1
    session.save()

    assert is_in(client) is stays
