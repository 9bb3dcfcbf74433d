"""Every allowance that is used up answers 429, with a calm page and when to come again."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from courses import guessing
from courses.people import asking_often, used_up
from courses.people.models import NameCorrection
from tests.factories import PASSWORD, make_site

pytestmark = pytest.mark.django_db
LOG_IN, RESET, SIGN_UP = "/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"


@pytest.fixture(autouse=True)
def _site(db):
    cache.clear()
    make_site()


@pytest.fixture
def clock():
    with freeze_time("2026-12-07 08:00", tick=False) as clock:
        yield clock


def try_password(client, email, password="wrong"):  # noqa: S107
    return client.post(LOG_IN, {"login": email, "password": password, "own_device": "no"})


def assert_calm(answer, wait):
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (429, str(wait))
    assert "<main" in page
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    return page


def test_wrong_passwords(constable, client, clock):
    answers = []
    for _ in range(5):
        answers.append(try_password(client, constable.email).status_code)
        clock.tick(10)

    assert answers == [200] * 5
    # The first of the five is 50 seconds old.
    assert "Too many failed" in assert_calm(try_password(client, constable.email, PASSWORD), wait=250)
    clock.tick(251)
    assert try_password(client, constable.email, PASSWORD).status_code == 302


def test_wrong_passwords_of_an_hour(constable, client, clock):
    """Twenty in an hour are the narrower allowance at last: the longer wait is told."""
    for _ in range(20):
        try_password(client, constable.email)
        clock.tick(100)

    assert_calm(try_password(client, constable.email, PASSWORD), wait=3600 - 2000)


def test_wrong_codes_of_a_card(client, clock):
    for _ in range(6):
        answer = client.post("/accounts/card/", {"number": "RSLPF 4711", "code": "x" * 12, "own_device": "no"})

    assert_calm(answer, wait=300)


def test_checking_certificates(client, clock):
    for _ in range(20):
        client.get("/v/7QK429HMX3/")
        clock.tick(5)

    assert client.get("/v/7QK429HMX3/")["Retry-After"] == "500"
    clock.tick(500)
    assert client.get("/v/7QK429HMX3/").status_code == 404


def test_asking_for_a_new_password(constable, client, clock):
    """Signs that mean the same letter get no allowance of their own."""
    address = constable.email
    spellings = [address, address.upper(), address.replace("s", "\u017f", 1), address.replace("k", "\u212a", 1)]
    spellings += [address.title()]
    answers = [client.post(RESET, {"email": each}).status_code for each in spellings]

    clock.tick(60)
    page = assert_calm(client.post(RESET, {"email": address.replace("s", "\u017f")}), wait=3540)
    assert "Please wait a little" in page
    assert answers == [302] * 5
    assert {tuple(letter.to) for letter in mail.outbox} <= {(address,)}
    assert len(mail.outbox) == 5


def test_asking_for_a_log_in(settings, clock):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup": "2/m/ip"}
    answers = [Client().post(SIGN_UP, {}) for _ in range(3)]

    assert [answer.status_code for answer in answers[:2]] == [200, 200]
    assert_calm(answers[2], wait=60)


def test_asking_for_another_spelling_of_ones_name(client_of, constable, nurse, clock):
    client = client_of(constable)
    answers = [client.post("/my/record/name/", {"wanted": f"Constance Josep{n * 'h'}"}) for n in range(1, 12)]

    assert [answer.status_code for answer in answers[: asking_often.MOST]] == [302] * asking_often.MOST
    assert_calm(answers[asking_often.MOST], wait=600)
    assert client_of(nurse).post("/my/record/name/", {"wanted": "Nadège Prix"}).status_code == 302
    assert NameCorrection.objects.filter(person=constable.person).count() == 1


def test_nobody_is_locked_out_for_longer_than_an_hour(constable):
    """Somebody else guesses all day; the constable waits an hour after the last guess at most."""
    with freeze_time("2026-12-07 08:00", tick=False) as clock:
        for n in range(28):
            for _ in range(5):
                try_password(Client(REMOTE_ADDR=f"198.51.100.{n}"), constable.email)
            clock.tick(300)
        blocked = try_password(Client(), constable.email, PASSWORD).status_code
        clock.tick(3601)

        assert try_password(Client(), constable.email, PASSWORD).status_code == 302
    assert blocked == 429


def test_one_household_of_ipv6_is_one_guesser():
    cache.clear()
    for n in range(20):
        Client(REMOTE_ADDR=f"2001:db8:1:2::{n:x}").get("/v/7QK429HMX3/")

    assert Client(REMOTE_ADDR="2001:db8:1:2:ffff::1").get("/v/7QK429HMX3/").status_code == 429
    assert Client(REMOTE_ADDR="2001:db8:1:3::1").get("/v/7QK429HMX3/").status_code == 404


@pytest.mark.parametrize(("proxies", "answer"), [(0, 429), (1, 429)])
def test_what_a_visitor_writes_into_x_forwarded_for_is_not_believed(settings, proxies, answer):
    """nginx and Caddy as they are delivered write the header anew: one address, the last one counts."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for n in range(20):
        Client().get("/v/7QK429HMX3/", headers={"x-forwarded-for": f"10.0.0.{n}, 203.0.113.9"})

    last = Client().get("/v/7QK429HMX3/", headers={"x-forwarded-for": "10.9.9.9, 203.0.113.9"})

    assert last.status_code == answer


def test_a_guess_is_forgotten_after_ten_minutes():
    at = timezone.now()
    for _ in range(3):
        guessing.count({"a": 3}, at=at)

    assert guessing.is_blocked({"a": 3}, at=at)
    assert not guessing.is_blocked({"a": 3}, at=at + timezone.timedelta(seconds=guessing.WINDOW + 1))


def test_every_allowance_of_an_address_has_its_action(settings):
    """What is refused by the address or the person says a true time on each of these pages."""
    by_account_alone = {"login_failed", "confirm_email"}
    assert set(used_up.ACTIONS.values()) == set(settings.ACCOUNT_RATE_LIMITS) - by_account_alone
    assert all(reverse(name) for name in used_up.ACTIONS if name != "account_reset_password_from_key")
