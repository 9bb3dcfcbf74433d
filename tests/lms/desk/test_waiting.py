import pytest
from django.core import mail
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.choices import Approval
from courses.people.approving import NotWaiting, approve, ask, refuse
from courses.people.models import ApprovalQuestion, Person
from tests.factories import make_person, make_site, make_user

pytestmark = pytest.mark.django_db
QUEUE = "/admin/people/waiting/"


@pytest.fixture(autouse=True)
def _site(db):
    make_site()


def make_waiting(name, agency):
    person = make_person(full_name=name, agency=agency, approval=Approval.PENDING)
    make_user(person=person)
    return person


@pytest.fixture
def three(police, hospital):
    return [
        make_waiting("Ann Bell", police),
        make_waiting("Bernard Clarke", police),
        make_waiting("Celia Drew", hospital),
    ]


def choose(desk, deed, address=QUEUE, **data):
    return desk.post(address, {"deed": deed, "scope": "ticked", **data})


def confirm(desk, page, deed, **answers):
    """Send the form of the confirmation page, as it stands."""
    chosen = page.context["chosen"]
    return desk.post(
        f"{QUEUE}{deed}/",
        {"chosen": chosen, "back": page.context["view"].back, "step": "do", **answers},
        follow=True,
    )


def approvals(people):
    found = dict(Person.objects.values_list("pk", "approval"))
    return [found[person.pk] for person in people]


def told(response):
    return [str(message).strip() for message in response.context["messages"]]


# --- Many at once -----------------------------------------------------------------------


def test_choosing_only_names_the_people(desk, three):
    page = choose(desk, "approve", row=[three[0].pk, three[2].pk])

    text = page.content.decode()
    assert ("Ann Bell" in text, "Bernard Clarke" in text, "Celia Drew" in text) == (True, False, True)
    assert approvals(three) == [Approval.PENDING] * 3
    assert mail.outbox == []


def test_several_are_approved_after_confirming(desk, three, focal_point):
    page = choose(desk, "approve", row=[three[0].pk, three[2].pk])
    done = confirm(desk, page, "approve")

    assert approvals(three) == [Approval.APPROVED, Approval.PENDING, Approval.APPROVED]
    assert told(done) == ["2 people were approved."]
    assert AuditEntry.objects.filter(verb="approved", actor_id=focal_point.pk).count() == 2
    assert len(mail.outbox) == 2


def test_several_are_refused_with_one_reason(desk, three):
    page = choose(desk, "refuse", row=[three[0].pk, three[1].pk])
    without = confirm(desk, page, "refuse", reason="")
    before = approvals(three)
    confirm(desk, page, "refuse", reason="Unknown to the agency")

    assert "reason" in without.context["form"].errors
    assert before == [Approval.PENDING] * 3
    assert approvals(three) == [Approval.REFUSED, Approval.REFUSED, Approval.PENDING]
    entries = AuditEntry.objects.filter(verb="refused")
    assert [entry.facts["reason"] for entry in entries] == ["Unknown to the agency"] * 2


def test_whom_somebody_decided_about_meanwhile_is_left_alone_and_named(desk, three):
    page = choose(desk, "approve", row=[three[0].pk, three[1].pk])
    refuse(three[1], "Not known.", actor=None, at=timezone.now())
    done = confirm(desk, page, "approve")

    assert approvals(three) == [Approval.APPROVED, Approval.REFUSED, Approval.PENDING]
    assert told(done) == [
        "1 person was approved.",
        "Left alone, because somebody has decided already: Bernard Clarke.",
    ]


def test_everybody_in_the_filtered_list_can_be_chosen(desk, three, police):
    page = choose(desk, "approve", address=f"{QUEUE}?agency={police.pk}", scope="all")
    done = confirm(desk, page, "approve")

    assert approvals(three) == [Approval.APPROVED, Approval.APPROVED, Approval.PENDING]
    assert done.redirect_chain[-1][0] == f"{QUEUE}?agency={police.pk}"


def test_this_page_means_whom_it_showed(desk, three, police):
    shown = desk.get(QUEUE).context["object_list"]
    late = make_waiting("Late Comer", police)

    page = choose(desk, "approve", scope="page", shown=",".join(str(person.pk) for person in shown))
    confirm(desk, page, "approve")

    assert approvals([*three, late]) == [Approval.APPROVED] * 3 + [Approval.PENDING]


