import datetime

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.utils import timezone

from courses.choices import Approval
from courses.people.adapter import AccountAdapter
from tests.factories import PASSWORD, make_site, make_user

pytestmark = pytest.mark.django_db
URL = "/accounts/login/"
SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


def sign_in(client, user, own_device="no", **extra):
    return client.post(
        URL, {"login": user.email, "password": PASSWORD, "own_device": own_device, **extra}, follow=False
    )


def is_in(client):
    return client.get("/accounts/password/change/").status_code == 200


def test_it_asks_whose_device_it_is_and_presumes_nothing(client, constable):
    page = client.get(URL).content.decode()
    response = client.post(URL, {"login": constable.email, "password": PASSWORD})

    assert 'name="own_device"' in page
    assert "checked" not in page
    assert 'name="remember"' not in page
    assert list(response.context["form"].errors) == ["own_device"]


def test_on_a_shared_device_the_session_ends_with_the_browser(client, constable):
    response = sign_in(client, constable, "no")

    assert response.cookies["sessionid"]["max-age"] == ""
    assert client.session.get_expire_at_browser_close() is True


def test_on_ones_own_device_it_lasts(client, constable, settings):
    response = sign_in(client, constable, "yes")

    assert response.cookies["sessionid"]["max-age"] == settings.OWN_DEVICE_SESSION_SECONDS


def test_an_idle_shared_session_ends(client, constable, settings):
    sign_in(client, constable, "no")
    session = client.session
    session["device_seen_at"] = timezone.now().timestamp() - settings.SHARED_DEVICE_IDLE_SECONDS - 1
    session.save()

    response = client.get("/accounts/password/change/")

    assert response["Location"] == f"{URL}?next=%2Faccounts%2Fpassword%2Fchange%2F"
    assert not is_in(client)


def test_an_idle_session_on_ones_own_device_stays(client, constable, settings):
    sign_in(client, constable, "yes")
    session = client.session
    session["device_seen_at"] = timezone.now().timestamp() - settings.SHARED_DEVICE_IDLE_SECONDS - 1
    session.save()

    assert is_in(client)


def test_signing_out_clears_what_the_browser_holds(client, constable):
    sign_in(client, constable)
    key = client.session.session_key

    response = client.post("/accounts/logout/")
    client.cookies["sessionid"] = key

    assert response["Clear-Site-Data"] == '"cache"'
    assert "no-store" in response["Cache-Control"]
    assert not is_in(client)


def test_signing_in_changes_the_session_key(client, constable):
    client.get(URL)
    session = client.session
    session["planted"] = "1"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before

    sign_in(client, constable)

    assert client.session.session_key != before


def test_changing_the_password_ends_the_other_sessions(constable):
    here, there = Client(), Client()
    sign_in(here, constable)
    sign_in(there, constable)

    here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "nine green parrots", "password2": "nine green parrots"},
    )

    assert (is_in(here), is_in(there)) == (True, False)


def test_somebody_elses_session_is_not_listed(constable, colleague):
    here = Client(headers={"user-agent": "Constable's phone"})
    sign_in(here, constable)
    sign_in(Client(headers={"user-agent": "Colleague's phone"}), colleague)

    page = here.get("/accounts/sessions/")

    assert [row.user_agent for row in page.context["sessions"]] == ["Constable's phone"]


@pytest.mark.parametrize(
    "change",
    [
        {"is_active": False},
        {"person.left_on": datetime.date(2026, 1, 1)},
        {"person.approval": Approval.REFUSED},
    ],
    ids=["switched off", "left", "refused"],
)
def test_who_may_no_longer_sign_in_is_out_at_the_next_request_and_stays_out(client, constable, change):
    sign_in(client, constable)
    was_in = is_in(client)

    for path, value in change.items():
        target = constable.person if path.startswith("person.") else constable
        setattr(target, path.removeprefix("person."), value)
        target.save()

    assert (was_in, is_in(client)) == (True, False)
    response = sign_in(Client(), constable)
    assert response["Location"] == "/accounts/inactive/"


def test_who_leaves_tomorrow_may_still_study_today(client, constable):
    constable.person.left_on = timezone.localdate() + datetime.timedelta(days=1)
    constable.person.save()

    sign_in(client, constable)

    assert is_in(client)


def test_wrong_passwords_are_limited_by_account_whatever_the_case(client, constable):
    name, _, host = constable.email.partition("@")
    for address in [constable.email, name.upper() + "@" + host, name + "@" + host.upper(), constable.email] * 2:
        client.post(URL, {"login": address, "password": "wrong", "own_device": "no"})

    response = sign_in(client, constable)

    assert "Too many failed" in str(response.context["form"].errors)


def test_accents_give_no_allowance_of_their_own(rf):
    adapter, request = AccountAdapter(), rf.post(URL)
    addresses = ["jose@example.org", "josé@example.org", "jose\u0301@example.org", "JOSÉ@example.org "]

    assert {adapter._get_login_attempts_cache_key(request, email=each) for each in addresses} == {
        "jose@example.org"
    }


def test_a_forged_forwarded_address_gives_no_new_allowance(client, constable):
    for n in range(5):
        client.post(
            URL,
            {"login": constable.email, "password": "wrong", "own_device": "no"},
            headers={"x-forwarded-for": f"10.0.0.{n}", "host": f"host{n}.example"},
        )

    response = sign_in(client, constable)

    assert "Too many failed" in str(response.context["form"].errors)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "http:evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "%2F%2Fevil.example",
        "https://evil.example\\@testserver/",
        "https://testserver@evil.example/",
        "\thttps://evil.example",
        " //evil.example",
        "http://testserver.evil.example/",
    ],
)
def test_it_sends_nobody_to_another_site(client, constable, target):
    response = sign_in(client, constable, next=target)

    assert response.status_code == 302
    assert not response["Location"].lstrip().startswith(("http", "//", "\\", "/\\", "javascript", "data"))


@pytest.mark.parametrize(("answer", "own"), [("yes", True), ("no", False)])
def test_the_answer_outlives_the_second_step(client, focal_point, answer, own):
    TOTP.activate(focal_point, SECRET)
    first = sign_in(client, focal_point, answer)

    second = client.post(
        first["Location"],
        {"code": format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))},
    )

    assert (first["Location"], second.status_code) == ("/accounts/2fa/authenticate/", 302)
    assert client.session["own_device"] is own
    assert client.session.get_expire_at_browser_close() is not own


def test_the_password_alone_does_not_pass_the_second_step(client, focal_point):
    TOTP.activate(focal_point, SECRET)

    sign_in(client, focal_point)

    assert not is_in(client)


def test_a_log_in_without_a_person_is_told_what_to_do(client_of):
    user = make_user(person=None)

    page = client_of(user).get("/my/record/")

    assert page.status_code == 403
    assert "has no learning record" in page.content.decode()
