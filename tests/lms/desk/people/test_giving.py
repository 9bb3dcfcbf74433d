from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import Approval, EnrolmentState
from courses.enrolment.enrolling import assign
from courses.enrolment.models import Enrolment
from tests.factories import make_completion, make_course, make_enrolment, make_person, make_site

pytestmark = pytest.mark.django_db
LIST = "/admin/people/"
DUE = date(2099, 1, 31)


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


@pytest.fixture
def course():
    return make_course(title="The course", validity_months=24)


def completed(person, course, days):
    at = timezone.now() - timedelta(days=days)
    enrolment = make_enrolment(person, course, at=at)
    make_completion(enrolment, at=at)
    enrolment.state, enrolment.ended_at = EnrolmentState.COMPLETED, at
    enrolment.save()


@pytest.fixture
def people(police, course):
    """Somebody for every answer."""
    names = ["Able", "Has", "Asked", "Done", "Lapsed", "Refused", "Gone"]
    made = {name: make_person(full_name=f"{name} Person", agency=police) for name in names}
    assign(made["Has"], course, due_on=date(2098, 5, 1), actor=None, at=timezone.now())
    make_enrolment(made["Asked"], course, state=EnrolmentState.REQUESTED)
    completed(made["Done"], course, days=30)
    completed(made["Lapsed"], course, days=900)
    made["Refused"].approval = Approval.REFUSED
    made["Gone"].left_on = date(2020, 1, 1)
    made["Refused"].save()
    made["Gone"].save()
    return made


def choose(desk, deed, people, **data):
    rows = [person.pk for person in people]
    return desk.post(LIST, {"deed": deed, "scope": "ticked", "row": rows, **data})


def send(desk, page, deed, step, **answers):
    data = {"chosen": page.context["chosen"], "back": page.context["view"].back, "step": step, **answers}
    return desk.post(f"{LIST}{deed}/", data, follow=True)


def groups(page):
    return {
        str(group.heading): {row.full_name.split()[0] for row, _note in group.rows}
        for group in page.context["groups"]
    }


def told(response):
    return [str(message).strip() for message in response.context["messages"]]


def test_before_anything_happens_it_says_who_gets_it_and_who_not(desk, people, course):
    first = choose(desk, "assign", people.values())
    before = Enrolment.objects.count()
    second = send(desk, first, "assign", "look", course=course.pk, due_on="2099-01-31")

    assert groups(second) == {
        "Will get it": {"Able", "Asked", "Lapsed"},
        "Have it already": {"Has"},
        "Cannot get it": {"Done", "Refused", "Gone"},
    }
    text = second.content.decode()
    assert "was refused" in text
    assert "left on 1 January 2020" in text
    assert "that still counts" in text
    assert Enrolment.objects.count() == before


def test_confirmed_they_have_it(desk, people, course, focal_point):
    first = choose(desk, "assign", people.values())
    second = send(desk, first, "assign", "look", course=course.pk, due_on="2099-01-31")
    done = send(desk, second, "assign", "do", course=course.pk, due_on="2099-01-31")

    rows = Enrolment.objects.filter(state=EnrolmentState.ACTIVE, course=course, due_on=DUE)
    assert {row.person.full_name.split()[0] for row in rows} == {"Able", "Asked", "Has", "Lapsed"}
    assert told(done) == [
        "Assigned to 3 people.",
        "1 person had it already.",
        "Cannot get it: Done Person, Gone Person, Refused Person.",
    ]
    assert AuditEntry.objects.filter(verb="assigned", actor_id=focal_point.pk).count() == 2
    assert mail.outbox == []


def test_without_a_date_the_old_one_stays(desk, people, course):
    first = choose(desk, "assign", [people["Has"]])
    send(desk, first, "assign", "do", course=course.pk, due_on="")

    assert Enrolment.objects.get(person=people["Has"]).due_on == date(2098, 5, 1)


