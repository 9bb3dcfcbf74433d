"""Every address, opened by everybody who may: what shows somebody's name to somebody else is written down.

And no page of the desk leads to an address that tells it, nor does a line of the log.
"""

from html import unescape
from urllib.parse import unquote_plus

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from courses.enrolment.cohorts import Invitation
from courses.mailing.models import Letter
from courses.people import card_sheet
from courses.people.models import Person, User
from lms.looks.places import OF_MANY, OF_ONE
from tests import canaries
from tests.access.desk import DESK_ROWS
from tests.access.own import ROWS
from tests.access.world import make_world
from tests.lms.desk import screens as desk

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

STAFF = ["facilitator", "supervisor_police", "auditor", "focal_point", "administrator"]
TEXT = ("text/", "application/json", "application/manifest")
PUBLIC = "It shows everybody who has the code what is on the certificate."
OWN = "Only one's own is shown there."
EMPTY = "A paper or an example: nobody is named."
OFFICE = "Those are people of the office, by their work: who leads a workshop, who hands over."
SEALED = "Nobody reads it without the key of the backups; who took it away has an entry of its own."
# What shows a name, or is no text, and is nobody's personal data.
EXCUSED = {
    **dict.fromkeys(["verify_code", "verify_token"], PUBLIC),
    "my_transcript": OWN,
    "archive_file": SEALED,
    **dict.fromkeys(["desk_specimen", "workshop_poster", "workshop_survey_sheet"], EMPTY),
    **dict.fromkeys(["table_top_cards", "table_top_trainer", "class_debrief_pdf"], EMPTY),
    **dict.fromkeys([f"workshops:{name}" for name in ("add", "edit", "index", "index_results")], OFFICE),
    **dict.fromkeys([f"cohorts:{name}" for name in ("add", "edit", "index", "index_results")], OFFICE),
    **dict.fromkeys(["reports_workshops", "report_workshops_sheet"], OFFICE),
    **dict.fromkeys(["handovers", *(f"handover{name}" for name in ("", "_day", "_give_up"))], OFFICE),
    **dict.fromkeys([f"handover_{name}" for name in ("questions", "site", "record")], OFFICE),
}


def names_somebody(response, names):
    """What is no text is taken to do so."""
    if response.status_code != 200:
        return False
    if not response["Content-Type"].startswith(TEXT):
        return True
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return any(name in content.decode() for name in names)


def telling(response, known):
    """The addresses in a page that tell one of what is known about people."""
    addresses = {unquote_plus(unescape(address)).casefold() for address in canaries.addresses_in(response)}
    return sorted(address for address in addresses if any(word in address for word in known))


def known_of_everybody(others):
    """Names, addresses, telephone and service numbers, as they may stand in an address."""
    facts = {*others.values_list("full_name", flat=True), *Letter.objects.values_list("address", flat=True)}
    for field in ("phone", "service_number", "contact_email"):
        facts.update(others.exclude(**{field: ""}).values_list(field, flat=True))
    facts.update(User.objects.exclude(email=None).values_list("email", flat=True))
    facts.update(Invitation.objects.values_list("address", flat=True))
    return {fact.lstrip("+").casefold() for fact in facts} | {canaries.BIRD}


@pytest.fixture
def opened(request, client_of, constable, facilitator, monkeypatch):
    """{names of addresses that showed the constable to one of the staff}"""
    monkeypatch.setattr(card_sheet, "draw", lambda cards, request: b"%PDF-1.7")  # drawing is not asked here
    world, found = make_world(constable, facilitator), set()
    for role in STAFF:
        with transaction.atomic():
            client = client_of(request.getfixturevalue(role))
            for name in DESK_ROWS | ROWS:
                response = client.get(reverse(name, args=world.get(name, [])))
                if names_somebody(response, [constable.person.full_name]):
                    found.add(name)
            transaction.set_rollback(True)
    return found


@pytest.fixture
def opened_at_the_desk(client_of):
    """{names of the desk's screens that showed somebody to the focal point}, and of those where an address or
    a line of the log told it: {name: them}"""
    world = desk.make_world(60)
    client, found, told = client_of(world.focal_point), set(), {}
    others = Person.objects.exclude(pk=world.focal_point.person_id)
    names = list(others.values_list("full_name", flat=True))
    names.append(canaries.FACTS["full_name"])
    canaries.turn_into_canary(world.people[0])
    known = known_of_everybody(others)
    rows, likely = desk.rows_of(world), desk.likely_of(world)
    for screen in desk.screens():
        for address in desk.addresses_of(screen, rows, likely):
            with transaction.atomic(), canaries.listening() as ear:
                response = client.get(address)
            if response.status_code != 404:
                break
        if names_somebody(response, names):
            found.add(screen.name)
        written = [line for line in ear.lines if any(word in line.casefold() for word in known)]
        if betrayed := written + telling(response, known):
            told[screen.name] = betrayed
    return found, told


def test_what_shows_a_name_is_written_down_or_excused_and_no_address_tells_it(opened, opened_at_the_desk):
    at_the_desk, told = opened_at_the_desk
    found = opened | at_the_desk

    assert told == {}
    assert found - OF_ONE.keys() - OF_MANY.keys() - EXCUSED.keys() == set()
    # No excuse for what shows nobody, or is written down.
    assert EXCUSED.keys() - found == set()
    assert EXCUSED.keys() & (OF_ONE.keys() | OF_MANY.keys()) == set()
    assert len(found) > 80


def test_every_address_that_is_written_down_is_there():
    known = set()
    for name in [*OF_ONE, *OF_MANY]:
        try:
            reverse(name)
        except NoReverseMatch as error:
            if "with no arguments" not in str(error):
                continue
        known.add(name)

    assert set(OF_ONE) | set(OF_MANY) == known
    assert OF_ONE.keys() & OF_MANY.keys() == set()
