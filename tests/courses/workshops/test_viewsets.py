"""The desk's screens: planning, recording what others gave, copying, opening, cancelling."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model

from courses.choices import Role, WorkshopKind, WorkshopState
from courses.mailing.models import Letter
from courses.workshops.models import Material, Workshop
from tests.factories import (
    make_attendance,
    make_quiz,
    make_registration,
    make_topic,
    make_user,
    make_workshop,
)

pytestmark = pytest.mark.django_db

DAY = "2030-05-02"


def sent(*sessions, initial=0, **kwargs):
    """What the form posts; sessions are {field: value}."""
    data = {
        "title": "Asking with care",
        "topic": make_topic().pk,
        "grace_minutes": 15,
        "required_share": 80,
        "sessions-TOTAL_FORMS": len(sessions),
        "sessions-INITIAL_FORMS": initial,
        "sessions-MIN_NUM_FORMS": 0,
        "sessions-MAX_NUM_FORMS": 1000,
        "materials-TOTAL_FORMS": 0,
        "materials-INITIAL_FORMS": 0,
        "materials-MIN_NUM_FORMS": 0,
        "materials-MAX_NUM_FORMS": 1000,
        **kwargs,
    }
    for n, session in enumerate(sessions):
        data |= {f"sessions-{n}-{name}": value for name, value in session.items()}
    return data


def kept(workshop):
    """The sessions there are, as the form posts them."""
    return [
        {
            "id": one.pk,
            "title": one.title,
            "starts_at": f"{timezone.localtime(one.starts_at):%Y-%m-%d %H:%M}",
            "ends_at": f"{timezone.localtime(one.ends_at):%Y-%m-%d %H:%M}",
        }
        for one in workshop.sessions.order_by("starts_at")
    ]


MORNING = {"starts_at": f"{DAY} 09:00", "ends_at": f"{DAY} 12:00", "title": "Morning"}


def test_a_workshop_is_planned_with_its_tests_and_teachers(desk, facilitator, colleague):
    quiz = make_quiz(title="Before we begin")
    page = desk.get(reverse("workshops:add")).content.decode()
    assert "Before we begin" in page
    assert "Felix Facilitator" in page
    assert "Cletus Charles" not in page

    desk.post(
        reverse("workshops:add"),
        sent(
            MORNING,
            facilitators=[facilitator.person.pk],
            posttest_key=str(quiz.translation_key),
            required_mark=70,
            capacity=30,
        ),
    )

    workshop = Workshop.objects.get()
    assert (workshop.state, workshop.kind) == (WorkshopState.PLANNED, WorkshopKind.WORKSHOP)
    assert workshop.posttest_key == quiz.translation_key
    assert [one.credit for one in workshop.sessions.all()] == [180]
    assert list(workshop.facilitators.all()) == [facilitator.person]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"required_mark": 70}, "Choose the post-test whose mark is needed."),
        ({"note": "Call 758 460 1234 about her"}, "This is not where you report a case"),
        ({"posttest_key": "nonsense"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(desk, facts, said):
    answer = desk.post(reverse("workshops:add"), sent(MORNING, **facts))

    assert said in answer.content.decode()
    assert "Asking with care" in answer.content.decode()
    assert Workshop.objects.count() == 0


def test_training_by_another_body_is_recorded_with_its_day(desk):
    address = reverse("workshops:add_elsewhere")
    assert "Give at least one day" in desk.post(address, sent(partner="IOM")).content.decode()

    desk.post(address, sent(MORNING, partner="IOM"))

    workshop = Workshop.objects.get()
    assert (workshop.kind, workshop.state, workshop.partner) == ("elsewhere", "open", "IOM")


def test_an_awareness_event_is_counted_by_heads(desk):
    address = reverse("workshops:add_awareness")
    facts = {"headcount_women": 60}
    assert "This field is required" in desk.post(address, sent(MORNING, **facts)).content.decode()
    more = desk.post(address, sent(MORNING, headcount=50, **facts)).content.decode()
    assert "More women than people reached." in more

    desk.post(address, sent(MORNING, headcount=90, **facts))

    workshop = Workshop.objects.get()
    assert (workshop.kind, workshop.state, workshop.headcount) == ("awareness", "closed", 90)
    assert desk.get(reverse("workshop_people", args=[workshop.uuid])).status_code == 404


def test_a_session_with_attendance_stays_in_words(desk):
    workshop = make_workshop()
    make_attendance(make_registration(workshop))
    first, second = kept(workshop)

    answer = desk.post(
        reverse("workshops:edit", args=[workshop.pk]),
        sent({**first, "DELETE": "on"}, second, initial=2),
    )

    assert "somebody was signed in to it" in answer.content.decode()
    assert workshop.sessions.count() == 2


def test_a_new_time_is_told_and_a_new_title_is_not(desk):
    workshop = make_workshop(starts_at=timezone.now().replace(second=0, microsecond=0) + timedelta(days=3))
    make_registration(workshop, make_user().person)
    address, venue = reverse("workshops:edit", args=[workshop.pk]), "Police Training School"

    desk.post(address, sent(*kept(workshop), initial=2, venue=venue, title="Another title"))
    assert (Workshop.objects.get().title, Letter.objects.count()) == ("Another title", 1)
    desk.post(address, sent(*kept(workshop), initial=2, venue="Library"))

    assert Letter.objects.count() == 2
    assert "Library" in Letter.objects.latest("pk").body


def test_opening_copying_cancelling_and_taking_up_again(desk):
    workshop = make_workshop(state=WorkshopState.PLANNED, starts_at=timezone.now() + timedelta(days=3))

    def do(name, **data):
        return desk.post(reverse(f"workshops:{name}", args=[workshop.pk]), data)

    def state():
        return Workshop.objects.get(pk=workshop.pk).state

    edit = desk.get(reverse("workshops:edit", args=[workshop.pk])).content.decode()
    assert reverse("workshop", args=[workshop.uuid]) in edit
    # Opened, its own page is next: there people are added.
    assert do("open").url == reverse("workshop", args=[workshop.uuid])
    assert state() == "open"
    assert do("open").status_code == 404
    assert "telephone number" in do("cancel", reason="Ask 758 460 1234").content.decode()
    do("cancel", reason="The hall is closed.")
    assert state() == "cancelled"
    do("resume")
    assert state() == "planned"
    assert "This day has passed" in do("duplicate", first_day="2020-01-01").content.decode()
    copied = do("duplicate", first_day=DAY)
    copy = Workshop.objects.exclude(pk=workshop.pk).get()
    assert copied.url == reverse("workshops:edit", args=[copy.pk])


def test_the_list_tells_where_each_stands_and_its_sheet_runs_no_formula(desk, facilitator):
    soon = timezone.now() + timedelta(days=3)
    full = make_workshop(title="=1+1", capacity=2, facilitators=[facilitator.person], starts_at=soon)
    for _n in range(3):
        make_registration(full)
    make_workshop(title="Another", state="planned", district="laborie", starts_at=soon)

    page = desk.get(reverse("workshops:index")).content.decode()
    assert "2 of 2" in page
    assert "Felix Facilitator" in page
    found = desk.get(reverse("workshops:index"), {"district": "laborie", "year": soon.year})
    assert [row.title for row in found.context["object_list"]] == ["Another"]
    lines = b"".join(desk.get(reverse("workshops:index"), {"export": "csv"}).streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(lines.lstrip("\ufeff"))))
    (row,) = [row for row in rows if row["Title"] == "'=1+1"]
    assert (row["State"], row["Registered"], row["Waiting"]) == ("Open for registration", "2", "1")


def test_nobody_deletes_a_workshop_or_a_topic(client_of):
    workshop = make_workshop()
    client = client_of(make_user(role=Role.ADMINISTRATOR))
    for address in (
        reverse("workshops:delete", args=[workshop.pk]),
        reverse("workshop-topics:delete", args=[workshop.topic_id]),
    ):
        client.post(address)
    assert Workshop.objects.count() == 1


def test_the_form_costs_the_same_with_many_sessions_and_materials(desk, django_assert_max_num_queries):
    workshop = make_workshop(days=6)
    for n in range(8):
        document = get_document_model().objects.create(
            title=f"Handout {n}", file=ContentFile(b"%PDF-1.7", name=f"{n}.pdf")
        )
        Material.objects.create(workshop=workshop, document=document)
    address = reverse("workshops:edit", args=[workshop.pk])
    desk.get(address)

    with django_assert_max_num_queries(30):
        page = desk.get(address).content.decode()

    assert all(f"Handout {n}" in page for n in range(8))
