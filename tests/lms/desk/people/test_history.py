"""Every deed that the code writes down about a person is told in words."""

import ast

import pytest
from django.utils import timezone

from courses.audit import log
from courses.people.models import Person
from courses.people.unlocking import reset_second_step
from courses.quizzes import attempts, exceptions
from lms.desk import exception_history
from lms.desk.people.history import NOT_TOLD, WORDS
from tests.factories import make_course, make_enrolment, make_small_course
from tests.test_architecture import ROOT

pytestmark = pytest.mark.django_db

# Verbs that the code puts together, or takes from a constant.
COMPOSED = {
    "courses/audit/desk.py": {
        "added at the desk", "changed at the desk", "deleted at the desk", "settings changed",
    },
    "courses/audit/redacting.py": {"erased"},
    "courses/management/commands/publish_scheduled.py": {"publishing refused"},
    "courses/enrolment/enrolling.py": {
        "enrolled", "enrolment asked for", "assigned", "enrolment refused", "enrolment withdrawn",
        "renewal started",
    },
    "courses/national/loading.py": {"loaded from file"},
    "lms/reminding/muting.py": {"reminders muted", "reminders wanted again"},
    "courses/people/approving.py": {"approved", "refused"},
    "courses/people/roles.py": {"role given"},
    "courses/quizzes/writing.py": {"lesson made from a document"},
}  # fmt: skip
# About no person: content, the site, and sheets that were taken out.
OF_OTHERS = {
    "approval of content taken back", "archive made", "archive ordered", "archive ordered again",
    "archive taken out", "archive thrown away", "content approved",
    "procedure edition begun", "procedure edition published", "procedure draft thrown away",
    "procedure draft taken in", "citation decided", "refresher call raised", "refresher call sent",
    "course copied", "edit marked material", "edit marked minor",
    "directory entry checked",
    "auditor looked", "directory entry installed", "lesson made from a document", "letter came back",
    "letter sent again", "letter set aside", "loaded from file", "part copied",
    "people exported", "people of an agency exported", "publishing refused", "question.classified",
    "question.key_set", "question.key_repaired", "question.published", "question.repair_done",
    "question.retired", "quiz.published", "quiz.questions_chosen",
    "table_top.fixed", "table_top.planned", "table_top.dropped", "table_top.entered",
    "scenario.published", "case.published", "drill.repair confirmed", "drill.repair done",
    "report exported", "settings changed",
    "results exported", "task tried again", "written from template",
    "evidence file taken out", "figures frozen", "figures ordered", "figures ordered again",
    "frozen figures taken out", "sentence reworded",
    "module reused", "reused part kept",
    "import uploaded", "import columns chosen", "import thrown away", "import confirmed", "import done",
    "import purged", "import report exported", "workshop added from a register",
    "workshop cancelled", "workshop copied", "workshop moved",
    "workshop opened", "workshop taken up again",
    "room confirmed", "session copied", "sheet entered", "sheet photograph added", "workshop closed",
    "workshop reopened",
    "cohort opened", "cohort closed", "cohort opened again", "cohort code changed", "cohort due date changed",
    "cohort written to", "cohort exported", "invited", "invitation sent again", "invitation withdrawn",
    "paper forms frozen", "question paper printed", "survey sheet entered",
    "certificates printed", "print run finished", "print run purged",
    "hand-over begun", "hand-over day changed", "hand-over given up", "hand-over rights given",
    "hand-over questions answered", "hand-over matter taken", "hand-over finished", "hand-over closed",
    "hand-over not closed", "hand-over record made",
    "backup made", "backup verified", "backup thrown away", "restore rehearsed", "site restored",
}  # fmt: skip


def verbs_in(path):
    """(verbs written out, whether one is not) of the calls of `record` in a file."""
    written, composed = set(), False
    for call in ast.walk(ast.parse(path.read_text())):
        if not isinstance(call, ast.Call) or not call.args:
            continue
        if getattr(call.func, "attr", getattr(call.func, "id", "")) != "record":
            continue
        verb = call.args[0]
        for each in [verb.body, verb.orelse] if isinstance(verb, ast.IfExp) else [verb]:
            if isinstance(each, ast.Constant):
                written.add(each.value)
            else:
                composed = True
    return written, composed


def test_every_verb_of_the_code_has_words_or_is_of_others():
    found = set()
    for folder in ("courses", "certificates", "lms"):
        for path in (ROOT / folder).rglob("*.py"):
            written, composed = verbs_in(path)
            name = str(path.relative_to(ROOT))
            assert composed == (name in COMPOSED), f"{name}: name its verbs in COMPOSED"
            found |= written | COMPOSED.get(name, set())

    told = WORDS.keys() | exception_history.WORDS.keys() | NOT_TOLD
    assert found - told - OF_OTHERS == set()
    assert {verb for verb in told if not verb.startswith("wagtail.")} - found == set()


def told(client_of, user, person):
    page = client_of(user).get(f"/admin/people/{person.pk}/")
    return [event.what for event in page.context["history"]]


def test_exceptions_and_the_second_step_are_told(client_of, focal_point, administrator, constable):
    page, now = make_small_course(course=make_course(title="Signs")), timezone.now()
    enrolment = make_enrolment(constable.person, page.course)
    attempt = attempts.start(
        page.check.translation_key, person=constable.person, enrolment=enrolment, actor=constable, at=now
    )
    exceptions.void(attempt.uuid, reason="Power cut", actor=focal_point, at=now)
    reset_second_step(constable, "Lost the telephone", actor=administrator, at=now)

    assert sorted(told(client_of, focal_point, constable.person)) == [
        "Attempt ended, not counted: Module check. Power cut",
        "Second step removed: Lost the telephone",
        "Started: Signs",
    ]


def test_a_verb_of_a_later_version_is_told_as_it_stands(client_of, focal_point, constable):
    log.record("moved to the moon", Person.objects.get(pk=constable.person.pk), actor=None, at=timezone.now())

    assert told(client_of, focal_point, constable.person) == ["Moved to the moon"]
