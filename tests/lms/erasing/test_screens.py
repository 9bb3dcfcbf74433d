"""The pages of erasing: what is said before, who may go on, and what the clock finds."""

from datetime import date, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from courses.choices import Approval, ErasureWhy, Role
from courses.enrolment.cohorts import Invitation
from courses.mailing.models import Letter
from courses.people.models import Person, User
from lms.erasing import asking, clock
from lms.erasing.models import Erasure, KeepingTimes
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(db):
    return make.make_site()


@pytest.fixture
def leaver(police):
    person = make.make_person(full_name="Leonora Leaver", agency=police, left_on=date(2015, 1, 31))
    make.make_user(email="leonora@example.org", person=person)
    return person


@pytest.fixture
def second(department):
    return make.make_user(role=Role.FOCAL_POINT, person=make.make_person(full_name="Second One"))


def test_one_asks_another_confirms_and_each_page_says_what_happens(client_of, leaver, focal_point, second):
    first, other = client_of(focal_point), client_of(second)
    address = f"/admin/erasing/of/{leaver.uuid}/"

    said = first.get(address).content.decode()
    assert "There is no training to prove: the name goes too." in said
    assert "log-in" in said

    asked = first.post(address, {"why": "asked", "filed_as": "12/2026"})
    erasure = Erasure.objects.get()
    assert asked["Location"] == f"/admin/erasing/{erasure.uuid}/"
    page = first.get(asked["Location"]).content.decode()
    assert "You asked for it: a second person" in page
    assert "confirm/" not in page

    confirm = f"/admin/erasing/{erasure.uuid}/confirm/"
    assert (
        first.post(confirm, {"sure": "on"}, follow=True).content.decode().count("whoever asked for it cannot")
        == 1
    )
    assert User.objects.filter(person=leaver).exists()

    assert other.post(confirm, {}).status_code == 200
    assert User.objects.filter(person=leaver).exists()
    assert "It is erased." in other.post(confirm, {"sure": "on"}, follow=True).content.decode()
    assert not User.objects.filter(person=leaver).exists()
    assert "Erased record" in other.get("/admin/erasing/").content.decode()


def test_who_serves_is_told_so_without_a_button(client_of, constable, focal_point):
    page = client_of(focal_point).get(f"/admin/erasing/of/{constable.person.uuid}/").content.decode()

    assert "First write down the day on which this person left" in page
    assert "Ask for it" not in page


def test_a_supervisor_and_a_trainee_find_nothing(client_of, leaver, constable, supervisor_police):
    for user in (constable, supervisor_police):
        assert client_of(user).get(f"/admin/erasing/of/{leaver.uuid}/").status_code in (302, 403)


def test_the_erased_are_signed_out(client_of, leaver, focal_point, second):
    theirs = client_of(leaver.user)
    erasure = asking.ask(leaver, why=ErasureWhy.ASKED, actor=focal_point, at=timezone.now())
    client_of(second).post(f"/admin/erasing/{erasure.uuid}/confirm/", {"sure": "on"})

    assert "/accounts/login/" in theirs.get("/my/record/")["Location"]


def test_the_clock_lists_whose_time_is_over_and_nobody_else(leaver, constable, focal_point):
    today = timezone.localdate()
    make.make_person(full_name="Just Left", left_on=today - timedelta(days=30))
    waiting = make.make_person(full_name="Never Approved", approval=Approval.PENDING)
    Person.objects.filter(pk=waiting.pk).update(created_at=timezone.now() - timedelta(days=400))
    make.make_person(full_name="New", approval=Approval.PENDING)
    staff = make.make_user(role=Role.FACILITATOR, person=make.make_person(left_on=date(2001, 1, 1)))

    def found():
        return {person.full_name for person in clock.whose_time_is_over(timezone.now())}

    assert found() == {"Leonora Leaver", "Never Approved"}
    assert staff.person.full_name not in found()

    times = KeepingTimes.for_site(Site.objects.get())
    times.years_after_leaving, times.months_after_refusal = 30, 24
    times.save()
    assert found() == set()


def test_ticked_people_are_asked_for_at_once(client_of, leaver, focal_point, constable):
    client = client_of(focal_point)
    assert "Leonora Leaver" in client.get("/admin/erasing/keeping/").content.decode()

    answer = client.post("/admin/erasing/keeping/", {"person": [leaver.pk, constable.person.pk, "x"]})

    assert answer["Location"] == "/admin/erasing/"
    assert [each.person for each in Erasure.objects.all()] == [leaver]
    assert Erasure.objects.get().why == "time"
    assert "Leonora Leaver" not in client.get("/admin/erasing/keeping/").content.decode()
    assert client.post("/admin/erasing/keeping/", {})["Location"] == "/admin/erasing/keeping/"


SESSIONS = "Where sessions came from: address and browser"


def due_of(at):
    return {str(kind.what): kind.due for kind in clock.kinds(at) if kind.due}


def test_the_night_forgets_what_is_over_and_nothing_else(constable, tmp_path, settings):
    settings.BACKUP_ROOT = str(tmp_path)
    now = timezone.now()
    long_ago = now - timedelta(days=400)
    old, fresh = make.make_invitation("old@example.org", at=long_ago), make.make_invitation("new@example.org")
    taken = make.make_invitation("taken@example.org", at=long_ago)
    Invitation.objects.filter(pk=taken.pk).update(accepted_at=long_ago, person=constable.person)
    make.make_letter(person=None, address="old@example.org")
    Letter.objects.update(body="")
    client = Client()
    client.force_login(constable)
    over = UserSession.objects.create(user=constable, ip="10.9.8.7", user_agent="", session_key="b" * 32)
    alive = UserSession.objects.exclude(pk=over.pk).get_or_create(
        user=constable, session_key=client.session.session_key, defaults={"ip": "10.9.8.7", "user_agent": ""}
    )[0]
    UserSession.objects.update(last_seen_at=long_ago)
    assert due_of(now) == {"Invitations that nobody answered": 1, SESSIONS: 1}

    call_command("forget")

    assert set(Invitation.objects.values_list("pk", flat=True)) == {fresh.pk, taken.pk}
    assert old.pk not in Invitation.objects.values_list("pk", flat=True)
    assert not Letter.objects.filter(address="old@example.org").exists()
    assert list(UserSession.objects.values_list("pk", flat=True)) == [alive.pk]
    assert (tmp_path / "erasures.jsonl").read_text() == ""
    assert due_of(now) == {}
