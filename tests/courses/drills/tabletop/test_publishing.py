"""Writing a table-top exercise, and fixing it before it is printed."""

import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from courses.append_only import AppendOnlyError
from courses.audit.models import AuditEntry
from courses.drills.tabletop import printing, publishing
from courses.drills.tabletop.models import TableTop, TableTopEdition
from courses.drills.tabletop.refusing import TableTopRefused
from tests.courses.procedures.writing import make_procedure
from tests.factories import _duty, block, make_scenario, make_table_top, publish

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def fix(table_top):
    return publishing.publish_edition(table_top, actor=None, at=NOW)


def test_what_is_fixed_stays_while_the_exercise_and_its_scenario_are_edited():
    table_top = make_table_top()
    first = fix(table_top)
    assert fix(table_top) == first
    table_top.title = "Another title"
    table_top.save()
    second = fix(table_top)
    scenario = table_top.scenario
    scenario.scenes[0].value["title"] = "Another door"
    publish(scenario)
    third = fix(table_top)
    assert [one.n for one in (first, second, third)] == [1, 2, 3]
    first.refresh_from_db()
    assert (first.title, third.title) == (first.title, "Another title")
    assert first.content["story"]["situations"][0]["title"] != "Another door"
    assert third.content["story"]["situations"][0]["title"] == "Another door"
    assert AuditEntry.objects.filter(verb="table_top.fixed").count() == 3
    with pytest.raises(AppendOnlyError):
        first.delete()


def test_what_does_not_fit_its_scenario_any_more_cannot_be_fixed():
    table_top = make_table_top(duties=[_duty("Police", "door", "Looks"), _duty("Health", "attic", "Climbs")])
    with pytest.raises(TableTopRefused) as refusal:
        fix(table_top)
    assert "scenario" in str(refusal.value.words)
    table_top.scenario.delete()
    with pytest.raises(TableTopRefused):
        fix(table_top)
    assert not TableTopEdition.objects.exists()


@pytest.mark.parametrize(
    ("field", "blocks", "sentence"),
    [
        ("roles", ["Police"], "needs 2 to 8 role cards"),
        ("roles", ["Police", "Police", "Health"], "“Police” has two role cards"),
        ("roles", ["Police", "Health", "Customs"], "“Customs” has no duty"),
    ],
)
def test_role_cards_that_cannot_be_held_are_told(field, blocks, sentence):
    table_top = make_table_top()
    table_top.roles = json.dumps([block("role", agency=one, who="You.", knows="", can="") for one in blocks])
    assert any(sentence in told for told in table_top.problems()[field])


def test_injects_that_lead_nowhere_are_told():
    inject = {"title": "A call", "text": "Somebody rings.", "to": "Fire", "at": "attic", "minute": 3}
    told = make_table_top(injects=[block("inject", **inject)]).problems()["injects"]
    assert told == [
        "“A call” is at “attic”. The scenario has no situation of that name.",
        "“A call” is for “Fire”, which has no role card.",
    ]


def test_the_desk_tells_what_is_wrong_and_keeps_nothing(focal_client):
    table_top = make_table_top()
    address = reverse("table-tops:edit", args=[table_top.pk])
    assert focal_client.get(address).status_code == 200
    form = form_of(table_top, at="attic")
    answer = focal_client.post(address, form)
    assert "The scenario has no situation of that name." in answer.content.decode()
    assert TableTop.objects.get().title == table_top.title
    answer = focal_client.post(address, form_of(table_top, text="Rings 758 468 3754"))
    assert "Everything here is invented." in answer.content.decode()
    answer = focal_client.post(address, form_of(table_top, title="At the door"))
    assert answer.status_code == 302
    assert TableTop.objects.get().title == "At the door"


def form_of(table_top, *, title="Other", at="door", text="Looks after people"):
    """What Wagtail's editor posts: two role cards, a duty each."""
    form = {"title": title, "scenario": table_top.scenario_id, "summary": "", "minutes": 45}
    for n, agency in enumerate(["Police", "Health"]):
        form |= _streamed("roles", n, "role", agency=agency, who="You.", knows="", can="")
        duty = {"agency": agency, "at": at, "text": text, "clauses-count": 0}
        form |= _streamed("duties", n, "duty", **duty)
    return form | {"roles-count": 2, "duties-count": 2, "injects-count": 0, "questions-count": 0}


def _streamed(field, n, kind, **values):
    prefix = f"{field}-{n}"
    head = {f"{prefix}-deleted": "", f"{prefix}-order": n, f"{prefix}-type": kind, f"{prefix}-id": ""}
    return head | {f"{prefix}-value-{name}": value for name, value in values.items()}


@pytest.fixture
def focal_client(client_of, focal_point):
    return client_of(focal_point)


def test_the_preview_shows_role_cards_or_what_is_wrong():
    table_top = make_table_top()
    context = table_top.get_preview_context(None, "")
    assert [one["agency"] for one in context["sheets"].roles] == ["Police", "Health"]
    table_top.scenario = None
    assert table_top.get_preview_context(None, "")["problems"] == ["Choose a scenario that is published."]


# --- Paper ------------------------------------------------------------------------------


def pages_of(template, edition):
    pdf = printing.draw(template, edition.sheets(), "en")
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.drawn
def test_a_table_has_everything_and_nothing_of_what_is_right():
    clause = make_procedure().clauses.get(number="4.2")
    edition = fix(make_table_top(clauses=[clause.pk]))
    pages = pages_of(printing.CARDS, edition)
    words = " ".join(pages)
    assert all("FICTIONAL – practice" in page for page in pages)
    for role in edition.content["roles"]:
        assert role["agency"] in words
    for one in edition.content["story"]["situations"]:
        for choice in one["choices"]:
            assert choice["text"] in words
    assert "Somebody rings." in words
    # The key and the duties are the trainer's.
    assert "Moves the man out of sight" not in words
    assert "warns the suspect" not in words
    trainer = " ".join(pages_of(printing.TRAINER, edition))
    assert "Moves the man out of sight" in trainer
    assert "It warns the suspect" in trainer
    assert "Clause 4.2" in trainer


@pytest.mark.drawn
def test_a_long_text_takes_more_paper_and_none_is_lost():
    scenario = make_scenario()
    scenario.scenes[0].value["text"] = "\n\n".join(f"Paragraph {n} of a long evening." for n in range(120))
    publish(scenario)
    words = " ".join(pages_of(printing.CARDS, fix(make_table_top(scenario))))
    assert all(f"Paragraph {n} of a long evening." in words for n in range(120))


def test_an_exercise_of_a_faulty_draft_is_not_saved_through_the_model(db):
    with pytest.raises(ValidationError):
        TableTop(title="", minutes=5).full_clean()
