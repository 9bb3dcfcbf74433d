"""Whether an address, a number or a name is known here shows in no text, no status, no redirect and no cost."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certificates import codes
from certificates.issuing import issue
from tests.factories import PASSWORD, make_completion, make_enrolment, make_site, make_user

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"
NEVER_ISSUED = "SL-2026-09999-" + codes.check_character("SL-2026-09999")


@pytest.fixture(autouse=True)
def _site(db):
    cache.clear()
    make_site()


@pytest.fixture
def hashed(monkeypatch):
    """How many passwords were hashed, which is what takes time."""
    count = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *given: count.append(1) or encode(self, *given)
    )
    return count


def seen(answer, *typed):
    """What a stranger sees, without the token of the form and what they typed themselves."""
    page = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    for words in typed:
        page = page.replace(words, "…")
    return answer.status_code, answer.get("Location", "").split("?")[0], page


def test_signing_in(constable, hashed):
    without_password = make_user(email="card.only@example.org")
    without_password.set_unusable_password()
    without_password.save()
    found = []
    for email in (constable.email, "nobody.at.all@example.org", without_password.email):
        hashed.clear()
        answer = Client().post(SIGN_IN, {"login": email, "password": "wrong words", "own_device": "no"})
        found.append((*seen(answer, email), len(hashed)))

    assert found[0] == found[1] == found[2]
    assert found[0][-1] == 1


def test_a_refused_person_is_told_only_after_the_right_password(constable):
    constable.is_active = False
    constable.save()
    wrong, right = (
        Client().post(SIGN_IN, {"login": constable.email, "password": password, "own_device": "no"})
        for password in ("wrong words", PASSWORD)
    )

    nobody = Client().post(
        SIGN_IN, {"login": "nobody@example.org", "password": "wrong words", "own_device": "no"}
    )
    assert seen(wrong, constable.email) == seen(nobody, "nobody@example.org")
    assert right["Location"] == "/accounts/inactive/"


def test_asking_for_a_new_password(constable, hashed):
    found = []
    for email in (constable.email, "nobody.at.all@example.org"):
        hashed.clear()
        answer = Client().post("/accounts/password/reset/", {"email": email})
        found.append((*seen(answer, email), len(hashed)))

    assert found[0] == found[1]


def sign_up(email, agency):
    """(What the answer and the page after it show, what one browser holds now.)"""
    browser = Client()
    facts = {"full_name": "Zebulon Else", "agency": agency.pk, "rank": "Constable", "language": "en"}
    password = "nine green parrots"  # noqa: S105
    answer = browser.post(
        "/accounts/signup/", {**facts, "email": email, "password1": password, "password2": password}
    )
    after = browser.get(answer["Location"])
    cookies = sorted((name, bool(one.value), one["max-age"]) for name, one in browser.cookies.items())
    return *seen(answer), *seen(after, email.lower()), cookies


def test_asking_for_a_log_in(constable, police, hashed):
    """The owner of a known address hears of it, and nobody else does. A letter goes either way."""
    found = []
    for email in ("nobody.at.all@example.org", constable.email, constable.email.upper()):
        hashed.clear()
        mail.outbox.clear()
        cache.clear()  # an address gets one letter in three minutes
        shown = sign_up(email, police)
        assert [letter.to for letter in mail.outbox] == [[email.lower()]]
        found.append((*shown, len(hashed)))

    assert found[0] == found[1] == found[2]
    assert found[0][-1] == 1
    assert found[0][0] == 302


def test_a_sign_up_that_is_wrong_costs_nothing_either_way(constable, police, hashed):
    """No page of errors says that an address is taken."""
    pages = []
    for email in ("nobody.at.all@example.org", constable.email):
        hashed.clear()
        answer = Client().post(
            "/accounts/signup/", {"email": email, "password1": "short", "password2": "other"}
        )
        pages.append((*seen(answer, email), len(hashed)))

    assert pages[0] == pages[1]
    assert pages[0][0] == 200


def test_the_public_check(certificate_of_the_constable):
    """A number that exists with another surname, and one that does not: as many queries, the same answer."""
    number = certificate_of_the_constable.number
    found = []
    for asked in (number, NEVER_ISSUED):
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = Client().post("/verify/", {"number": asked, "surname": "Smith"})
        looked = [query for query in queries if "certificates_certificate" in query["sql"]]
        found.append((*seen(answer, asked), len(looked) <= 1))

    assert found[0] == found[1]


@pytest.fixture
def certificate_of_the_constable(constable):
    return issue(make_completion(make_enrolment(constable.person)), actor=None, at=timezone.now())


@pytest.mark.parametrize("path", ["/certificates/{}/", "/certificates/{}.pdf"])
def test_numbers_that_follow_each_other_open_nothing(certificate_of_the_constable, client_of, nurse, path):
    number = certificate_of_the_constable.number
    other = NEVER_ISSUED
    client = client_of(nurse)

    theirs, nobodys = client.get(path.format(number)), client.get(path.format(other))

    assert theirs.status_code == nobodys.status_code == 404
    assert seen(theirs, number) == seen(nobodys, other)