def test_a_day_that_has_passed_is_refused(desk, people, course):
    first = choose(desk, "assign", [people["Able"]])
    page = send(desk, first, "assign", "do", course=course.pk, due_on="2020-01-01")

    assert list(page.context["form"].errors) == ["due_on"]
    assert not Enrolment.objects.filter(person=people["Able"]).exists()


def test_it_is_taken_from_those_who_have_it(desk, people, course):
    first = choose(desk, "withdraw", [people["Has"], people["Asked"], people["Done"], people["Able"]])
    second = send(desk, first, "withdraw", "look", course=course.pk, reason="Moved to another duty")
    done = send(desk, second, "withdraw", "do", course=course.pk, reason="Moved to another duty")

    assert groups(second) == {
        "Will be withdrawn": {"Has", "Asked"},
        "Left alone, because they do not study it": {"Able", "Done"},
    }
    withdrawn = Enrolment.objects.filter(state=EnrolmentState.WITHDRAWN)
    assert {row.person.full_name for row in withdrawn} == {"Has Person", "Asked Person"}
    assert {row.facts["reason"] for row in AuditEntry.objects.filter(verb="enrolment withdrawn")} == {
        "Moved to another duty"
    }
    assert told(done)[0] == "Withdrawn from 2 people."


def test_withdrawing_wants_a_reason(desk, people, course):
    first = choose(desk, "withdraw", [people["Has"]])
    page = send(desk, first, "withdraw", "do", course=course.pk, reason="")

    assert list(page.context["form"].errors) == ["reason"]
    assert Enrolment.objects.get(person=people["Has"]).state == EnrolmentState.ACTIVE


def test_all_who_match_the_filter_are_more_than_the_page_shows(desk, police, hospital, course):
    for _ in range(25):
        make_person(agency=police)
    make_person(agency=hospital)

    page = desk.get(LIST, {"agency": police.pk})
    first = desk.post(f"{LIST}?agency={police.pk}", {"deed": "assign", "scope": "all"})
    send(desk, first, "assign", "do", course=course.pk, due_on="")

    assert "all 25 in the list as it is filtered now" in " ".join(page.content.decode().split())
    assert len(page.context["object_list"]) == 20
    assert Enrolment.objects.filter(person__agency=police).count() == 25
    assert Enrolment.objects.count() == 25


@pytest.mark.parametrize("name", ["anonymous", "constable", "facilitator", "supervisor_police"])
def test_nobody_else_gives_or_takes(request, client_of, people, course, name):
    client = client_of(request.getfixturevalue(name))
    before = Enrolment.objects.count()
    chosen = ",".join(str(person.pk) for person in people.values())
    for deed in ("assign", "withdraw"):
        data = {"chosen": chosen, "step": "do", "course": course.pk, "due_on": "", "reason": "No"}
        assert client.post(f"{LIST}{deed}/", data).status_code in (302, 403)
        assert client.post(LIST, {"deed": deed, "scope": "all"}).status_code in (302, 403)

    assert Enrolment.objects.count() == before
    assert not AuditEntry.objects.filter(verb="enrolment withdrawn").exists()


def test_looking_asks_the_database_a_constant_number_of_times(desk, police, course):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(n):
        crowd = [make_person(agency=police) for _ in range(n)]
        first = choose(desk, "assign", crowd)
        with CaptureQueriesContext(connection) as captured:
            page = send(desk, first, "assign", "look", course=course.pk, due_on="")
        return len(groups(page)["Will get it"]) and len(captured)

    assert queries(5) == queries(40) <= 30


def test_the_form_follows_the_filters_when_only_the_list_is_fetched_anew(desk, police, constable):
    page = desk.get(f"{LIST}results/", {"agency": police.pk, "_w_filter_fragment": "1"}).content.decode()

    assert f'<form method="post" action="/admin/people/?agency={police.pk}"' in page
    assert f'<input type="hidden" name="shown" value="{constable.person.pk}">' in page
