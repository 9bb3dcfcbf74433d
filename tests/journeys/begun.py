"""An attempt that is open in a browser: the fixture `begun`, and what its journeys do and look at."""

import pytest
from django.utils import timezone

from courses.quizzes import attempts, preparing
from courses.quizzes.models import AnswerEvent
from tests.answering import form_of, right_answer
from tests.factories import (
    make_course_page,
    make_enrolment,
    make_module,
    make_quiz,
    make_user,
    multiple,
    set_outline,
    short,
    single,
    true_false,
)
from tests.journeys.study import fill_in

KEPT = "Kept on this device, not sent yet."


@pytest.fixture
def begun(live_server):
    """begun(review="test") gives an open attempt, with `learner`, of four questions; begun(device="d") one
    that is prepared."""

    def begin(device=None, questions=None, **rules):
        page = make_course_page()
        questions = questions or [single(), multiple(), true_false(), short()]
        quiz = make_quiz(page, questions, **{"review": "test", **rules})
        set_outline(page, [make_module(quiz)])
        learner = make_user()
        facts = {
            "person": learner.person,
            "enrolment": make_enrolment(learner.person, page.course),
            "actor": learner,
            "at": timezone.now(),
        }
        if device:
            attempt = preparing.prepare(quiz.translation_key, device=device, **facts)
        else:
            attempt = attempts.start(quiz.translation_key, **facts)
        attempt.learner = learner
        return attempt

    return begin


def address(attempt, n):
    return f"/attempts/{attempt.uuid}/{n}/"


def choose(tab, attempt, n, answer=right_answer):
    item = attempt.items.select_related("question_edition__question").get(n=n)
    fill_in(tab, form_of(answer(item)))


def state(tab, wanted):
    """The line below the question, once it is in this state."""
    line = tab.locator(f".kept[data-state={wanted}]")
    line.wait_for(state="attached")
    return line


def given(attempt, n):
    return AnswerEvent.objects.filter(item__attempt=attempt, item__n=n)
