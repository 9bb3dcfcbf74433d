"""Every address x every role x GET and POST: what is answered and how it is sent. One without a row fails.

The objects belong to the constable. For everybody else they answer as absent ones do. Every word about the
constable is a canary's: nobody's data stands in an address, in a line of the log, in the subject of a letter.
"""

import uuid

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from courses.mailing.models import Letter
from courses.people import card_sheet
from tests import canaries
from tests.access.answers import LOG_IN
from tests.access.desk import DESK_ROWS
from tests.access.headers import wrong
from tests.access.own import ACCOUNT_ROWS, ROWS
from tests.access.world import POSTED, make_world
from tests.factories import make_post
from tests.people import CAST
from tests.routes import all_routes, sample_address

pytestmark = pytest.mark.django_db

# Wagtail's and allauth's own addresses share a rule for each prefix.
DESK = ("admin/", "^admin/")
SHARED = ("accounts/", "documents/", "media/", "^static/")
WAGTAIL_PAGES = ("wagtail_serve", "wagtailcore_login", "wagtailcore_authenticate_with_password")
NO_DATA = ("/admin/sprite/", "/admin/jsi18n/")
MAY_ENTER_DESK = {"focal_point", "administrator"}
# One of each standing; the matrix above asks for everybody.
KEPT_OUT = ["anonymous", "facilitator", "supervisor_police", "auditor"]


@pytest.fixture
def constable(police):
    return canaries.make_canary(police, post=make_post(agency=police, name="Gros Islet"), sex="female")


@pytest.fixture
def world(constable, facilitator):
    return make_world(constable, facilitator)


def answer_of(response):
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return LOG_IN
    return response.status_code


def expected(row, role):
    return row if not isinstance(row, dict) else row.get(role, row["others"])


def test_every_address_answers_every_role_as_written(request, client_of, world, monkeypatch):
    """One world for all; what a role did in it is taken back before the next one comes."""
    monkeypatch.setattr(card_sheet, "draw", lambda cards, request: b"%PDF-1.7")  # drawing is not asked here
    users = {role: request.getfixturevalue(role) for role in CAST}
    found, written, badly_sent, telling, shown, subjects = {}, {}, {}, {}, set(), set()
    for role, user in users.items():
        with transaction.atomic(), canaries.listening() as ear:
            client = client_of(user)
            for name, (get, post) in (DESK_ROWS | ACCOUNT_ROWS | ROWS).items():
                address = reverse(name, args=world.get(name, []))
                for method, row in (("GET", get), ("POST", post)):
                    send = client.get if method == "GET" else client.post
                    data = POSTED.get(name, {}) if method == "POST" else {}
                    answer = send(address, data)
                    found[role, name, method] = answer_of(answer)
                    if faults := wrong(answer, signed_in=user is not None):
                        badly_sent[role, name, method] = faults
                    if canaries.WORDS.search(canaries.text_of(answer)):
                        shown.add(name)
                    if told := canaries.telling(answer):
                        telling[role, name, method] = told
                    written[role, name, method] = expected(row, role)
            subjects.update(Letter.objects.values_list("subject", flat=True))
            telling |= {role: ear.telling} if ear.telling or not ear.lines else {}
            transaction.set_rollback(True)

    subjects.update(message.subject for message in mail.outbox)
    assert {asked: got for asked, got in found.items() if got != written[asked]} == {}
    assert found.keys() == written.keys()
    # Content policy, no-store, nothing inline: see tests/access/headers.py.
    assert badly_sent == {}
    # Nobody's data where others pass by: see tests/canaries.py.
    assert telling == {}
    assert len(shown) > 30
    assert [subject for subject in subjects if canaries.WORDS.search(subject)] == []
    assert len(subjects) > 3


def own_routes():
    return [
        (route, name)
        for route, name in all_routes()
        if not route.startswith(DESK + SHARED) and name not in WAGTAIL_PAGES
    ]


def test_every_address_of_ours_has_a_row():
    assert {name for _route, name in own_routes()} == set(ROWS)


@pytest.mark.parametrize(
    "name", ["attempt", "attempt_question", "attempt_review", "attempt_result", "certificate"]
)
def test_somebody_elses_object_answers_exactly_as_an_absent_one(client_of, nurse, world, name):
    client = client_of(nurse)
    others, absent = list(world[name]), list(world[name])
    absent[0] = uuid.uuid4() if isinstance(absent[0], uuid.UUID) else "SL-2020-00001-A"

    theirs = client.get(reverse(name, args=others))
    nobodys = client.get(reverse(name, args=absent))

    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content.replace(str(others[0]).encode(), b"") == nobodys.content.replace(
        str(absent[0]).encode(), b""
    )


@pytest.mark.same_everywhere
def test_nothing_of_the_desk_opens_for_others(request, client_of, world):
    """Every address below /admin/, with sample values: each for a trainee, and for one of the others in turn.
    One door keeps them all out."""
    trainee = client_of(request.getfixturevalue("constable"))
    others = [client_of(request.getfixturevalue(role)) for role in KEPT_OUT]
    opened = []
    for n, (route, _name) in enumerate(all_routes()):
        if route.startswith(DESK):
            address = sample_address(route)
            for client in (trainee, others[n % len(others)]):
                for response in (client.get(address), client.post(address)):
                    if response.status_code not in (302, 403, 404, 405):
                        opened.append((address, response.status_code))

    # Drawings of the admin's icons and the texts of its scripts: no data.
    assert {row for row in opened if not row[0].startswith(NO_DATA)} == set()


@pytest.mark.parametrize("role", sorted(MAY_ENTER_DESK))
def test_the_desk_opens_for_those_who_run_the_site(request, client_of, world, role):
    client = client_of(request.getfixturevalue(role))

    assert client.get(reverse("wagtailadmin_home")).status_code == 200


@pytest.mark.parametrize("role", ["anonymous", "constable"])
def test_pages_of_ones_own_are_never_kept(request, client_of, world, role):
    client = client_of(request.getfixturevalue(role))
    response = client.get(reverse("home"))

    kept = response.headers.get("Cache-Control", "")
    assert ("no-store" in kept) == (role == "constable")
