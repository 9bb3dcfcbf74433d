"""What a new scenario begins with: a small story that is joined already, to be filled in."""

import json

from courses.catalogue import raw, writing
from courses.choices import DrillStep, EndingKind
from courses.drills.scenarios.pages import ScenarioPage

# (short name, step, where its choices lead: the first is the right one).
SITUATIONS = [
    ("notice", DrillStep.RECOGNISE, ["alone", "repair", "repair"]),
    ("repair", DrillStep.RECOGNISE, ["alone", "missed", "missed"]),
    ("alone", DrillStep.SAFETY, ["ask", "ask", "missed"]),
    ("ask", DrillStep.CONSENT, ["refer", "refer", "missed"]),
    ("refer", DrillStep.REFER, ["done", "missed", "missed"]),
]
ENDINGS = [("done", EndingKind.GOOD), ("missed", EndingKind.POOR)]
RIGHT, REPAIRED = 2, 1


def empty_scenes():
    return [*(_situation(*one) for one in SITUATIONS), *(_ending(*one) for one in ENDINGS)]


def _situation(name, step, leads_to):
    worth = REPAIRED if name == "repair" else RIGHT
    choices = [
        {"text": "", "to": to, "points": 0 if n else worth, "consequence": "", "critical": ""}
        for n, to in enumerate(leads_to)
    ]
    words = {"title": "", "text": "", "asks": ""}
    listed = {"media": [], "clauses": [], "choices": raw.items(choices)}
    return raw.block("situation", name=name, step=step, **words, **listed)


def _ending(name, kind):
    return raw.block("ending", name=name, kind=kind, title="", text="", text_if_missed="", debrief="")


def write_scenario(course_page, title, *, actor):
    """The draft of a scenario below the course, in a list as `quizzes.writing` takes it."""
    scenes = json.dumps(empty_scenes())
    return [writing.add_draft(course_page, ScenarioPage(title=title, scenes=scenes), actor=actor)]