@pytest.mark.parametrize("rows", [[], ["x", "-1", "9" * 40, "²"], ["99999999"]])
def test_what_is_no_person_chooses_nobody(desk, three, rows):
    answer = desk.post(QUEUE, {"deed": "approve", "scope": "ticked", "row": rows}, follow=True)

    assert "Nobody was chosen, so nothing changed." in told(answer)
    assert approvals(three) == [Approval.PENDING] * 3


def test_what_is_no_person_is_left_out_and_said(desk, three):
    page = choose(desk, "approve", row=[three[0].pk, 99999999, "x"])

    assert told(page) == ["1 of those chosen are not in this list and were left out."]
    assert page.context["chosen"] == str(three[0].pk)


@pytest.mark.parametrize("name", ["constable", "facilitator", "supervisor_police"])
@pytest.mark.parametrize("deed", ["approve", "refuse"])
def test_nobody_else_decides(request, client_of, three, name, deed):
    client = client_of(request.getfixturevalue(name))
    data = {"chosen": str(three[0].pk), "step": "do", "reason": "No"}

    assert client.post(f"{QUEUE}{deed}/", data).status_code == 403
    assert client.post(QUEUE, {"deed": deed, "scope": "all"}).status_code == 403
    assert approvals(three) == [Approval.PENDING] * 3


def test_the_queue_needs_a_token_against_forged_forms(focal_point, three):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(focal_point)

    assert client.post(f"{QUEUE}approve/", {"chosen": str(three[0].pk), "step": "do"}).status_code == 403
    assert approvals(three) == [Approval.PENDING] * 3


def test_coming_back_to_a_deeds_address_leads_to_the_list(desk):
    assert desk.get(f"{QUEUE}approve/").url == QUEUE


def test_the_queue_asks_the_database_a_constant_number_of_times(desk, police):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(n):
        for k in range(n):
            make_waiting(f"Waiting {k}", police)
        desk.get(QUEUE)
        with CaptureQueriesContext(connection) as captured:
            page = desk.get(QUEUE)
        return len(page.context["object_list"]), len(captured)

    few, many = queries(5), queries(35)
    assert (few[0], many[0]) == (5, 40)
    assert few[1] == many[1] <= 30


# --- Asking -----------------------------------------------------------------------------


def test_a_question_goes_by_mail_and_the_person_stays_waiting(desk, three, focal_point):
    desk.post(f"/admin/people/ask/{three[0].pk}/", {"question": "Who is your officer in charge?"})

    (message,) = mail.outbox
    assert message.to == [three[0].user.email]
    assert message.reply_to == [focal_point.email]
    assert message.subject == "A question about your sign-up"
    assert "Who is your officer in charge?" in message.body
    assert approvals(three) == [Approval.PENDING] * 3
    assert ApprovalQuestion.objects.get().author == str(focal_point)
    assert AuditEntry.objects.get(verb="asked before approval").object_id == str(three[0].pk)


def test_the_queue_says_when_somebody_was_asked(desk, three, focal_point):
    ask(three[1], "From which post?", actor=focal_point, at=timezone.now())

    asked = {person.full_name: person.asked_at is not None for person in desk.get(QUEUE).context["object_list"]}

    assert asked == {"Ann Bell": False, "Bernard Clarke": True, "Celia Drew": False}


def test_nobody_is_asked_who_was_decided_about_or_has_no_address(desk, police, three, focal_point):
    approve(three[0], actor=None, at=timezone.now())
    walk_in = make_person(agency=police, approval=Approval.PENDING)
    mail.outbox.clear()

    for person in (three[0], walk_in):
        assert desk.get(f"/admin/people/ask/{person.pk}/").status_code == 404
        with pytest.raises(NotWaiting):
            ask(person, "Who?", actor=focal_point, at=timezone.now())
    assert mail.outbox == []


def test_the_admins_menu_says_the_persons_name(desk, focal_point):
    page = desk.get("/admin/").content.decode()

    assert f'"name": "{focal_point.person.full_name}"' in page
    assert focal_point.username not in page
