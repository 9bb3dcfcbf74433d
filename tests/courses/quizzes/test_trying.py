"""A quiz tried at the desk: played like an attempt, and no row anywhere says so."""

import json
import re
from html import unescape

import pytest
from django.apps import apps

from courses.kinds import kind_of
from courses.questions.models import BankQuestion
from courses.quizzes import trying
from courses.quizzes.packed import pack, unpack
from courses.quizzes.pages import QuizPage
from tests.courses.quizzes.pages import one_of_each, text_of
from tests.factories import (
    case,
    draw,
    from_bank,
    make_bank_question,
    make_course_page,
    make_quiz,
    make_sector,
    short,
    single,
    true_false,
)

pytestmark = pytest.mark.django_db


def begin(desk, quiz, **kwargs):
    """Press Start; returns the first question's page."""
    return desk.post(f"/admin/try/{quiz.pk}/", kwargs, follow=True)


def paper_of(response):
    return response.request["QUERY_STRING"]


def the_try(quiz, response):
    page = QuizPage.objects.get(pk=quiz.pk).get_latest_revision_as_object()
    text = re.search(r"paper=([^&]+)", unescape(paper_of(response))).group(1)
    return trying.go_on(page, text.replace("%3A", ":"))


def everything_kept():
    """Every row of every table but the sessions'."""
    models = [model for model in apps.get_models() if model._meta.app_label != "sessions"]
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_it_is_played_to_the_end_and_nothing_is_kept(desk):
    quiz = make_quiz(questions=[single("One?"), true_false("Two."), short("Three?")], review="test")
    desk.get("/admin/")
    before = everything_kept()

    page = begin(desk, quiz)
    assert "Preview: nothing is kept." in text_of(page)
    assert "question 1 of 3" in text_of(page)
    for n, sent in [(1, None), (2, {"a": "true"}), (3, {"text": "Consent"})]:
        found = the_try(quiz, page)
        sent = sent or {"a": found.items[1].key.key["right"]}
        page = desk.post(f"/admin/try/{quiz.pk}/{n}/?{paper_of(page)}", sent, follow=True)
    assert "Every question is answered." in text_of(page)
    page = desk.post(f"/admin/try/{quiz.pk}/result/?{paper_of(page)}", follow=True)

    assert "You passed" in text_of(page)
    assert "3 of 3 (100 %)" in text_of(page)
    assert everything_kept() == before


def test_practice_tells_after_each_answer_and_then_the_answer_stays(desk):
    quiz = make_quiz(questions=[single("One?"), single("Two?")], review="practice")
    first = begin(desk, quiz)
    assert "Because of" not in first.content.decode()
    found = the_try(quiz, first)
    wrong = next(
        option for option in found.items[1].option_order if option not in found.items[1].key.key["right"]
    )

    told = desk.post(f"/admin/try/{quiz.pk}/1/?{paper_of(first)}", {"a": wrong}, follow=True)
    assert "Not the best answer" in text_of(told)
    assert "Continue to question 2" in text_of(told)

    again = desk.post(
        f"/admin/try/{quiz.pk}/1/?{paper_of(told)}", {"a": found.items[1].key.key["right"]}, follow=True
    )
    assert "Not the best answer" in text_of(again)


def test_what_is_wrong_with_an_answer_is_said_as_to_trainees(desk):
    quiz = make_quiz(review="test")
    first = begin(desk, quiz)
    page = desk.post(f"/admin/try/{quiz.pk}/1/?{paper_of(first)}", {})
    assert page.status_code == 422
    assert "Choose an answer" in text_of(page)


def test_an_unfinished_case_names_the_part_that_is_open(desk):
    quiz = make_quiz(questions=[case()], review="test")
    first = begin(desk, quiz)
    part = the_try(quiz, first).items[1].question_edition.body["parts"][0]
    sent = {f"part-{part['id']}": part["options"][0]["id"]}
    page = desk.post(f"/admin/try/{quiz.pk}/1/?{paper_of(first)}", sent)
    assert "Choose an answer in part 2, or choose" in text_of(page)


def test_the_time_there_is_is_said_before_the_start(desk):
    limited = text_of(desk.get(f"/admin/try/{make_quiz(time_limit_minutes=20).pk}/"))
    free = text_of(desk.get(f"/admin/try/{make_quiz().pk}/"))
    assert "You have 20 minutes from when you start." in limited
    assert ("There is no time limit" in limited, "There is no time limit" in free) == (False, True)


def test_gaps_are_asked_about_before_handing_in(desk):
    quiz = make_quiz(review="test")
    first = begin(desk, quiz)
    page = desk.post(f"/admin/try/{quiz.pk}/result/?{paper_of(first)}", follow=True)
    assert "2 questions are not answered" in text_of(page)
    page = desk.post(f"/admin/try/{quiz.pk}/result/?{paper_of(page)}", {"confirmed": "1"}, follow=True)
    assert "You have not passed yet" in text_of(page)


def test_both_ends_are_shown_without_answering_and_passing_leads_to_the_certificate(desk):
    course = make_course_page()
    quiz = make_quiz(course, questions=one_of_each(), purpose="final", review="test", pass_mark=80)
    start = desk.get(f"/admin/try/{quiz.pk}/")
    assert "Name of the trainee" in text_of(start)
    links = dict(re.findall(r'<a href="([^"]+)">(See the result[^<]*)</a>', start.content.decode()))
    ends = {label: desk.get(unescape(address)) for address, label in links.items()}

    assert "You passed" in text_of(ends["See the result when passed"])
    assert "8 of 8 (100 %)" in text_of(ends["See the result when passed"])
    assert "You have not passed yet" in text_of(ends["See the result when not passed"])
    after = re.search(r'class="btn" href="([^"]+)"', ends["See the result when passed"].content.decode()).group(
        1
    )
    completed = desk.get(unescape(after))
    assert "You completed this course on" in text_of(completed)
    specimen = desk.get(f"/admin/try/{course.pk}/certificate/")
    assert json.loads(specimen.content.partition(b"\n")[2])["specimen"] is True
    assert specimen["Content-Disposition"] == 'inline; filename="specimen.pdf"'


