"""Every screen of the desk asks the database thirty times at most, with five thousand people as with ten."""

import re
from collections import Counter
from pprint import pformat

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from tests.factories import (
    make_course_page,
    make_lesson,
    make_module,
    make_quiz,
    paragraph,
    set_outline,
    single,
)
from tests.lms.desk.screens import addresses_of, in_menu, likely_of, make_world, rows_of, screens

MOST_QUERIES = 30
# The overview has a dozen figures, some of them in each of two periods; the end of a hand-over asks the doctor
# and the backups; a person's own copy, and what an erasure would take, ask each
# kind of record once.
MORE_QUERIES = {
    **{"reports_overview": 36, "handover_site": 47, "data_of": 144},
    # Three of them for who looked, and that one looks.
    **{"erasure_ask": 72, "erasure": 72, "person": 34, "keeping": 34},
}
# A list that asks for each of its rows does so more often. Wagtail's choosers do, for the ten they show.
MOST_ALIKE = 10
LARGEST = 200_000
EDITOR = 48


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world(5000)
        # As a real database does by itself: PostgreSQL that knows nothing of its tables plans badly.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield world
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def desk(world):
    client = Client()
    client.force_login(world.focal_point)
    client.get("/admin/")  # what is remembered between requests
    return client


def look(client, address):
    """(the answer, what is wrong with it): nothing for a screen that is light."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    alike = Counter(re.sub(r"'[^']*'|\b\d+\b", "?", query["sql"]) for query in captured)
    wrong = []
    if len(captured) > MORE_QUERIES.get(resolve(address.partition("?")[0]).url_name, MOST_QUERIES):
        wrong.append(f"{len(captured)} queries")
    wrong += [f"{n} times: {sql[:200]}" for sql, n in alike.items() if n > MOST_ALIKE]
    if not answer.streaming and len(answer.content) > LARGEST:
        wrong.append(f"{len(answer.content)} bytes")
    return answer, wrong


def narrowed(address, answer):
    """The address with each filter of the list, a search, and the second page."""
    context = answer.context or {}
    if "object_list" not in context or address.endswith(("/results/", "/rows/")):
        return  # the second name of a list: its first is looked at
    yield f"{address}?q=person"
    yield f"{address}?p=2"
    filters = context.get("filters")
    for name, field in filters.form.fields.items() if filters else ():
        values = [value for value, _label in getattr(field, "choices", ()) if value]
        if values:
            yield f"{address}?{name}={values[0]}"


def test_every_screen_is_light(world, desk):
    rows, likely = rows_of(world), likely_of(world)
    shown, offenders = 0, {}

    for screen in screens():
        for address in addresses_of(screen, rows, likely):
            answer, wrong = look(desk, address)
            if answer.status_code != 404:
                break
        else:
            offenders[screen.name] = "no row is known for which it is shown: name one in screens.rows_of"
            continue
        shown += answer.status_code == 200
        for each in narrowed(address, answer):
            wrong += [f"{each}: {what}" for what in look(desk, each)[1]]
        if wrong:
            offenders[address] = wrong

    assert not offenders, pformat(offenders, width=200)
    assert shown > 100


def test_what_the_menu_and_the_first_page_lead_to_is_light(world, desk):
    desk.get("/admin/")
    found = {address: look(desk, address) for address in ["/admin/", *in_menu(world.focal_point)]}

    assert {address: wrong for address, (_answer, wrong) in found.items() if wrong} == {}
    assert {answer.status_code for answer, _wrong in found.values()} == {200, 302}


def test_a_deed_for_everybody_found_is_asked_about_lightly(world, desk):
    with CaptureQueriesContext(connection) as captured:
        answer = desk.post("/admin/people/", {"deed": "assign", "scope": "all"})

    assert len(answer.context["chosen"].split(",")) > 4000
    assert len(captured) <= MOST_QUERIES


def test_the_editors_cost_the_same_however_much_is_written(world, desk):
    """Wagtail's own editor takes forty by itself; each part, question and list of sectors takes none."""
    parts = [make_lesson(world.page) for _n in range(8)]
    long = set_outline(world.page, [make_module(*world.page.lesson_pages, *parts, sectors=["police"])])
    short = make_course_page(modules=[make_module(make_lesson())])
    pairs = [
        (short, long),
        (make_lesson(blocks=[paragraph()]), make_lesson(blocks=[paragraph() for _n in range(9)])),
        (make_quiz(questions=[single()]), make_quiz(questions=[single() for _n in range(9)])),
    ]
    for few, many in pairs:
        costs = []
        for page in (few, few, many):
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
            costs.append(len(queries))
        assert costs[2] <= costs[1] + 4 <= EDITOR, (type(many), costs)
