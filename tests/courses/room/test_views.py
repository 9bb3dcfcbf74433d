"""The room's pages, as trainees and as those who run the workshop see them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.choices import WorkshopState
from courses.room import figures, survey, taking
from courses.room.links import links_of
from courses.room.models import PaperForm, RoomAttempt, SurveyReply
from courses.room.standing import people_of
from courses.workshops.models import Registration
from tests.answering import key_of
from tests.courses.quizzes.pages import items_of, one_of_each, text_of
from tests.courses.room.room import freeze, make_room, sheet_of, sit
from tests.factories import (
    make_course,
    make_course_page,
    make_lesson,
    make_module,
    make_person,
    make_quiz,
    make_registration,
    set_outline,
    single,
)

pytestmark = pytest.mark.django_db


def url(name, workshop, *args):
    return reverse(name, args=[workshop.uuid, *args])


# --- By phone ---------------------------------------------------------------------------


def test_a_test_by_phone_from_the_start_to_the_result(client_of, constable):
    workshop = make_room([single("What first?")])
    make_registration(workshop, constable.person)
    client, address = client_of(constable), url("room_test", workshop, "before")

    assert f'href="{address}"' in client.get(url("workshop", workshop)).content.decode()
    assert "1 question" in text_of(client.get(address))
    started = client.post(address, follow=True)
    (item,) = items_of(RoomAttempt.objects.get().attempt)
    assert "What first?" in text_of(started)
    page = started.redirect_chain[-1][0]
    client.post(page, {"a": key_of(item)["right"], "last": "1"})
    result = client.post(f"/attempts/{item.attempt.uuid}/submit/", follow=True)
    assert "You passed" in text_of(result)
    assert f'href="{url("workshop", workshop)}">Back to the workshop' in result.content.decode()
    assert "handed in this test" in text_of(client.get(address))


def test_a_record_merged_into_another_takes_its_test_with_the_log_in_that_is_left(client_of, constable):
    double = make_person(full_name="Constance Josef", merged_into=constable.person)
    workshop = make_room()
    registration = make_registration(workshop)
    Registration.objects.filter(pk=registration.pk).update(person=double)
    started = client_of(constable).post(url("room_test", workshop, "before"), follow=True)

    assert started.status_code == 200
    assert RoomAttempt.objects.get().attempt.person == constable.person
    assert RoomAttempt.objects.get().registration == registration


def test_a_failed_one_promises_no_further_attempt(client_of, constable):
    registration = make_registration(make_room(), constable.person)
    attempt = sit(registration, "before", right=False)
    page = text_of(client_of(constable).get(f"/attempts/{attempt.uuid}/result/"))

    assert "not passed yet" in page
    assert "try again" not in page
    assert "Back to the course" not in page


def test_the_links_say_what_can_be_done(client_of, constable):
    workshop = make_room()
    registration = make_registration(workshop, constable.person)
    sit(registration, "before")
    survey.reply(registration, {"marks": {"clear": 3}, "helped": "", "better": ""}, at=timezone.now())
    states = {link["url"]: str(link["state"]) for link in links_of(registration, timezone.now())}

    assert states == {
        url("room_test", workshop, "before"): "Handed in",
        url("room_test", workshop, "after"): "Open",
        url("workshop_feedback", workshop): "Given",
    }
    # They stand where people look for them.
    page = client_of(constable).get(url("workshop", workshop)).content.decode()
    assert [address in page for address in states] == [True] * 3


# --- On paper ---------------------------------------------------------------------------


@pytest.fixture
def room(facilitator):
    return make_room(one_of_each(), people=2, facilitators=[facilitator.person])


@pytest.fixture
def client(client_of, facilitator):
    return client_of(facilitator)


def test_a_sheet_is_looked_at_kept_and_the_next_row_comes(client, room):
    form, _b = freeze(room)
    address = url("workshop_test_enter", room, "before")
    page = client.get(address)
    assert page.context["form"].initial == {"row": "1", "letter": "A"}
    assert "2 sheets are missing" in text_of(page)

    sent = {"row": "1", "letter": "A", "answers": sheet_of(form)}
    looked = client.post(address, {**sent, "look": "1"})
    assert "Informed consent" in text_of(looked)
    assert not RoomAttempt.objects.exists()
    kept = client.post(address, {**sent, "save": "1"})
    assert kept.url == f"{address}?row=2"
    assert RoomAttempt.objects.get().attempt.latest_marking().score == 100
    page = client.get(kept.url)
    assert page.context["form"].initial == {"row": "2", "letter": "B"}
    assert "Row 1, Person Number00: kept." in text_of(page)


def test_wrong_letters_are_named_and_what_was_typed_stays(client, room):
    freeze(room)
    answers = "1 Q, 2 A, 3 B"
    page = client.post(
        url("workshop_test_enter", room, "before"), {"row": "9", "letter": "A", "answers": answers}
    )
    assert page.status_code == 422
    assert "Nobody who comes has this row" in text_of(page)
    page = client.post(
        url("workshop_test_enter", room, "before"), {"row": "1", "letter": "A", "answers": answers}
    )
    text = text_of(page)
    assert "Question 1 has no answer Q. Its letters go from A to C." in text
    assert "Type “4 -” where the sheet is empty." in text
    assert page.context["form"]["answers"].value() == answers


def test_a_second_entry_asks_why(client, room):
    form, _b = freeze(room)
    sent = {"row": "1", "letter": "A", "answers": sheet_of(form), "save": "1"}
    address = url("workshop_test_enter", room, "before")
    client.post(address, sent)
    page = client.post(address, sent)
    assert page.status_code == 422
    assert "say why" in text_of(page)
    client.post(address, {**sent, "reason": "Rows mixed up"})
    assert RoomAttempt.objects.count() == 2
    assert RoomAttempt.objects.in_force().count() == 1


def test_forms_are_fixed_once_by_a_button(client, room):
    for _n in range(2):
        client.post(url("workshop_forms_freeze", room, "after"))
    assert [form.letter for form in PaperForm.objects.all()] == ["A", "B"]
    assert "Question paper B" in text_of(client.get(url("workshop_tests", room)))


def test_question_papers_and_answer_sheets_are_printed(client, room):
    freeze(room)
    ready = client.get(url("workshop_ready", room))
    assert "Question paper B" in text_of(ready)
    assert "Fix forms A and B first" in text_of(ready)  # of the test after
    paper = client.post(url("workshop_question_paper", room, "before", "B"))
    sheets = client.post(url("workshop_answer_sheets", room, "before"))
    for response in (paper, sheets):
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")


def test_the_tests_page_asks_the_same_of_the_database_for_many(client, django_assert_max_num_queries, room):
    for one in people_of(room):
        sit(one.registration, "before")
    freeze(room)
    with django_assert_max_num_queries(25):
        client.get(url("workshop_tests", room))
    with django_assert_max_num_queries(25):
        client.get(url("workshop_test_enter", room, "before"))


def test_only_who_runs_the_workshop_has_its_screens(client_of, client, room, constable, focal_point):
    elsewhere = make_room()
    freeze(elsewhere)
    make_registration(room, constable.person)
    for name, *args in (
        ["workshop_tests"], ["workshop_test_enter", "before"],
        ["workshop_debrief"], ["workshop_survey"], ["workshop_survey_enter"],
    ):  # fmt: skip
        assert client.get(url(name, elsewhere, *args)).status_code == 404
        assert client_of(constable).get(url(name, room, *args)).status_code == 404
        assert client_of(focal_point).get(url(name, elsewhere, *args)).status_code == 200
    for name in ("workshop_forms_freeze", "workshop_answer_sheets"):
        assert client.post(url(name, elsewhere, "before")).status_code == 404
    assert client.post(url("workshop_question_paper", elsewhere, "before", "A")).status_code == 404


# --- What it came to --------------------------------------------------------------------


def test_the_debrief_names_the_misconception_and_its_lesson(client, facilitator):
    page = make_course_page(make_course())
    other, lesson = make_lesson(page, title="Looking after yourself"), make_lesson(page, title="First contact")
    quiz = make_quiz(page, questions=[single("At first contact?", "Listen", ("Promise",)), single()])
    set_outline(page, [make_module(other, lesson, quiz, code="C4", title="Meeting somebody")])
    room = make_room(quiz=quiz, people=6, course=page.course, facilitators=[facilitator.person])
    for n, one in enumerate(people_of(room)):
        sit(one.registration, "before", right=False)
        if n < 5:
            sit(one.registration, "after", right=[n > 1, True])
    found = figures.tests_of([room])

    # Five pairs: before all 0; after two have 50 and three 100.
    assert (found.gain.n, found.gain.before, found.gain.after, found.gain.points) == (5, 0.0, 80.0, 80.0)
    assert [(one.text, one.before.per_cent, one.after.per_cent) for one in found.questions][0] == (
        "At first contact?", 0.0, 60.0,
    )  # fmt: skip
    (wrong,) = found.misconceptions
    assert (wrong.text, wrong.answer, wrong.share.k, wrong.share.n) == ("At first contact?", "Promise", 2, 5)
    text = text_of(client.get(url("workshop_debrief", room)))
    assert "+80.0 points" in text
    assert "Chosen by 2 of 5" in text
    assert "C4 Meeting somebody, First contact" in text


def test_too_few_are_not_judged(client, facilitator):
    room = make_room(people=4, facilitators=[facilitator.person])
    for one in people_of(room):
        sit(one.registration, "before", right=False)
        sit(one.registration, "after")
    text = text_of(client.get(url("workshop_debrief", room)))

    assert "4 people have both tests: too few to judge" in text
    assert "100.0 %" not in text


def test_figures_cost_the_same_for_one_and_for_many(django_assert_num_queries):
    rooms = [make_room(people=1), make_room(people=6)]
    for room in rooms:
        for one in people_of(room):
            sit(one.registration, "before", right=False)
            sit(one.registration, "after")
        with django_assert_num_queries(10):
            figures.tests_of([room])


def test_a_corrected_sheet_counts_as_corrected(client, facilitator):
    room = make_room(people=1, facilitators=[facilitator.person])
    form, _b = freeze(room)
    sent = {"row": "1", "letter": "A", "answers": sheet_of(form, right=False), "save": "1"}
    address = url("workshop_test_enter", room, "before")
    client.post(address, sent)
    client.post(address, {**sent, "answers": sheet_of(form), "reason": "Mixed up"})
    (registration,) = people_of(room)

    assert figures.test_scores([room], "before") == {registration.registration.pk: 100}


# --- The survey -------------------------------------------------------------------------


def test_a_reply_by_phone_and_one_from_paper(client_of, client, constable, facilitator):
    room = make_room(facilitators=[facilitator.person])
    make_registration(room, constable.person)
    mine, address = client_of(constable), url("workshop_feedback", room)

    assert mine.post(address, {}).status_code == 422
    stopped = mine.post(address, {"clear": "4", "helped": "Call 758 123 4567"})
    assert stopped.status_code == 422
    assert "no_case" in stopped.content.decode()
    assert not SurveyReply.objects.exists()
    assert mine.post(address, {"clear": "4", "helped": "The exercises"}).status_code == 302
    assert "You have replied" in text_of(mine.get(address))
    client.post(url("workshop_survey_enter", room), {"useful": "5"})

    rows = SurveyReply.objects.order_by("on_paper").values_list("on_paper", "marks", "helped")
    assert list(rows) == [(False, {"clear": 4}, "The exercises"), (True, {"useful": 5}, "")]
    text = text_of(client.get(url("workshop_survey", room)))
    assert "2 replies so far" in text
    assert "The exercises" not in text


def test_a_closed_workshop_takes_no_more_tests(client_of, constable):
    room = make_room()
    make_registration(room, constable.person)
    room.state = WorkshopState.CLOSED
    room.save()
    page = client_of(constable).post(url("room_test", room, "before"))

    assert "closed, and so is this test" in text_of(page)
    assert not RoomAttempt.objects.exists()
    assert taking.taken(room.registrations.get(), "before") is None
