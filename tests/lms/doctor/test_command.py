import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from lms.doctor import examining
from lms.doctor.check import Check
from lms.doctor.finding import Verdict, broken, look, ok
from lms.doctor.models import TimerRun


class Says(Check):
    name = title = "Thing"

    def __init__(self, *findings, **attributes):
        self.findings = findings
        self.__dict__.update(attributes)

    def look(self, at):
        return self.findings


class Fails(Says):
    def look(self, at):
        raise RuntimeError("secret")


GOOD, SO_SO, BAD = ok("It stands."), look("It leans.", "Prop it up."), broken("It fell.", "Lift it.")


def doctor(monkeypatch, checks, *arguments):
    """(what the command wrote, its exit code)"""
    everything = examining.examine
    monkeypatch.setattr(
        "lms.management.commands.doctor.examine",
        lambda at, slow: everything(at, slow=slow, checks=checks),
    )
    written, code = StringIO(), 0
    try:
        call_command("doctor", *arguments, stdout=written)
    except SystemExit as end:
        code = end.code
    return written.getvalue(), code


@pytest.mark.parametrize(
    ("findings", "code", "lines"),
    [
        ([GOOD], 0, ["ok       Thing: It stands.", "All is well."]),
        ([GOOD, SO_SO], 1, ["ok       Thing: It stands.", "look at  Thing: It leans. → Prop it up."]),
        ([SO_SO, BAD], 2, ["look at  Thing: It leans. → Prop it up.", "broken   Thing: It fell. → Lift it."]),
    ],
)
def test_it_says_one_line_each(db, monkeypatch, findings, code, lines):
    written, ended = doctor(monkeypatch, [Says(*findings)])
    assert ended == code
    assert written.splitlines()[: len(lines)] == lines


def test_as_json(db, monkeypatch):
    written, code = doctor(monkeypatch, [Says(GOOD, SO_SO)], "--json")
    good = {"verdict": "ok", "says": "It stands.", "do": "", "detail": ""}
    so_so = {"verdict": "look at", "says": "It leans.", "do": "Prop it up.", "detail": ""}
    told = json.loads(written)
    assert code == 1
    assert told["verdict"] == "look at"
    assert told["checks"][0]["findings"] == [good, so_so]


def test_one_that_fails_holds_up_no_other(db, monkeypatch):
    written, code = doctor(monkeypatch, [Fails(), Says(GOOD)])
    assert code == 2
    assert "RuntimeError" in written
    assert "secret" not in written
    assert "It stands." in written


def test_quick_leaves_out_what_is_slow(db, monkeypatch):
    written, code = doctor(monkeypatch, [Says(BAD, slow=True), Says(GOOD)], "--quick")
    assert (code, "It fell." in written) == (0, False)


def test_without_a_database_the_rest_is_told(db, monkeypatch):
    def away(*args, **kwargs):
        raise DatabaseError

    checks = [Says(BAD), Says(GOOD, needs_database=False)]
    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", away)
        examined = examining.examine(timezone.now(), checks=checks)
    assert [each.verdict for each in examined] == [Verdict.OK]


def test_every_check_has_words(db):
    examined = examining.examine(timezone.now(), slow=False)
    names = [each.check.name for each in examined]
    assert len(names) == len(set(names)) > 15
    assert all(each.check.title and each.findings for each in examined)
    assert not [f for each in examined for f in each.findings if "could not be looked at" in f.says]


def test_timers_are_noted(db):
    call_command("timer_ran", "tick")
    call_command("timer_ran", "tick")
    assert TimerRun.objects.get().name == "tick"
