"""The database is really away: a closed port, a path that is not there, a lock, a connection that is ended."""

import sqlite3

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.lms.away.test_knowing import closed_port

ONLY = {vendor: f"of {vendor} alone" for vendor in ("sqlite", "postgresql")}


@pytest.fixture
def browser_of(client_of):
    """Answers as a visitor gets them: an exception becomes a page."""

    def sign_in(user):
        client = client_of(user)
        client.raise_request_exception = False
        return client

    return sign_in


@pytest.fixture
def go_away(transactional_db):
    """go_away() takes the database away until the test is over."""
    before = dict(connection.settings_dict)

    def go():
        connection.close()
        if connection.vendor == "sqlite":
            connection.settings_dict["NAME"] = "/nowhere/lms.sqlite3"
        else:
            connection.settings_dict.update(HOST="127.0.0.1", PORT=closed_port())

    yield go
    connection.close()
    connection.settings_dict.update(before)


def is_civil(response):
    assert (response.status_code, response["Retry-After"]) == (503, "15")
    assert "no-store" in response["Cache-Control"]
    return response


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("path", ["/", "/my/record/", "/verify/", "/admin/", "/no-such-page/"])
def test_a_page_asks_to_come_again(browser_of, constable, go_away, path, signed_in):
    client = browser_of(constable if signed_in else None)
    go_away()
    response = client.get(path)
    if response.status_code == 302:  # a stranger is sent to the log-in without a look into the database
        response = client.get(response.url)
    page = is_civil(response)
    # The admin's own policy is given by what asks who is signed in; the page holds nothing that could run.
    assert "Content-Security-Policy" in page or path == "/admin/"
    assert "<script" not in page.text
    assert "come again" in page.text
    assert "Try again" in page.text


def test_what_was_sent_may_be_sent_again(browser_of, constable, go_away):
    client = browser_of(constable)
    go_away()
    page = is_civil(client.post("/accounts/login/", {"login": "a@example.org", "password": "x"})).text
    assert "send it again" in page
    assert "Try again" not in page


def test_scripts_hear_what_they_know(browser_of, constable, go_away):
    client = browser_of(constable)
    go_away()
    for response in (
        client.get(reverse("sync"), headers={"Accept": "application/json"}),
        client.post(reverse("sync"), {"items": []}, "application/json"),
    ):
        assert response.status_code == 503
        assert response.json() == {"error": "busy"}
        assert int(response["Retry-After"]) <= 15


def test_whoever_watches_sees_the_process_alive(browser_of, go_away):
    go_away()
    assert browser_of(None).get("/healthz").status_code == 200
    assert browser_of(None).get("/readyz").json()["checks"]["database"] == "unreachable"


def test_a_bug_stays_a_bug(db, browser_of, monkeypatch):
    def wrong(request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM no_such_table")

    monkeypatch.setattr("lms.away.maintenance.Maintenance.__call__", lambda self, request: wrong(request))
    response = browser_of(None).get("/verify/")
    assert response.status_code == 500
    assert "Something went wrong" in response.text


@pytest.mark.skipif(connection.vendor != "sqlite", reason=ONLY["sqlite"])
def test_a_locked_database(transactional_db, browser_of, constable):
    client = browser_of(constable)
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    try:
        other.execute("BEGIN IMMEDIATE")
        is_civil(client.post(reverse("account_logout")))
        other.execute("ROLLBACK")
        assert client.post(reverse("account_logout")).status_code == 302
    finally:
        other.close()
        connection.close()


@pytest.mark.skipif(connection.vendor != "postgresql", reason=ONLY["postgresql"])
def test_a_connection_that_is_ended(transactional_db, browser_of, constable):
    client = browser_of(constable)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()
    is_civil(client.get("/my/record/"))
    connection.close_if_unusable_or_obsolete()  # as Django does when a request begins
    assert client.get("/my/record/").status_code == 200


# --- Maintenance -------------------------------------------------------------------------


@pytest.fixture
def maintenance(settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "var" / "maintenance"


def test_maintenance_closes_and_opens(maintenance, django_assert_num_queries, db, capsys):
    call_command("maintenance", "off")
    call_command("maintenance", "on")
    with django_assert_num_queries(0):
        response = Client().get("/my/record/")
    assert (response.status_code, response["Retry-After"]) == (503, "120")
    assert "being looked after" in response.text
    assert Client().get("/sync/", headers={"Accept": "application/json"}).json() == {"error": "busy"}
    assert Client().get("/readyz").status_code == 503
    assert Client().get("/healthz").status_code == 200
    assert Client().get("/static/lms/site.css").status_code == 200
    call_command("maintenance", "off")
    assert Client().get("/verify/").status_code == 200


def test_maintenance_on_one_host_closes_all_that_share_a_redis(maintenance, settings, tmp_path, db):
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "closed"}
    settings.CACHES = {**settings.CACHES, "closed": memory}
    call_command("maintenance", "on")
    settings.MAINTENANCE_FILE = tmp_path / "another-host" / "maintenance"
    assert Client().get("/verify/").status_code == 503
    assert Client().get("/healthz").status_code == 200
    call_command("maintenance", "off")
    assert Client().get("/verify/").status_code == 200
