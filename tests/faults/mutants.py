"""`make fault-mutants`: the product is broken on purpose, and the harness must find each break.

Each mutant is a copy of the project with a few words replaced; a word that is not there is an error.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import namedtuple
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("lms", "courses", "certificates", "templates", "locale", "tests", "deploy")
SINGLE = ("manage.py", "pyproject.toml")
SECONDS = 900

STORE, SENDER = "lms/static/lms/offline/store.js", "lms/static/lms/offline/sender.js"
QUESTIONING = "lms/static/lms/offline/questioning.js"
ATTEMPTS, ANSWERS = "courses/quizzes/attempts.py", "courses/quizzes/answers.py"

# `changes`: (file, words that stand there once, words in their place), ... `seeds`: those whose stories
# meet it, the likeliest first.
Mutant = namedtuple("Mutant", "name seeds changes")

MUTANTS = [
    Mutant(
        "the nonce is dropped: a new name at each try",
        (1, 2, 8),
        [
            (
                SENDER,
                "const asSent = ({ person, ...item }) => item;",
                "const asSent = ({ person, ...item }) => ({ ...item, uuid: crypto.randomUUID() });",
            )
        ],
    ),
    Mutant(
        "the outbox is cleared before the answer comes",
        (0, 9, 17, 19),
        [
            (
                SENDER,
                "    const { status, said, retryAfter } = await send(address, person, known.token, items);",
                "    const early = items.map(({ uuid }) => ({ uuid, status: 'accepted', words: '' }));\n"
                "    await settle(person, early, new Date().toISOString());\n"
                "    const { status, said, retryAfter } = await send(address, person, known.token, items);",
            )
        ],
    ),
    Mutant(
        "the device's clock is believed",
        (8, 17, 6, 9),
        [(ANSWERS, "event.client_at + timedelta(milliseconds=event.offset)", "event.client_at")],
    ),
    Mutant(
        "the device's own order is not kept when its clock moves",
        (7, 25, 34, 52),
        [(ANSWERS, "return min([max([given, *before]), *after])", "return given")],
    ),
    Mutant(
        "the clock is read once more when it is sent",
        (32, 14, 16, 23),
        [(SENDER, "now: new Date().toISOString(),", "now: items[0].at,")],
    ),
    Mutant(
        "an expired session forgets what waited",
        (1, 4, 26, 0),
        [
            (
                SENDER,
                '    if (typeof known === "string") return { outcome: known };',
                '    if (typeof known === "string") {\n'
                "      const gone = first.map(({ uuid }) => ({ uuid, status: 'accepted', words: '' }));\n"
                "      if (known === SIGN_IN) await settle(person, gone, new Date().toISOString());\n"
                "      return { outcome: known };\n"
                "    }",
            )
        ],
    ),
    Mutant(
        "a refusal is told as saved",
        (27, 31, 67, 103),
        [
            (STORE, 'reply.status === "refused" ? "unsaved" : "saved"', '"saved"'),
            (QUESTIONING, 'status === "refused" ? "unsaved" : "saved"', '"saved"'),
        ],
    ),
    Mutant(
        "sent under whoever is signed in",
        (26, 8, 17, 35),
        [
            (
                SENDER,
                "    if (known.person !== person) return { outcome: SOMEBODY_ELSE };\n",
                "",
            ),
            ("lms/offline/views.py", "if batch.person != person.uuid and ", "if False and "),
        ],
    ),
    Mutant(
        "what is sent twice is kept twice",
        (1, 2, 9),
        [
            (
                ATTEMPTS,
                "for name in (event.uuid, answers.renamed(event.uuid, item.pk, sha256)):",
                "for name in ():",
            ),
        ],
    ),
    Mutant(
        "the count begins again with each page",
        (1, 5, 9),
        [
            (
                SENDER,
                "const asSent = ({ person, ...item }) => item;",
                "let counted = 0;\n"
                "const asSent = ({ person, ...item }) => ({ ...item, seq: ++counted });",
            )
        ],
    ),
    Mutant(
        "handed in before its answers are sent",
        (2, 8, 14, 20),
        [
            (
                SENDER,
                "filter((item) => mayGo(item, stuck)).slice(0, most);",
                "filter((item) => mayGo(item, stuck))\n"
                '      .sort((a, b) => (b.kind === "hand_in") - (a.kind === "hand_in")).slice(0, most);',
            )
        ],
    ),
    Mutant(
        "kept is said before the disk has it",
        (2, 20, 0, 11),
        [
            (
                STORE,
                '  return within(["outbox", "places"], "readwrite", async (outbox, places) => {\n'
                "    item.seq = await done(outbox.add(item));",
                '  const soon = (...all) => (setTimeout(() => within(...all), 2400), item);\n'
                '  return soon(["outbox", "places"], "readwrite", async (outbox, places) => {\n'
                "    item.seq = await done(outbox.add(item));",
            )
        ],
    ),
    Mutant(
        "a second handing in is marked again",
        (4, 12, 16, 28),
        [
            (ATTEMPTS, "    if attempt.is_submitted:\n        return attempt.latest_marking()\n", ""),
            (
                ATTEMPTS,
                "result = _mark(attempt, n=1, actor=actor, at=at)",
                "result = _mark(attempt, n=attempt.markings.count() + 1, actor=actor, at=at)",
            ),
        ],
    ),
]  # fmt: skip


def copy(to):
    """The project without what its tools and its users made."""
    for name in COPIED:
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    for name in SINGLE:
        shutil.copy(ROOT / name, to / name)
    (to / "var" / "static").mkdir(parents=True)


def change(folder, changes):
    """Raises ValueError where the words are not there exactly once: the mutant is out of date."""
    for name, words, others in changes:
        file = folder / name
        text = file.read_text()
        if text.count(words) != 1:
            raise ValueError(f"{name}: {text.count(words)} times: {words!r}")
        file.write_text(text.replace(words, others))


def hunt(mutant, answers, database):
    """The seed that found it with what it found, or None. `database` is made by the first and used by all."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        folder = Path(folder)
        copy(folder)
        change(folder, mutant.changes)
        environment = {**os.environ, "DATABASE_TEST_NAME": str(database)}
        environment["PYTHONPATH"] = str(folder)
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        command = [
            sys.executable,
            "-m",
            "tests.faults",
            "--stop",
            "--keep",
            "--answers",
            str(answers),
            "--seeds",
        ]
        command += map(str, mutant.seeds)
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=SECONDS
        )
    found = [line.strip() for line in done.stdout.splitlines() if line.startswith(" " * 4) and ": " in line]
    found = [line for line in found if line.split(":")[0] in ("LOST", "DOUBLED", "UNTRUE")]
    if done.returncode == 0 or not found:
        return None if done.returncode in (0, 1) else f"broke: {done.stderr[-400:]}"
    seed = [line for line in done.stdout.splitlines() if line.startswith("seed ")][-1].split(":")[0]
    return f"{seed}: {found[0]}"


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.faults.mutants", description=__doc__.split("\n")[0])
    parser.add_argument("--only", nargs="*", default=[""], help="those whose names begin so")
    parser.add_argument("--answers", type=int, default=8)
    args = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        for mutant in MUTANTS:
            if mutant.name.startswith(tuple(args.only)):
                found = hunt(mutant, args.answers, Path(folder) / "mutants.sqlite3")
                missed += not (found and found.startswith("seed"))
                print(f"{mutant.name:<60} {found or 'NOT FOUND'}"[:220], flush=True)
    print(f"{missed} not found")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
