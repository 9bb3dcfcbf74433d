"""A small course, for real and as the model has it."""

from datetime import timedelta

from courses.choices import Purpose
from tests.factories import (
    make_course,
    make_course_page,
    make_lesson,
    make_module,
    make_quiz,
    multiple,
    set_outline,
    single,
)
from tests.machine import model

# The validity of its certificates, and who studies it.
MONTHS = 1
PEOPLE = {"constance": "Constance Joseph", "nadege": "Nadège St. Prix"}


def journey_and_pages():
    """The course for real and as the model has it: {"lessons", "check", "final"} and a Journey."""
    page = make_course_page(make_course(validity_months=MONTHS))
    lessons = [make_lesson(page) for _ in model.LESSONS]
    blocks = {
        "check": [single("C1?"), single("C2?", critical=True)],
        "final": [single("F1?", critical=True), multiple("F2?"), single("F3?")],
    }
    check = make_quiz(page, questions=blocks["check"], pass_mark=50)
    final = make_quiz(
        page,
        questions=blocks["final"],
        purpose=Purpose.FINAL,
        review="test",
        pass_mark=60,
        attempts_allowed=3,
        wait_minutes=30,
        time_limit_minutes=45,
    )
    set_outline(page, [make_module(*lessons, check), make_module(final)])
    questions = {name: [question_of(block) for block in written] for name, written in blocks.items()}
    rule = {"attempts_allowed": 3, "wait": timedelta(minutes=30), "limit": timedelta(minutes=45)}
    journey = model.Journey(
        PEOPLE,
        check=model.Quiz("check", questions["check"], 50, practice=True),
        final=model.Quiz("final", questions["final"], 60, **rule),
        months=MONTHS,
    )
    pages = {"course": page.course, "lessons": dict(zip(model.LESSONS, lessons, strict=True))}
    return journey, {**pages, "check": check.translation_key, "final": final.translation_key}


def question_of(block):
    options = block["value"]["options"]
    return model.Question(
        key=block["id"],
        stem=block["value"]["stem"],
        options=tuple(option["id"] for option in options),
        right=frozenset(option["id"] for option in options if option["value"]["right"]),
        several=block["type"] == "multiple",
        critical=block["value"]["critical"],
    )
