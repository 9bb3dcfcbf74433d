"""No key leaves in the room either: not to a phone, not on paper, not to whoever enters sheets."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from courses.questions.models import QuestionKey
from courses.room import freezing, papers, taking
from tests.answering import wrong_answer
from tests.courses.quizzes.pages import items_of
from tests.courses.quizzes.test_secrecy import answer, leaks, plant, typed_secrets
from tests.courses.room.room import freeze, make_room, sheet_of
from tests.factories import (
    case,
    make_registration,
    matching,
    multiple,
    numeric,
    ordering,
    short,
    single,
    true_false,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(facilitator):
    questions = [
        plant(single("One?", critical=True), "single"),
        plant(multiple("Two?"), "multiple"),
        plant(true_false("Three."), "statement"),
        plant(matching("Four.", others=("Ignore",)), "matching"),
        plant(ordering("Five."), "ordering"),
        plant(short("Six?", accepted=("CanaryWord", "CanaryOther")), "short"),
        plant(numeric("Seven?", answer="773125.418203", tolerance="4181.370299"), "numeric"),
        plant(case("Eight."), "case"),
    ]
    room = make_room(questions, people=2, facilitators=[facilitator.person])
    room.quiz.review = "test"
    room.quiz.save_revision().publish()
    return room


def secrets_of(items):
    said = set()
    for item in items:
        key = QuestionKey.objects.get(question=item.question_edition.question)
        feedback = key.feedback["en"]
        said |= {feedback["general"], *feedback["options"].values(), *feedback.get("parts", {}).values()}
        said |= typed_secrets(key)
    return said


def test_a_phone_in_the_room_learns_nothing(room, constable, client_of):
    registration, client = make_registration(room, constable.person), client_of(constable)
    address = reverse("room_test", args=[room.uuid, "before"])
    seen = [client.get(address), client.post(address, follow=True)]
    attempt = taking.taken(registration, "before").attempt
    items = items_of(attempt)
    for item in items:
        seen += answer(client, attempt, item, wrong_answer(item))
    path = f"/attempts/{attempt.uuid}/"
    seen += [client.get(f"{path}review/"), client.post(f"{path}submit/", {"confirmed": "1"}, follow=True)]
    seen += [client.get(f"{path}1/", follow=True), client.get(address)]

    secrets = secrets_of(items)
    assert len(secrets) > 20
    assert leaks(seen, secrets) == set()


def test_whoever_enters_sheets_learns_nothing(room, facilitator, client_of):
    client, (form, _b) = client_of(facilitator), freeze(room)
    address = reverse("workshop_test_enter", args=[room.uuid, "before"])
    sent = {"row": "1", "letter": "A", "answers": sheet_of(form, right=False)}
    seen = [
        client.get(address),
        client.post(address, sent),
        client.post(address, {**sent, "save": "1"}, follow=True),
        client.post(address, {**sent, "answers": "1 Q"}),
        *(client.get(reverse(name, args=[room.uuid])) for name in ("workshop_tests", "workshop_debrief")),
    ]

    assert leaks(seen, secrets_of(freezing.items_of(form))) == set()


def words_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.drawn
def test_paper_shows_questions_and_row_and_name_alone(room):
    person = room.registrations.first().person
    person.phone, person.service_number, person.sex = "+17585550123", "SN-4711", "female"
    person.save()
    forms = freeze(room)
    paper, sheets = papers.question_paper(forms[0]), papers.answer_sheets(forms)
    said = words_of(paper) + words_of(sheets)

    for item in freezing.items_of(forms[0]):
        for option in item.question_edition.body["options"]:
            assert option["text"] in words_of(paper)
    assert not [secret for secret in secrets_of(freezing.items_of(forms[0])) if secret in said]
    assert person.full_name in said
    for private in (person.phone, person.service_number, person.agency.name, "female"):
        assert private not in said
    # One sheet for each of two people, and three of each form for whoever walks in.
    assert len(PdfReader(io.BytesIO(sheets)).pages) == 8
    assert all(PdfReader(io.BytesIO(one)).trailer["/Root"]["/MarkInfo"]["/Marked"] for one in (paper, sheets))


@pytest.mark.drawn
def test_the_paper_is_the_same_whatever_is_right():
    printed = []
    for right in (True, False):
        room = make_room([true_false("It is so.", answer=right, critical=right)], title="T")
        room.quiz.title = "Q"
        room.quiz.save_revision().publish()
        printed.append(words_of(papers.question_paper(freeze(room)[0])))
    assert printed[0] == printed[1]
