"""The paper that a device keeps of an attempt: everything to go on with, and nothing of the keys."""

import gzip
import re

import pytest
from django.utils import timezone

from courses.quizzes import attempts, preparing
from courses.quizzes.results import standings
from tests.answering import event, right_answer, wrong_answer
from tests.factories import (
    case,
    make_course_page,
    make_enrolment,
    make_module,
    make_quiz,
    make_user,
    matching,
    multiple,
    numeric,
    ordering,
    set_outline,
    short,
    single,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(db):
    page = make_course_page()

    def add(questions, **rules):
        quiz = make_quiz(page, questions, **{"review": "test", **rules})
        set_outline(page, [make_module(quiz)])
        return quiz

    return add


def facts(learner, quiz):
    enrolment = make_enrolment(learner.person, quiz.get_parent().specific.course)
    return {"person": learner.person, "enrolment": enrolment, "actor": learner, "at": timezone.now()}


def answer(attempt, learner, n, choose=right_answer):
    item = attempt.items.select_related("attempt", "question_edition__question").get(n=n)
    attempts.record_answers([event(item, choose(item))], person=learner.person, at=timezone.now())


def paper_of(browser, attempt):
    return browser.get(f"/attempts/{attempt.uuid}/paper/")


def test_it_holds_every_question_with_what_was_answered(quiz, constable, client_of):
    found = quiz([single("One?"), matching("Two?"), short("Three?"), ordering(), case(), numeric()])
    attempt = attempts.start(found.translation_key, **facts(constable, found))
    answer(attempt, constable, 1)
    page = paper_of(client_of(constable), attempt).content.decode()

    assert [f'data-page="{n}"' in page for n in range(1, 7)] == [True] * 6
    assert page.count(" data-answered") == 1
    assert len(re.findall(r"<input [^>]*checked", page)) == 1
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    # Each form posts to its own question, without script too.
    assert page.count(f'action="/attempts/{attempt.uuid}/3/"') == 1


def test_of_practice_it_tells_nothing_of_an_answer_either(quiz, constable, client_of):
    found = quiz([single("One?", right="Best", wrong=("Worse",))], review="practice", purpose="practice")
    attempt = attempts.start(found.translation_key, **facts(constable, found))
    answer(attempt, constable, 1, wrong_answer)
    page = paper_of(client_of(constable), attempt).content.decode()

    assert "data-practice" in page
    assert 'class="opt-l right' not in page
    assert "Not the best answer" not in page


def test_of_one_that_is_prepared_the_paper_stands_in_for_every_page(quiz, constable, client_of):
    """It may be begun on its device, which has not said so yet."""
    found = quiz([single()], purpose="check")
    attempt = preparing.prepare(found.translation_key, device="d", **facts(constable, found))
    browser = client_of(constable)

    for page in ("paper/", "", "1/", "review/", "result/"):
        shown = browser.get(f"/attempts/{attempt.uuid}/{page}")
        assert shown.status_code == 200
        assert 'data-page="1"' in shown.content.decode()
    assert client_of(make_user()).get(f"/attempts/{attempt.uuid}/1/").status_code == 404
    attempt.refresh_from_db()
    assert attempt.is_prepared


def test_nobody_else_has_it_and_nobody_once_it_is_handed_in(quiz, constable, client_of):
    found = quiz([single()])
    attempt = attempts.start(found.translation_key, **facts(constable, found))
    assert paper_of(client_of(make_user()), attempt).status_code == 404
    attempts.submit(attempt.uuid, person=constable.person, actor=constable, at=timezone.now())
    assert paper_of(client_of(constable), attempt).status_code == 404


def test_twenty_five_questions_fit_into_fifteen_kilobytes(quiz, constable, client_of):
    words = "An officer notices a worker whose papers are held by the employer, number {}"
    found = quiz(
        [single(f"{words.format(n)}?", wrong=(f"Wait {n}", f"Ask {n * 7}", f"Go {n + 3}")) for n in range(25)]
    )
    attempt = attempts.start(found.translation_key, **facts(constable, found))
    page = paper_of(client_of(constable), attempt).content
    assert len(gzip.compress(page, 6)) <= 15 * 1024


def test_a_paper_begun_on_a_device_stands_beside_the_one_begun_on_line(quiz, constable):
    """Both are kept, and both count for how often the test was taken."""
    found = quiz([single(), multiple()], purpose="check", attempts_allowed=3)
    known = facts(constable, found)
    paper = preparing.prepare(found.translation_key, device="d", **known)
    online = attempts.start(found.translation_key, **known)
    preparing.begin(paper, started_at=timezone.now(), actor=constable, at=timezone.now())

    def standing():
        return standings(known["enrolment"], [found.translation_key])[found.translation_key]

    assert standing().open_uuid == online.uuid == attempts.start(found.translation_key, **known).uuid
    attempts.submit(online.uuid, person=constable.person, actor=constable, at=timezone.now())
    assert standing().open_uuid == paper.uuid
    answer(paper, constable, 1)
    answer(paper, constable, 2)
    attempts.submit(paper.uuid, person=constable.person, actor=constable, at=timezone.now())
    assert (standing().attempts_used, standing().attempts_left) == (2, 1)
    assert standing().passed_uuid == paper.uuid
