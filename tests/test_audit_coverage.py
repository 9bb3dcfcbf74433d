"""Every verb writes an audit entry: what takes `actor` and `at` reaches `record`, or is listed with the reason.

Read from the code: who calls whom by names that a module defines or imports. A call that is not found there (a
method, a signal) is not followed, so nothing passes by chance.
"""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APPS = ("courses", "certificates", "lms")
RECORD = "courses.audit.log.record"
ASKS = "It asks, and changes nothing."
PREPARES = "A paper that nobody has begun; beginning it writes the entry."
OF_CALLER = "A part of another verb, which writes the entry."
NO_ENTRY = {
    "lms.erasing.asking.refusal": ASKS,
    "lms.handover.finishing.check": ASKS,
    "lms.reports.packs.making.draw_up": ASKS,
    "courses.quizzes.repairing.propose": "Nothing is marked by it; confirming writes the entry.",
    "courses.quizzes.preparing.prepare": PREPARES,
    "lms.offline.papers.prepare_all": PREPARES,
    "courses.quizzes.attempts.further": OF_CALLER,
    "courses.imports.kinds.Kind.run": OF_CALLER,
    "courses.imports.people.PersonKind.run": OF_CALLER,
    "courses.imports.people.PersonKind.do": OF_CALLER,
}


class Code:
    """`functions`: {"package.module.function": its node}. `names`: {module: {name in it: full name}}.
    `methods`: {"package.module.Class": their full names}."""

    def __init__(self, files):
        self.functions, self.names, self.methods = {}, {}, defaultdict(list)
        for module, text in files.items():
            tree = ast.parse(text)
            known = self.names[module] = {}
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom) and node.module:
                    known.update({one.asname or one.name: f"{node.module}.{one.name}" for one in node.names})
                elif isinstance(node, ast.Import):
                    known.update({one.asname or one.name: one.name for one in node.names})
            for node in tree.body:
                if isinstance(node, ast.FunctionDef):
                    self.functions[f"{module}.{node.name}"] = node
                    known[node.name] = f"{module}.{node.name}"
                elif isinstance(node, ast.ClassDef):
                    for each in node.body:
                        if isinstance(each, ast.FunctionDef):
                            self.functions[f"{module}.{node.name}.{each.name}"] = each
                            self.methods[f"{module}.{node.name}"].append(f"{module}.{node.name}.{each.name}")
                    known[node.name] = f"{module}.{node.name}"

    def verbs(self):
        """Public functions of modules that take who does it and when."""
        for name, node in self.functions.items():
            arguments = {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
            if {"actor", "at"} <= arguments and not node.name.startswith("_"):
                yield name

    def called_by(self, name):
        module = name.rpartition(".")[0]
        if module not in self.names:
            module = module.rpartition(".")[0]
        of_class = name.rpartition(".")[0]
        for call in ast.walk(self.functions[name]):
            if isinstance(call, ast.Call):
                yield from self._found(call.func, module, of_class)

    def _found(self, called, module, of_class):
        known = self.names[module]
        if isinstance(called, ast.Name):
            full = known.get(called.id)
            yield full
            # A class: what its methods call is called too.
            yield from self.methods.get(full, ())
        elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            if called.value.id == "self":
                yield f"{of_class}.{called.attr}"
            elif called.value.id in known:
                yield f"{known[called.value.id]}.{called.attr}"

    def records(self, name, seen=None):
        seen = set() if seen is None else seen
        if name == RECORD:
            return True
        if name in seen or name not in self.functions:
            return False
        seen.add(name)
        return any(self.records(each, seen) for each in self.called_by(name))


def without_entry(code):
    return {name for name in code.verbs() if name != RECORD and not code.records(name)}


@pytest.fixture(scope="module")
def code():
    paths = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    return Code({".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text() for path in paths})


def test_every_verb_writes_an_entry(code):
    found = without_entry(code)

    assert found - NO_ENTRY.keys() == set()
    assert NO_ENTRY.keys() - found == set()
    assert len(list(code.verbs())) > 100


def test_a_verb_that_forgets_is_found():
    head = "from courses.audit import log\n\n"
    good = head + "def keep(it, *, actor, at):\n    _write(it, actor, at)\n"
    good += "def _write(it, actor, at):\n    log.record('kept', it, actor=actor, at=at)\n"
    forgets = head + "def lose(it, *, actor, at):\n    it.save()\n"

    found = without_entry(Code({"courses.good": good, "courses.bad": forgets}))

    assert found == {"courses.bad.lose"}
