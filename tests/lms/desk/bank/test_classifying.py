import pytest

from courses.audit.models import AuditEntry
from courses.choices import Topic
from courses.questions.models import BankQuestion
from tests.factories import make_bank_question, make_site

pytestmark = pytest.mark.django_db
LIST = "/admin/snippets/courses/bankquestion/"
DEED = "/admin/desk/questions/classify/"


@pytest.fixture
def desk(client_of, focal_point):
    make_site()
    return client_of(focal_point)


def told(response):
    return [str(message).strip() for message in response.context["messages"]]


def test_several_are_named_and_then_changed(desk, focal_point):
    law = make_bank_question(code="A", topic=Topic.LAW)
    referral = make_bank_question(code="B", topic=Topic.REFERRAL)
    other = make_bank_question(code="C", topic=Topic.LAW)

    page = desk.post(LIST, {"deed": "classify", "scope": "ticked", "row": [law.pk, referral.pk]})
    (group,) = page.context["groups"]
    assert [(question.code, note) for question, note in group.rows] == [("A", "The law"), ("B", "Referral")]
    answers = {"topic": "referral", "module": "", "add": "", "remove": ""}
    done = desk.post(DEED, {"chosen": page.context["chosen"], "step": "do", **answers}, follow=True)

    assert dict(BankQuestion.objects.values_list("code", "topic")) == {
        "A": "referral",
        "B": "referral",
        "C": other.topic,
    }
    assert told(done) == [
        "1 question was changed.",
        "Left as they are, because they are so already or are scheduled: B.",
    ]
    assert AuditEntry.objects.get(verb="question.classified").actor_id == focal_point.pk


def test_no_tag_is_a_telephone_number(desk):
    question = make_bank_question()

    given = {"chosen": question.pk, "step": "do", "add": "law, 452 1234", "remove": "452 9999", "no_case": "on"}

    errors = desk.post(DEED, given).context["form"].errors

    assert list(errors) == ["add"]
    assert "“452 1234” looks like a telephone number" in errors["add"][0]
    assert not question.tags.exists()


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({}, "Choose what should change."),
        ({"add": "law, new", "remove": "Law"}, "You add and take away the same: law."),
    ],
)
def test_nonsense_is_said(desk, answers, problem):
    question = make_bank_question()

    page = desk.post(DEED, {"chosen": question.pk, "step": "do", **answers})

    assert page.context["form"].non_field_errors() == [problem]


def test_nothing_chosen_changes_nothing(desk):
    make_bank_question()

    page = desk.post(LIST, {"deed": "classify", "scope": "ticked"}, follow=True)

    assert told(page) == ["No question was chosen, so nothing changed."]


@pytest.mark.parametrize("name", ["anonymous", "constable", "facilitator", "supervisor_police"])
def test_nobody_else_changes_any(request, client_of, name):
    make_site()
    question = make_bank_question(topic=Topic.LAW)
    client = client_of(request.getfixturevalue(name))

    for address in (LIST, DEED):
        data = {"chosen": question.pk, "deed": "classify", "scope": "all", "step": "do", "topic": "referral"}
        assert client.post(address, data).status_code in (302, 403)

    assert BankQuestion.objects.get().topic == Topic.LAW
