"""A practice case for tests: two pages, a field of each kind."""

import json
import uuid
from itertools import count

from django.utils import timezone

from courses.catalogue.raw import block, items
from courses.drills.cases import running
from courses.drills.cases.models import CaseEdition
from courses.drills.cases.pages import CasePage
from tests.factories import _add, make_course_page, make_enrolment

_n = count(1)


def option(text, right=False, critical="", why=""):
    return {"text": text, "right": right, "critical": critical, "why": why or f"Because of {text}."}


def field(kind, label, *, step="record", clauses=(), **value):
    about = {"label": label, "help": "", "step": step, "why": f"About {label}.", "clauses": items(clauses)}
    return block(kind, **about, **value)


def choice(label="Risk", options=None, **kwargs):
    options = options or [option("Red", True), option("Green", critical="leaves_in_danger")]
    return field("choice", label, options=items(options), points=kwargs.pop("points", 2), **kwargs)


def choices(label="Signs", options=None, *, least=2, **kwargs):
    options = options or [
        option("Passport kept", True),
        option("No wages", True),
        option("A foreigner"),
        option("Poor English"),
    ]
    return field("choices", label, options=items(options), least=least, **kwargs)


def short(label="Safe contact", accepted="shelter\nfocal point", *, least=1, refused="", **kwargs):
    about = {"critical": "", "model": "Through the shelter", "points": 1} | kwargs
    return field("short", label, accepted=accepted, least=least, refused=refused, **about)


def long(label="In her words", rubric=("gives her words", "has no label")):
    return field("long", label, rubric=items({"text": line} for line in rubric), model="She said…")


def times(label="Calls", rows=(("Emergency line", "14:13"),), **kwargs):
    rows = items({"text": text, "at": at, "why": ""} for text, at in rows)
    return field("times", label, rows=rows, least=1, **kwargs)


def statement(text="R. says: He keeps my passport.", when="14:10"):
    return block("statement", when=when, title="At the clinic", text=text)


def two_pages():
    """Its fields in order: Signs, Risk; then Safe contact, In her words, Calls."""
    later = block("note", when="14:25", title="", text="Through the interpreter she agrees to a shelter.")
    first = [statement(), choices(step="recognise"), choice(step="safety")]
    return [*first, block("page", title="Later"), later, short(step="refer"), long(), times(step="notify")]


def make_case(course_page=None, blocks=None, **kwargs):
    """A published case."""
    kwargs.setdefault("title", f"Case {next(_n)}")
    form = json.dumps(two_pages() if blocks is None else blocks)
    return _add(course_page or make_course_page(), CasePage(form=form, **kwargs))


def edition_of(case):
    return CaseEdition.objects.newest(case.translation_key)


def make_run(person, case=None, at=None, enrolment=None):
    """A run that was just started, in an enrolment of the case's course."""
    case = case or make_case()
    course = edition_of(case).course
    enrolment = enrolment or person.enrolments.filter(course=course).open().first()
    enrolment = enrolment or make_enrolment(person, course)
    return running.start(
        case.translation_key, person=person, enrolment=enrolment, actor=None, at=at or timezone.now()
    )


def all_right(edition):
    """Answers that the key of this edition calls right, {field id: answer}."""
    answers = {}
    for one in edition.fields:
        key = edition.key[one["id"]]
        if one["kind"] in ("choice", "choices"):
            right = [name for name, known in key["options"].items() if known["right"]]
            answers[one["id"]] = right if one["kind"] == "choices" else right[0]
        elif one["kind"] == "times":
            answers[one["id"]] = {row: known["at"][0] for row, known in key["rows"].items()}
        else:
            answers[one["id"]] = " ".join(key["accepted"]) if one["kind"] == "short" else "She said: No pay."
    return answers


def save(run, answers, *, name=None, at=None):
    return running.save_answers(
        run.uuid, answers, uuid=name or uuid.uuid4(), person=run.person, at=at or timezone.now()
    )


def hand_in(run, at=None):
    return running.hand_in(run.uuid, person=run.person, actor=None, at=at or timezone.now())


def handed_in(person, case=None, answers=None):
    """A run that was filled in, rightly unless `answers` are given, and handed in."""
    run = make_run(person, case)
    save(run, all_right(run.edition) if answers is None else answers)
    hand_in(run)
    run.refresh_from_db()
    return run