def test_each_sector_gets_its_own_questions_and_draws(desk):
    for code in ("police", "health"):
        make_sector(code)
        make_bank_question(single(f"Drawn for {code}?"), sectors=[code])
    named = make_bank_question(single("Named?"), sectors=["health"])
    quiz = make_quiz(
        questions=[single("Police only?", sectors=["police"]), from_bank(named), draw(1, own_sector=True)],
        sectors=["police", "health"],
        review="test",
    )

    def asked(sector):
        page = desk.post(f"/admin/try/{quiz.pk}/?as={sector}", follow=True)
        return [item["question"] for item in the_try(quiz, page).overview()]

    assert asked("police") == ["Police only?", "Drawn for police?"]
    assert asked("health") == ["Named?", "Drawn for health?"]
    assert len(asked("")) == 3
    assert "As Police" in text_of(desk.get(f"/admin/try/{quiz.pk}/?as=police"))


def test_a_half_written_draft_is_tried_without_what_cannot_be_asked(desk):
    quiz = make_quiz(questions=[single("Sound?"), single("Keyless?")], review="test")
    for option in quiz.questions[1].value["options"]:
        option["right"] = False
    quiz.save_revision()

    start = text_of(desk.get(f"/admin/try/{quiz.pk}/"))

    assert "1 question" in start
    assert "Question 2 has no right answer ticked. This is left out here." in start


def test_a_question_of_the_bank_without_wording_is_left_out_and_said(desk):
    empty = make_bank_question()
    quiz = make_quiz(questions=[single("Sound?"), from_bank(empty)], review="test")
    BankQuestion.objects.filter(pk=empty.pk).update(body="[]")

    start = text_of(desk.get(f"/admin/try/{quiz.pk}/"))

    assert "1 question" in start
    assert "Question 2 has no wording. This is left out here." in start


def test_nothing_to_ask_is_said(desk):
    quiz = make_quiz(review="test")
    quiz.questions = "[]"
    quiz.save_revision()
    assert "There is no question here that could be asked yet." in text_of(desk.get(f"/admin/try/{quiz.pk}/"))
    assert desk.post(f"/admin/try/{quiz.pk}/").status_code == 200


def test_a_forged_paper_or_that_of_another_quiz_leads_back_to_the_beginning(desk):
    questions = [single("One?")]
    quiz, twin = (make_quiz(make_course_page(), questions=questions, review="test") for _ in range(2))
    mine = paper_of(begin(desk, quiz))
    assert desk.get(f"/admin/try/{quiz.pk}/1/?paper=forged").url == f"/admin/try/{quiz.pk}/"
    assert desk.get(f"/admin/try/{twin.pk}/1/?{mine}").url == f"/admin/try/{twin.pk}/"


def test_answers_never_stand_at_other_questions(desk):
    drawn = make_bank_question(single("Drawn?"))
    quiz = make_quiz(questions=[draw(1), single("Last?")], review="test")
    paper = paper_of(begin(desk, quiz))
    quiz.title = "A better title"
    quiz.save_revision()
    same = desk.get(f"/admin/try/{quiz.pk}/1/?{paper}")
    drawn.unpublish()
    make_bank_question(single("Another?"))
    other = desk.get(f"/admin/try/{quiz.pk}/1/?{paper}", follow=True)

    assert "Drawn?" in text_of(same)
    assert other.redirect_chain == [(f"/admin/try/{quiz.pk}/", 302)]
    assert "The questions have changed since. Please begin again." in text_of(other)


def test_more_than_an_address_can_hold_is_said(desk):
    quiz = make_quiz(questions=[short() for _n in range(40)], review="test")
    page = begin(desk, quiz)
    found = the_try(quiz, page)
    answers = {n: {"text": "".join(chr(0x4E00 + 7 * n * k % 9000) for k in range(199))} for n in range(1, 40)}
    signed = [*found._with(answers).state, found.stamp]
    text = trying.signing.dumps(signed, salt=trying.SALT, compress=True)
    page = desk.get(f"/admin/try/{quiz.pk}/40/", {"paper": text}, follow=True)
    assert "Too much was typed for one try." in text_of(page)


def test_whoever_may_not_see_keys_may_not_try(client_of, focal_point, desk, monkeypatch):
    quiz = make_quiz()
    monkeypatch.setattr("courses.quizzes.try_views.may_see_keys", lambda user: False)
    for address in ("", "1/", "review/", "result/"):
        assert desk.get(f"/admin/try/{quiz.pk}/{address}").status_code in (302, 403)
    assert desk.get(f"/admin/try/{quiz.pk}/", follow=True).redirect_chain[0][0] == "/admin/"


@pytest.mark.parametrize("question", one_of_each())
def test_an_answer_of_any_kind_is_packed_and_unpacked(question):
    quiz = make_quiz(questions=[question])
    (item,) = trying.begin(quiz, "").items.values()
    kind, body = kind_of(item.question_edition.kind), item.question_edition.body
    for payload in (trying._right(item), {"not_sure": True}):
        payload = kind.check_payload(body, payload)
        packed = pack(body, payload)
        assert kind.check_payload(body, unpack(body, packed, kind.ASKS)) == payload
        assert "-" not in str(packed)  # no long ids
