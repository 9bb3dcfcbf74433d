"""Who looked at whose personal data: once a day, never at one's own, for some years."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from courses.people.merging import merge
from lms.looks.models import Look
from lms.looks.noting import KEPT_FOR, forget_looks, looked
from lms.looks.places import Place
from lms.own_data.making import make
from tests.factories import make_enrolment, make_person, make_site, make_small_course
from tests.lms.own_data.test_own_data import opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


def looks():
    return [(look.actor_name, look.person and look.person.full_name, look.place) for look in Look.objects.all()]


def test_the_page_of_a_person_is_written_down_once_a_day(client_of, focal_point, constable):
    client = client_of(focal_point)
    client.get(f"/admin/people/{constable.person.pk}/")
    client.get(f"/admin/people/{constable.person.pk}/")
    client.get(f"/reports/people/{constable.person.uuid}/transcript/")

    assert sorted(looks()) == [
        ("Francine Focal", "Constance Joseph", "record"),
        ("Francine Focal", "Constance Joseph", "transcript"),
    ]


def test_a_list_is_written_down_without_naming_who_is_in_it(client_of, supervisor_police, constable):
    client = client_of(supervisor_police)
    client.get("/reports/")
    client.get("/reports/?p=2")

    assert looks() == [(str(supervisor_police), None, "people")]


def test_ones_own_and_what_is_refused_are_not_written_down(
    client_of, constable, focal_point, supervisor_police
):
    client_of(focal_point).get(f"/admin/people/{focal_point.person.pk}/")
    client_of(supervisor_police).get(f"/admin/people/{constable.person.pk}/")
    client_of(constable).get("/my/record/")
    client_of(None).get("/reports/")

    assert looks() == []


def test_who_looked_at_a_merged_record_looked_at_the_person(focal_point, constable):
    twin = make_person(full_name="C. Joseph")
    merge(twin, constable.person, actor=None, at=timezone.now())
    twin.refresh_from_db()

    looked(focal_point, Place.RECORD, person=twin, at=timezone.now())

    assert Look.objects.get().person == constable.person


def test_the_next_day_is_another_look(focal_point, constable):
    at = timezone.now()
    for days in (0, 0, 1):
        looked(focal_point, Place.RECORD, person=constable.person, at=at + timedelta(days=days))

    assert Look.objects.count() == 2


def test_the_page_of_the_person_says_who_looked(client_of, focal_point, administrator, constable):
    client_of(administrator).get(f"/admin/people/{constable.person.pk}/")

    page = client_of(focal_point).get(f"/admin/people/{constable.person.pk}/").content.decode()
    everything = client_of(focal_point).get(f"/admin/looks/?person={constable.person.uuid}").content.decode()

    mine = client_of(focal_point).get(f"/admin/looks/?who={administrator.pk}").content.decode()
    for text in (page, everything, mine):
        assert str(administrator) in text
        assert "the person’s record" in text
    assert "Nobody has looked" in client_of(focal_point).get("/admin/looks/?who=987654321").content.decode()


def test_the_person_reads_it_in_the_copy_of_their_data(client_of, focal_point, constable):
    client_of(focal_point).get(f"/admin/people/{constable.person.pk}/")

    _archive, data = opened(make(constable.person, actor=constable, at=timezone.now()))

    assert [(row["actor_name"], row["place"]) for row in data["look"]] == [("Francine Focal", "record")]


def test_answers_are_written_down_beside_the_audit_log(client_of, focal_point, constable):
    course = make_small_course()
    enrolment = make_enrolment(constable.person, course.course)
    client_of(focal_point).get(f"/admin/exceptions/{enrolment.pk}/")

    assert looks() == [("Francine Focal", "Constance Joseph", "enrolment")]


def test_looks_are_forgotten_after_some_years(focal_point, constable, settings, tmp_path):
    settings.BACKUP_ROOT = str(tmp_path)
    now = timezone.now()
    for age in (KEPT_FOR + timedelta(days=1), timedelta(days=1)):
        looked(focal_point, Place.RECORD, person=constable.person, at=now - age)

    call_command("forget")

    assert Look.objects.count() == 1
    assert forget_looks(at=now) == 0
