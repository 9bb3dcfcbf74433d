"""No line of the log has an address that only one person should know."""

import logging

import pytest
from django.urls import get_resolver

from lms.discreet_logs import OWN, Discreet, masked

pytestmark = pytest.mark.same_everywhere
# Parts of an address that lead to something by being known.
KNOWING = ("token", "code", "key")
# Named so, but no secret: the words of a pack, a quiz, a drill, a course on the wall.
PLAIN = ("reports/", "admin/", "open/", "quizzes/", "scenarios/", "cases/", "cohorts/")


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Not Found: /verify/kT9-xx_2/", "Not Found: /verify/…/"),
        ("Not Found: /v/ABCD-EFGH/", "Not Found: /v/…/"),
        ("Forbidden: /check-in/p/ann.2/", "Forbidden: /check-in/p/…/"),
        ("Gone: /accounts/password/reset/key/1-abc-def/", "Gone: /accounts/password/reset/key/…/"),
        ("Bad Request: /reports/people/?q=Ann+Joseph&page=2", "Bad Request: /reports/people/?…"),
        ("Not Found: /courses/forced-labour/", "Not Found: /courses/forced-labour/"),
        ("Is it there? yes", "Is it there? yes"),
        ("Failed to send 'Hello' to ann.joseph+x@police.gov.lc", "Failed to send 'Hello' to …@…"),
        ("{'Ann <ann@example.org>': (550, b'no')}", "{'Ann <…@…>': (550, b'no')}"),
    ],
)
def test_what_is_written(words, written):
    assert masked(words) == written


CHAIN = """Task id=7 failed
Traceback (most recent call last):
  File "a.py", line 1, in draw
    raise LookupError(name)
LookupError: Ann Joseph
of the police

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "b.py", line 2, in save
    cursor.execute(sql, params)
    ~~~~~~~~~~~~~~^^^^^^^^^^^^^
django.db.utils.IntegrityError: duplicate key value violates unique constraint "one_user_per_email"
DETAIL:  Key (lower(email))=(ann) already exists."""


def test_of_an_error_it_is_written_where_and_what_kind_but_not_in_which_words():
    written = masked(CHAIN)

    assert "Ann" not in written
    assert "police" not in written
    assert "DETAIL" not in written
    assert written.splitlines()[:5] == [*CHAIN.splitlines()[:4], "LookupError: …"]
    assert written.endswith('violates unique constraint "one_user_per_email"')
    assert written.count("Traceback") == 2


def test_a_line_that_python_knows_no_end_of_is_hidden():
    assert masked("Traceback (most recent call last):\n  File\n!? Ann") == (
        "Traceback (most recent call last):\n  File\n…"
    )


def test_arguments_are_masked_too():
    record = logging.LogRecord("django.request", 30, __file__, 1, "%s: %s", ("Not Found", "/v/ABCD/"), None)
    assert Discreet().format(record) == "Not Found: /v/…/"


def test_a_page_that_is_not_found_is_written_without_its_code(client, db, settings):
    written = []
    handler = logging.Handler()
    handler.emit = lambda record: written.append(Discreet().format(record))
    logging.getLogger("django.request").addHandler(handler)
    try:
        client.get("/v/ABCD-EFGH/nothing/?name=Ann")
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert written == ["Not Found: /v/…/nothing/"]


def test_every_handler_of_the_site_is_discreet(settings):
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"discreet"}
    # Nor does Django mail what fails to somebody, or print it by itself.
    assert logging.getLogger("django").handlers == []
    assert [settings.ADMINS, settings.MANAGERS] == [[], []]


def addresses(patterns=None, before=""):
    for each in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from addresses(each.url_patterns, address)
        else:
            yield address


def test_no_address_that_tells_by_being_known_is_forgotten():
    knowing = [
        one
        for one in addresses()
        if any(f":{part}>" in one for part in KNOWING) and not one.lstrip("^").startswith(PLAIN)
    ]
    assert "verify/<str:token>/" in knowing
    assert [one for one in knowing if not one.lstrip("^").startswith(tuple(f"{own}/" for own in OWN))] == []
