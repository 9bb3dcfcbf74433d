import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import RegistrationWay
from courses.people.merging import merge
from courses.people.models import Merge, NotTheSame, Person
from courses.people.noting import add_note
from lms.desk.people import alike
from tests.factories import (
    make_agency,
    make_completion,
    make_course,
    make_enrolment,
    make_person,
    make_registration,
    make_site,
    make_workshop,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


@pytest.fixture
def marva(police):
    return make_person(full_name="Marva Louis-James", agency=police, service_number="PC 412")


@pytest.fixture
def walk_in(police):
    person = make_person(full_name="Marva Louis", agency=police, phone="+17584521234")
    make_registration(make_workshop(title="Ask, listen, refer"), person, RegistrationWay.WALK_IN)
    return person


def text(response):
    return " ".join(response.content.decode().split())


# --- Choosing, comparing, merging, undoing ----------------------------------------------


def test_from_the_persons_page_to_one_record_and_back(desk, marva, walk_in):
    course = make_course(title="Signs")
    make_enrolment(marva, course)
    make_enrolment(walk_in, course)
    earlier = make_completion(make_enrolment(walk_in, make_course(title="Before")))
    add_note(walk_in, "Came late", actor="Felix", at=NOW)
    choose = f"/admin/people/{walk_in.pk}/merge/"
    compare = f"{choose}{marva.pk}/"

    assert f'href="{choose}"' in text(desk.get(f"/admin/people/{walk_in.pk}/"))
    assert f'href="{compare}"' in text(desk.get(choose))
    for words in ("Louis-James", "412", "royal saint", "marva police"):
        assert f'href="{compare}"' in text(desk.get(choose, {"q": words})), words
    assert "Nobody fits" in text(desk.get(choose, {"q": "Zzz\x00"}))

    page = text(desk.get(compare))
    for words in (
        "Ask, listen, refer: Registered",
        "Signs is open in both",
        "Before: Active",
        "The record that stays has no telephone number",
        f'href="/admin/people/{marva.pk}/merge/{walk_in.pk}/"',
    ):
        assert words in page, words
    assert not Merge.objects.exists()

    after = text(desk.post(compare, follow=True))
    for words in ("Merged from Marva Louis on", "Before", "Came late"):
        assert words in after, words
    assert desk.get(f"/admin/people/{walk_in.pk}/").status_code == 404
    assert Person.objects.get(pk=walk_in.pk).counts_as == marva

    undo = f"/admin/people/unmerge/{Merge.objects.get().pk}/"
    assert f'href="{undo}"' in after
    assert "two records stand by themselves" in text(desk.get(undo))
    again = text(desk.post(undo, follow=True))
    assert "Merged from" not in again
    assert earlier.enrolment.person == Person.objects.get(pk=walk_in.pk).counts_as == walk_in
    assert desk.post(undo).status_code == 404


def test_what_cannot_be_merged_says_so_and_offers_the_other_way(desk, constable, walk_in, supervisor_police):
    address = f"/admin/people/{constable.person.pk}/merge/{walk_in.pk}/"
    turned = f"/admin/people/{walk_in.pk}/merge/{constable.person.pk}/"
    page = text(desk.get(address))

    assert "Only this record has a log-in" in page
    assert "Yes, merge them" not in page
    assert f'href="{turned}"' in page
    assert "Nothing was merged" in text(desk.post(address, follow=True))
    assert not Merge.objects.exists()
    oneself = f"/admin/people/{walk_in.pk}/merge/{walk_in.pk}/"
    assert desk.get(oneself).status_code == 404


def test_the_list_of_people_and_their_filters_follow_the_pointer(desk, marva, walk_in):
    course = make_course()
    make_completion(make_enrolment(walk_in, course, last_seen_at=NOW))
    merge(walk_in, marva, actor=None, at=NOW)

    found = desk.get("/admin/people/", {"course": course.pk, "status": "completed"}).context["object_list"]
    assert list(found) == [marva]
    assert found[0].heard_at == NOW
    chosen = {"deed": "assign", "row": [marva.pk]}
    desk.post("/admin/people/", chosen)
    looked = desk.post(
        "/admin/people/assign/",
        {"chosen": marva.pk, "course": course.pk, "due_on": "", "step": "look"},
    )
    assert "Have it already (1)" in text(looked)


# --- Same person? -----------------------------------------------------------------------


def test_walk_ins_stand_first_and_what_was_answered_is_not_asked_again(desk, marva, walk_in, hospital):
    twins = [make_person(full_name="Ann Joseph", agency=hospital), make_person(full_name="Joseph, Ann")]
    page = desk.get("/admin/people/same/")

    assert [(pair.person, pair.into, pair.is_walk_in) for pair in page.context["pairs"]] == [
        (walk_in, marva, True),
        (twins[1], twins[0], False),
    ]
    assert f'href="/admin/people/{walk_in.pk}/merge/{marva.pk}/"' in text(page)

    for _n in range(2):
        desk.post("/admin/people/same/", {"one": marva.pk, "other": walk_in.pk, "p": "1"})
    assert NotTheSame.objects.count() == 1
    assert AuditEntry.objects.filter(verb="not the same").count() == 2
    assert len(desk.get("/admin/people/same/").context["pairs"]) == 1
    assert "One of the two" in text(desk.post("/admin/people/same/", {"one": "x", "other": "1"}, follow=True))


def test_the_one_who_signs_in_stays(desk, constable):
    other = make_person(full_name="Joseph Constance", agency=make_agency())

    (pair,) = desk.get("/admin/people/same/").context["pairs"]
    assert (pair.person, pair.into) == (other, constable.person)


def test_as_many_queries_for_many_pairs_as_for_one(desk, focal_point, police):
    costs = []
    for n in (2, 30):
        for i in range(n):
            make_person(full_name=f"Twin {'abcdefghij'[i % 10]}", agency=police)
        with CaptureQueriesContext(connection) as queries:
            alike.shown(alike.pairs_for(focal_point)[:25])
        costs.append(len(queries))
    assert costs[0] <= costs[1] <= 5
