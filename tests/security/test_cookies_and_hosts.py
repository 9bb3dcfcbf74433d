"""What a real site puts into a browser, and what a forged host name reaches."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as configured
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, make_site

pytestmark = pytest.mark.django_db
NAMES = ["SESSION_COOKIE_", "CSRF_COOKIE_", "LANGUAGE_COOKIE_", "SECURE_"]
ASK = """
import json
from django.conf import settings
names = [name for name in dir(settings) if name.startswith(tuple({names!r}))]
print(json.dumps({{name: getattr(settings, name) for name in names}}, default=str))
"""


@pytest.fixture(scope="module")
def production():
    """The settings of a real site that are about cookies and transport."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "lms.settings.production",
        "SECRET_KEY": "x" * 60,
        "SITE_URL": "https://learning.example.org",
    }
    command = [sys.executable, "-c", ASK.format(names=NAMES)]
    asked = subprocess.run(command, env=environment, cwd=configured.BASE_DIR, capture_output=True, check=True)
    return json.loads(asked.stdout)


@pytest.fixture
def real(settings, production):
    make_site()
    for name, value in production.items():
        if "_COOKIE_" in name or name.startswith("SECURE_HSTS"):
            setattr(settings, name, value)
    return settings


def test_cookies_belong_to_this_host_alone_and_go_over_tls(real, constable):
    client = Client()
    client.get("/accounts/login/", secure=True)
    client.post(
        "/accounts/login/",
        {"login": constable.email, "password": PASSWORD, "own_device": "yes"},
        secure=True,
    )

    sent = {name: client.cookies[name] for name in client.cookies}
    assert (
        {"__Host-sessionid", "__Host-csrftoken"}
        <= set(sent)
        <= {"__Host-sessionid", "__Host-csrftoken", "messages"}
    )
    for name, cookie in sent.items():
        found = [cookie[part] for part in ("secure", "httponly", "path", "domain", "samesite")]
        assert found == [True, True, "/", "", "Lax"], name
    assert client.get("/accounts/password/change/", secure=True).status_code == 200


def test_transport(real, production):
    answer = Client().get("/accounts/login/", secure=True)

    assert production["SECURE_SSL_REDIRECT"] is True
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "learning.example.org.evil.example",
        "learning.example.org@evil.example",
        "127.0.0.1:80@evil.example",
    ],
)
def test_another_host_is_refused(settings, host, client):
    make_site()
    settings.ALLOWED_HOSTS = ["learning.example.org"]

    for path in ("/", "/accounts/login/", "/accounts/password/reset/", "/verify/"):
        assert client.get(path, headers={"host": host}).status_code == 400
        answer = client.get(path, headers={"host": "learning.example.org", "x-forwarded-host": host})
        assert host not in answer.content.decode()
        assert host not in answer.get("Location", "")


def test_links_in_mail_are_the_sites_own_whatever_the_host(settings, constable, client):
    make_site()
    settings.SITE_URL = "https://learning.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/accounts/password/reset/", {"email": constable.email}, headers={"host": "evil.example"})

    letter = mail.outbox[0]
    assert "evil.example" not in letter.body + letter.subject
    assert "https://learning.example.org/accounts/password/reset/key/" in letter.body


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_next_leads_to_another_site(client_of, constable, target):
    make_site()
    client = client_of(constable)
    answers = [
        client.post("/my/record/name/", {"wanted": "Constance Josephe", "next": target}),
        client.post(reverse("less_data"), {"less": "yes", "next": target}),
        client.get("/accounts/login/", {"next": target}),
        client.post("/accounts/logout/", {"next": target}),
    ]
    for answer in answers:
        assert "evil.example" not in answer.get("Location", ""), answer.request["PATH_INFO"]
        assert "javascript" not in answer.get("Location", "")
