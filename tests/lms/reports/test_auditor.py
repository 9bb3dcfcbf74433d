"""The auditor: let in at the desk until a day; what an auditor looks at is on record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import Role
from courses.people.models import User
from tests.factories import make_completion, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


def give(client_of, administrator, person, **data):
    return client_of(administrator).post(f"/admin/people/role/{person.pk}/", data)


def looked():
    entries = AuditEntry.objects.filter(verb="auditor looked").order_by("id")
    return [(entry.facts["page"], entry.facts["asked"]) for entry in entries]


def test_an_administrator_gives_the_role_until_a_day_and_takes_it_away(client_of, administrator, constable):
    day = timezone.localdate() + timedelta(days=60)
    given = give(client_of, administrator, constable.person, role="auditor", until=day.isoformat())
    asked = User.objects.get(pk=constable.pk)
    page = client_of(administrator).get(f"/admin/people/{constable.person.pk}/")
    told = [event.what for event in page.context["history"]]
    give(client_of, administrator, constable.person, role="trainee", until=day.isoformat())
    after = User.objects.get(pk=constable.pk)

    assert given.status_code == 302
    assert (asked.role, asked.role_until, after.role, after.role_until) == ("auditor", day, "trainee", None)
    assert told == [f"Role changed from Trainee to Auditor, until {day.day} {day:%B %Y}"]
    assert f"Role: Auditor until {day.day} {day:%B %Y}." in page.content.decode()


@pytest.mark.parametrize("days", [None, -1, 400])
def test_the_form_asks_for_a_day_within_a_year(client_of, administrator, constable, days):
    day = "" if days is None else (timezone.localdate() + timedelta(days=days)).isoformat()
    page = give(client_of, administrator, constable.person, role="auditor", until=day)

    assert list(page.context["form"].errors) == ["until"]
    assert User.objects.get(pk=constable.pk).role == Role.TRAINEE


def test_home_says_until_when_and_the_day_after_it_is_a_trainees(client_of, auditor):
    day = auditor.role_until
    before = client_of(auditor).get("/").content.decode()
    User.objects.filter(pk=auditor.pk).update(role_until=timezone.localdate() - timedelta(days=1))
    client = client_of(auditor)
    after = client.get("/")

    assert f"until {day.day} {day:%B %Y}" in before
    assert 'href="/reports/overview/">See the figures' in before
    assert after.status_code == 200
    assert "look at the figures" not in after.content.decode()
    assert client.get("/reports/figures/people/").status_code == 403


def test_the_desk_and_the_results_stay_shut(client_of, auditor):
    client = client_of(auditor)

    assert {client.get(path).status_code for path in ["/admin/", "/admin/people/", "/admin/results/"]} == {403}


def test_it_wants_the_second_step_as_other_staff_do(client_of, settings, auditor):
    settings.STAFF_SECOND_FACTOR = True

    assert "/2fa/" in client_of(auditor).get("/reports/")["Location"]
    assert looked() == []


def test_every_page_list_and_export_an_auditor_opens_is_on_record(client_of, auditor, focal_point):
    make_completion()
    client = client_of(auditor)
    client.get("/reports/?q=Anna&status=studying")
    client.get("/reports/figures/people/?period=calendar-2026")
    client.get("/reports/figures/people/csv/")
    client.get("/reports/figures/nothing/")
    client_of(focal_point).get("/reports/figures/people/")

    assert looked() == [
        ("/reports/", "status=studying"),
        ("/reports/figures/people/", "period=calendar-2026"),
        ("/reports/figures/people/csv/", ""),
    ]
