"""Raw blocks of lessons and quizzes for tests; `tests.factories` hands them on."""

import itertools
import uuid

from courses.choices import Pool, Topic

_n = itertools.count(1)


def list_item(value):
    return {"type": "item", "id": str(uuid.uuid4()), "value": value}


def block(kind, /, **value):
    """Any block by its name, such as block("key_point", kind="remember", title="", text="<p>…</p>")."""
    value.setdefault("sectors", [])
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


def paragraph(text="<p>Text.</p>", sectors=()):
    return block("paragraph", text=text, sectors=list(sectors))


def quick_question(stem="What first?", right="Listen", wrong=("Promise",)):
    answers = [{"text": right, "right": True, "why": "Yes."}]
    answers += [{"text": text, "right": False, "why": "Not first."} for text in wrong]
    return block("quick_question", stem=stem, answers=[list_item(answer) for answer in answers])


def choice(text, to, points=0, critical="", consequence=""):
    """What people can do in a situation, and where it leads."""
    consequence = consequence or f"That leads to {to}."
    return {"text": text, "to": to, "points": points, "critical": critical, "consequence": consequence}


def situation(name, *choices, step="safety", clauses=(), media=(), **value):
    """A situation of a scenario; choices as of `choice`."""
    value = {"title": f"At the {name}", "text": f"You stand at the {name}.", "asks": "Make it safe.", **value}
    listed = {"clauses": [list_item(pk) for pk in clauses], "choices": [list_item(one) for one in choices]}
    value = {"name": name, "step": step, "media": list(media), **listed, **value}
    return {"type": "situation", "id": str(uuid.uuid4()), "value": value}


def ending(name, kind="good", **value):
    value = {"title": f"The {name}", "text": "It ends here.", "text_if_missed": "", "debrief": "", **value}
    return {"type": "ending", "id": str(uuid.uuid4()), "value": {"name": name, "kind": kind, **value}}


def _option(text, right=False, why=""):
    return list_item({"text": text, "right": right, "why": why or f"Because of {text}."})


def _written(kind, value, kwargs):
    value = {
        "why": "In general.",
        "change": "slip",
        "topic": Topic.INDICATORS,
        "difficulty": "medium",
        "objective": "",
        "critical": False,
        "sectors": [],
        **value,
        **kwargs,
    }
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


def single(stem=None, right="Right", wrong=("Wrong", "Also wrong"), **kwargs):
    """A single-choice question for `make_quiz`; the right answer stands first."""
    options = [_option(right, True), *(_option(text) for text in wrong)]
    return _written("single", {"stem": stem or f"Question {next(_n)}?", "options": options}, kwargs)


def multiple(stem=None, right=("Right", "Right too"), wrong=("Wrong", "Also wrong"), **kwargs):
    options = [*(_option(text, True) for text in right), *(_option(text) for text in wrong)]
    return _written("multiple", {"stem": stem or f"Question {next(_n)}?", "options": options}, kwargs)


def true_false(stem=None, answer=True, **kwargs):
    value = {
        "stem": stem or f"Statement {next(_n)}.",
        "answer": "true" if answer else "false",
        "why_true": "You said true.",
        "why_false": "You said false.",
    }
    return _written("true_false", value, kwargs)


def matching(
    stem=None, pairs=(("Act", "Recruit"), ("Means", "Deceive"), ("Purpose", "Exploit")), others=(), **kwargs
):
    value = {
        "stem": stem or f"Match {next(_n)}.",
        "pairs": [list_item({"left": left, "right": right}) for left, right in pairs],
        "others": [list_item({"text": text}) for text in others],
    }
    return _written("matching", value, kwargs)


def ordering(stem=None, entries=("First", "Second", "Third"), **kwargs):
    """The entries in their right order."""
    value = {"stem": stem or f"Order {next(_n)}.", "entries": [list_item({"text": text}) for text in entries]}
    return _written("ordering", value, kwargs)


def short(stem=None, accepted=("Consent",), **kwargs):
    value = {"stem": stem or f"Word {next(_n)}?", "accepted": [list_item({"text": text}) for text in accepted]}
    return _written("short", value, kwargs)


def numeric(stem=None, answer="18", tolerance="0", unit="", **kwargs):
    value = {"stem": stem or f"Number {next(_n)}?", "answer": answer, "tolerance": tolerance, "unit": unit}
    return _written("numeric", value, kwargs)


def case(stem=None, parts=None, **kwargs):
    """One situation with a part for each (text, right answers, wrong answers, several)."""
    parts = parts or [
        ("What first?", ("Listen",), ("Promise", "Leave"), False),
        ("Whom to tell?", ("The team", "The line"), ("The owner",), True),
    ]
    value = {
        "stem": stem or f"Case {next(_n)}.",
        "parts": [
            list_item(
                {
                    "text": text,
                    "several": several,
                    "options": [*(_option(one, True) for one in right), *(_option(one) for one in wrong)],
                    "why": f"About: {text}",
                }
            )
            for text, right, wrong, several in parts
        ],
    }
    return _written("case", value, kwargs)


def from_bank(bank_question):
    return {"type": "bank", "id": str(uuid.uuid4()), "value": {"question": bank_question.pk}}


def draw(count, **value):
    value = {
        "count": count,
        "pool": Pool.CHECK,
        "module": "",
        "topic": "",
        "difficulty": "",
        "own_sector": False,
        "critical": 0,
        **value,
    }
    return {"type": "draw", "id": str(uuid.uuid4()), "value": value}
