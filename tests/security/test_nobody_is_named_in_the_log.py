"""What fails with somebody in its hands is told without them, in every line of every logger.

The same for all that is asked and posted while nothing fails: tests/test_access_matrix.py.
"""

import os
import subprocess
import sys

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.mail import send_notification

from courses.choices import LetterState, Role
from courses.mailing.posting import post
from courses.mailing.sending import send_due
from courses.people.roles import give_role
from tests import canaries
from tests.canaries import EMAIL, FACTS, WORDS
from tests.security import failing

pytestmark = pytest.mark.django_db


@pytest.fixture
def canary(police):
    return canaries.make_canary(police)


@pytest.fixture
def ear(recwarn):
    with canaries.listening() as ear:
        yield ear
    assert ear.telling == []
    assert [str(one.message) for one in recwarn if WORDS.search(str(one.message))] == []


def would_have_told(ear):
    """Python alone would have written it."""
    return any(WORDS.search(line) for line in ear.bare)


@pytest.mark.parametrize("view", ["in_words", "in_a_chain", "in_a_value", "in_the_database"])
def test_a_view_that_fails(canary, ear, settings, view):
    settings.ROOT_URLCONF = "tests.security.failing"
    client = Client(raise_request_exception=False)
    client.force_login(canary)

    answer = client.get(f"/fails/{view}/{canary.person_id}/?q=Quetzalina+Quetzalsson")

    assert answer.status_code == 500
    assert not WORDS.search(answer.content.decode())
    # SQLite does not quote the row that it refuses.
    assert would_have_told(ear) or (view == "in_the_database" and connection.vendor == "sqlite")
    # Where it failed is told.
    assert any(f"in {view}" in line and "failing.py" in line for line in ear.lines)


@pytest.mark.same_everywhere
def test_a_page_that_is_not_there(canary, ear, client_of):
    assert client_of(canary).get("/nothing/?q=Quetzalina").status_code == 404
    assert ear.lines != []


@pytest.mark.same_everywhere
def test_a_form_that_is_not_understood(canary, ear):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    login = reverse("account_login")
    searched = "https://elsewhere.example/people/?q=Quetzalina+Quetzalsson"
    refused = client.post(
        login, {"login": EMAIL}, secure=True, headers={"referer": searched, "origin": searched}
    )
    assert refused.status_code == 403

    client = Client(raise_request_exception=False)
    whole = {"full_name": FACTS["full_name"], "rank": FACTS["rank"], "email": EMAIL, "password1": "quetzal"}
    client.post(reverse("account_signup"), whole)
    client.post(
        f"{login}?next=/?q=Quetzalina", b"\xff" * 40, content_type="multipart/form-data; boundary=quetzal"
    )
    client.post(login, {f"quetzal{n}": EMAIL for n in range(10_001)})
    client.post(reverse("sync"), b'{"Quetzalina": ', content_type="application/json")
    assert would_have_told(ear)


@pytest.mark.same_everywhere
def test_a_wrong_log_in(canary, ear):
    client = Client()
    for n in range(7):
        client.post(reverse("account_login"), {"login": EMAIL, "password": f"quetzal {n}", "own_device": "no"})
        client.post(reverse("code_card"), {"phone": FACTS["phone"], "card": "12-34-56", "own_device": "no"})
    assert ear.lines != []


@pytest.mark.same_everywhere
def test_a_letter_that_cannot_be_sent(canary, ear, settings):
    settings.EMAIL_BACKEND = "tests.security.failing.Refusing"
    at = timezone.now()
    letter = post("a letter", "people/mail/approved", at=at, person=canary.person)
    send_due(clock=timezone.now)
    letter.refresh_from_db()
    assert letter.state in (LetterState.BOUNCED, LetterState.FAILED)

    client = Client(raise_request_exception=False)
    client.post(reverse("account_reset_password"), {"email": EMAIL})

    give_role(canary, Role.FOCAL_POINT, actor=None, at=at)
    assert not send_notification([canary], "updated_comments", {})
    assert would_have_told(ear)


@pytest.mark.same_everywhere
def test_a_task_that_fails(canary, ear):
    failing.fails_for.enqueue(canary.person_id)

    assert would_have_told(ear)
    assert any("RuntimeError: …" in line for line in ear.lines)


@pytest.mark.same_everywhere
def test_the_last_words_of_a_command():
    """Timers and workers die into the journal."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "lms.settings.production",
        "SECRET_KEY": "x" * 60,
        "SITE_URL": "https://learning.example.org",
    }
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", "raise ValueError('Quetzalina')"]
    ended = subprocess.run(
        command, env=environment, cwd=site_settings.BASE_DIR, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert ended.stderr.rstrip().endswith("ValueError: …")
    assert not WORDS.search(ended.stdout + ended.stderr)
