"""allauth's pages in the site's look, and mail that does not say what this is about."""

import re

import pytest
from django.core import mail

from tests.factories import make_user

pytestmark = pytest.mark.django_db

SIGNED_OUT = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-wrong/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/wrong/",
    "/accounts/inactive/",
]
SIGNED_IN = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/accounts/reauthenticate/",
]
TOPIC = re.compile(r"traffick|victim|counter", re.IGNORECASE)


def assert_looks_like_ours(html):
    assert 'href="/static/lms/site.css"' in html
    assert len(re.findall("<h1", html)) == 1
    assert re.search(r"<title>[^<\n]+ – Learning</title>", html)
    assert not re.search(r"\sstyle=", html)
    for field in re.findall(r"<input(?![^>]*hidden)[^>]*>", html):
        labelled = re.search(r'\sid="([^"]+)"', field)[1]
        assert f'for="{labelled}"' in html, field


@pytest.mark.parametrize("path", SIGNED_OUT)
def test_pages_before_signing_in(client, path):
    assert_looks_like_ours(client.get(path).content.decode())


@pytest.mark.parametrize("path", SIGNED_IN)
def test_pages_of_ones_account(client_of, constable, path):
    assert_looks_like_ours(client_of(constable).get(path).content.decode())


def test_an_empty_form_says_which_boxes_to_fill_in(client):
    html = client.post("/accounts/login/", {}).content.decode()
    summary = re.search(r'<div class="err".*?</div>', html, re.S)[0]
    links = dict(re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary))

    assert "<title>Error: Sign in – Learning</title>" in html
    assert list(links) == ["id_login", "id_password", "id_own_device_0"]
    assert "This field is required." not in html
    for target in links:
        assert f'id="{target}"' in html


def test_passwords_may_be_pasted_and_filled_in(client):
    html = client.get("/accounts/login/").content.decode()

    assert 'autocomplete="current-password"' in html
    assert "onpaste" not in html


@pytest.mark.parametrize("address", ["known@example.org", "unknown@example.org"])
def test_mail_about_passwords_does_not_name_the_topic(client, address):
    make_user(email="known@example.org")

    client.post("/accounts/password/reset/", {"email": address})

    [message] = mail.outbox
    assert message.subject.startswith("Learning: ")
    assert not TOPIC.search(message.subject + message.body + message.from_email)
    assert "http" in message.body


def test_mail_to_confirm_an_address_does_not_name_the_topic(client):
    user = make_user(email="new@example.org", password="a-long-password-here")
    user.emailaddress_set.update(verified=False)

    client.post(
        "/accounts/login/",
        {"login": "new@example.org", "password": "a-long-password-here", "own_device": "no"},
    )

    [message] = mail.outbox
    assert message.subject == "Learning: confirm your e-mail address"
    assert not TOPIC.search(message.body)
    assert "/accounts/confirm-email/" in message.body
