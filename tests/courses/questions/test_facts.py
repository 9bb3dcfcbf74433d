"""What the list of questions is searched by: kept with each, and filled in for those written before."""

from importlib import import_module
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from courses import migrations
from courses.questions.models import BankQuestion
from tests.factories import case, make_bank_question, matching, ordering, short, single

pytestmark = pytest.mark.django_db


def facts():
    return list(BankQuestion.objects.order_by("pk").values_list("kind", "stem_text", "answers_text"))


def test_answers_to_choose_from_are_kept_in_no_order_that_tells_and_what_is_to_be_typed_is_not():
    make_bank_question(single("Who?", right="She", wrong=["He"]))
    make_bank_question(matching("Which?", pairs=[("Act", "Recruit"), ("Means", "Deceive")]))
    make_bank_question(short("What?", accepted=["Consent"]))
    make_bank_question(ordering("When?", entries=["Listen", "Ask", "Refer"]))
    make_bank_question(
        case("A cook.", [("First?", ["Listen"], ["Run"], False), ("Whom?", ["Tell"], ["Shout"], False)])
    )

    assert facts() == [
        ("single", "Who?", "He\nShe"),
        ("matching", "Which?", "Act\nDeceive\nMeans\nRecruit"),
        ("short", "What?", ""),
        ("ordering", "When?", "Ask\nListen\nRefer"),
        ("case", "A cook.", "First?\nListen\nRun\nShout\nTell\nWhom?"),
    ]


def test_the_migration_fills_them_in():
    make_bank_question(single("Who?"))
    make_bank_question(matching("Which?"))
    make_bank_question(case("A cook."))
    before = facts()
    BankQuestion.objects.update(kind="", answers_text="")
    (name,) = [path.stem for path in Path(migrations.__path__[0]).glob("*_bank_tags.py")]

    state = MigrationExecutor(connection).loader.project_state([("courses", name)])
    import_module(f"courses.migrations.{name}").fill(state.apps, None)

    assert facts() == before
