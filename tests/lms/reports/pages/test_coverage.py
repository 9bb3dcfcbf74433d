"""Coverage: which posts have nobody who is trained; every number is as long as its list."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from courses.audit.models import AuditEntry
from courses.choices import Approval
from courses.people.merging import merge
from lms.reports.figures import scope as scopes
from lms.reports.pages.coverage import table_of
from tests.factories import make_person, make_post
from tests.lms.reports.holding import certify

pytestmark = pytest.mark.django_db
URL = "/reports/coverage/"


@pytest.fixture
def audit(client_of, auditor):
    return client_of(auditor)


@pytest.fixture
def posts(police, hospital):
    """Vieux Fort has one trained, Dennery nobody, Castries two of three and one of them for good."""
    castries, dennery, fort = (make_post(agency=police, name=name) for name in ("Castries", "Dennery", "Fort"))
    clinic = make_post(agency=hospital, name="Clinic", headcount=4)
    one, two, three = (make_person(agency=police, post=castries) for _n in range(3))
    certify(one)
    certify(two, 20)
    certify(two, 5)
    make_person(agency=police, post=dennery)
    certify(make_person(agency=police, post=fort), 45)
    return {
        "castries": castries,
        "dennery": dennery,
        "fort": fort,
        "clinic": clinic,
        "two": two,
        "three": three,
    }


def rows_of(client, **query):
    return {row.post.name: row for row, *_rest in client.get(URL, query).context["rows"]}


def counts(client, **query):
    return {name: n for name, _words, n in client.get(URL, query).context["counts"]}


def test_a_target_that_is_not_set_says_so_and_the_desk_can_set_it(audit, desk, posts, police):
    assert [target for row, *_some, target, _n in audit.get(URL).context["rows"]].count("Not set") == 3
    address = reverse("agencies:edit", args=[police.pk])
    assert f'<a href="{address}">Not set</a>' in desk.get(URL).content.decode()
    assert address not in audit.get(URL).content.decode()


def test_the_barest_stand_first_and_in_words(audit, posts):
    shown = audit.get(URL).context["rows"]
    until = timezone.localdate() + timedelta(days=45)

    assert [(row.post.name, words[2]) for row, words, *_rest in shown] == [
        ("Dennery", "Nobody trained now"),
        ("Clinic", "Nobody trained now"),
        ("Fort", f"One person, until {date_format(until, 'j F Y')}"),
        ("Castries", "2 people, without an end"),
    ]


def test_what_lapses_is_counted_ahead(audit, posts):
    rows = rows_of(audit)

    assert rows["Castries"].covered.lapsing == (1, 1, 1)
    assert rows["Fort"].covered.lapsing == (0, 1, 1)
    assert counts(audit) == {"": 4, "uncovered": 2, "within-30": 0, "within-60": 1, "within-90": 1}
    assert list(rows_of(audit, show="within-60")) == ["Fort"]


def test_every_number_is_as_long_as_its_list(audit, posts):
    """Whatever number is linked from the page, the page behind it has so many rows, and so has its sheet."""
    html = audit.get(URL).content.decode()
    links = re.findall(r'href="(/reports/coverage/people/\d+/[^"]*)">(\d+)</a>', html)
    assert len(links) == 10

    for address, n in links:
        address = address.replace("&amp;", "&")
        assert audit.get(address).context["listing"].paginator.count == int(n)
        sheet = audit.get(address.replace("/?", "/csv/?"))
        text = b"".join(sheet.streaming_content).decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(text)))) == int(n) + 1


def test_who_left_waits_or_was_merged_is_not_stationed(audit, posts, police):
    post = posts["dennery"]
    gone = make_person(agency=police, post=post, left_on=timezone.localdate())
    waiting = make_person(agency=police, post=post, approval=Approval.PENDING)
    same = make_person(agency=police, post=post)
    for person in (gone, waiting, same):
        certify(person, 50)
    merge(same, posts["three"], actor=None, at=timezone.now())

    rows = rows_of(audit)

    assert (rows["Dennery"].covered.people, rows["Dennery"].covered.trained) == (1, 0)
    # What the merged record earned is the survivor's.
    assert (rows["Castries"].covered.people, rows["Castries"].covered.trained) == (3, 3)


def test_a_post_of_another_agency_and_none_are_without_a_post(audit, posts, police, hospital):
    certify(make_person(agency=hospital, post=posts["fort"]), 20)
    make_person(agency=None)
    police.retired = True
    police.save()

    page = audit.get(URL)

    assert [row.post.name for row, *_rest in page.context["rows"]] == ["Clinic"]
    there = audit.get(reverse("coverage_people", args=["no-post"]), {"show": "trained"})
    assert page.context["elsewhere"].trained == there.context["listing"].paginator.count == 1
    everybody = audit.get(reverse("coverage_people", args=["no-post"]))
    assert page.context["elsewhere"].people == everybody.context["listing"].paginator.count


def test_a_supervisor_sees_the_own_agency_alone(client_of, supervisor_police, posts, hospital):
    page = client_of(supervisor_police)
    asked = {"agency": hospital.pk, "sector": "police"}

    assert sorted(rows_of(page)) == ["Castries", "Dennery", "Fort"]
    assert rows_of(page, **asked) == {}
    assert b"Clinic" not in page.get(URL, asked).content
    for suffix in ("", "csv/"):
        assert page.get(f"{URL}people/{posts['clinic'].pk}/{suffix}").status_code == 404
    sheet = b"".join(page.get(f"{URL}posts/csv/").streaming_content)
    assert b"Castries" in sheet
    assert b"Clinic" not in sheet


@pytest.mark.parametrize("narrow", ["agency", "sector"])
def test_it_is_narrowed_by_agency_and_sector_and_nothing_else(audit, posts, hospital, narrow):
    asked = {"agency": hospital.pk, "sector": "health"}

    assert list(rows_of(audit, **{narrow: asked[narrow]})) == ["Clinic"]
    assert len(rows_of(audit, sex="female", funder="IOM", kind="workshop")) == 4


def test_the_sheet_is_the_page(audit, posts, auditor):
    shown = audit.get(URL).context["rows"]
    table = table_of(scopes.read({}), timezone.localdate())

    assert [row[2] for row in table.rows] == [words[2] for _row, words, *_rest in shown]
    text = b"".join(audit.get(f"{URL}posts/csv/?show=uncovered").streaming_content).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text))][1:] == ["Dennery", "Clinic"]
    entry = AuditEntry.objects.get(verb="report exported")
    assert (entry.actor_name, entry.facts["report"]) == (str(auditor), "coverage")
    assert audit.get(f"{URL}posts/exe/").status_code == 404


@pytest.mark.parametrize("address", [URL, "/reports/coverage/people/no-post/"])
def test_queries_do_not_grow(audit, posts, police, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(25) as few:
        audit.get(address)
    for _n in range(12):
        certify(make_person(agency=police, post=make_post(agency=police)), 20)
        certify(make_person(agency=police), 20)

    with django_assert_max_num_queries(len(few)):
        audit.get(address)
