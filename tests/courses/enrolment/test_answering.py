"""Requests to start a course, answered many at once."""

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import EnrolmentState
from courses.enrolment.enrolling import accept, end
from courses.enrolment.models import Enrolment
from tests.factories import make_course, make_enrolment, make_person

pytestmark = pytest.mark.django_db
LIST = "/admin/enrolments/"


@pytest.fixture
def requests(db):
    course = make_course(title="Signs")
    asked = [
        make_enrolment(make_person(full_name=name), course, state=EnrolmentState.REQUESTED)
        for name in ("Ann Bell", "Bernard Clarke")
    ]
    return [*asked, make_enrolment(make_person(full_name="Celia Drew"), course)]


def states(rows):
    found = dict(Enrolment.objects.values_list("pk", "state"))
    return [found[row.pk] for row in rows]


def choose(desk, deed, rows):
    return desk.post(LIST, {"deed": deed, "scope": "ticked", "row": [row.pk for row in rows]})


@pytest.mark.parametrize(
    ("deed", "after", "said"),
    [
        ("accept", EnrolmentState.ACTIVE, "2 requests were accepted."),
        ("decline", EnrolmentState.REFUSED, "2 requests were declined."),
    ],
)
def test_what_is_asked_for_is_answered_after_a_look(desk, requests, deed, after, said):
    page = choose(desk, deed, requests)
    assert [group.heading for group in page.context["groups"]][1] == "Left alone, because nothing is asked for"
    assert states(requests)[0] == EnrolmentState.REQUESTED

    sent = {"chosen": page.context["chosen"], "back": "", "step": "do"}
    answer = desk.post(f"{LIST}{deed}/", sent, follow=True)

    assert said in [str(message).strip() for message in answer.context["messages"]]
    assert states(requests) == [after, after, EnrolmentState.ACTIVE]
    assert AuditEntry.objects.filter(verb__in=["request accepted", "enrolment refused"]).count() == 2


def test_what_somebody_else_has_accepted_is_not_declined(requests, focal_point):
    accept(requests[0], actor=focal_point, at=timezone.now())

    end(requests[0], EnrolmentState.REFUSED, actor=focal_point, at=timezone.now())

    assert states(requests[:1]) == [EnrolmentState.ACTIVE]
