"""The desk writes cards, and keeps numbers out of what is written by hand."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import nested_form_data, streamfield

from courses.pocket_cards.models import PocketCard
from tests.courses.procedures.writing import make_procedure
from tests.factories import make_entry, make_pocket_card, make_sector

pytestmark = pytest.mark.django_db


def form(
    sector,
    *,
    step="Meet needs first.",
    steps=1,
    signs=0,
    spanish="Usted decide.",
    contact="emergency",
    clauses=(),
):
    phrase = {"english": "You decide.", "spanish": spanish, "purpose": ""}
    return nested_form_data(
        {
            "sector": sector.pk,
            "steps": streamfield([("step", step)] * steps),
            "contacts": streamfield([("contact", contact)]),
            "signs": streamfield([("sign", "One person answers for all.")] * signs),
            "phrases": streamfield([("phrase", phrase)]),
            "clauses": streamfield([("clause", clause.pk) for clause in clauses]),
            "note": "",
        }
    )


def test_the_focal_point_writes_a_card_and_its_history_is_kept(desk):
    sector = make_sector("forestry")

    assert desk.post(reverse("pocket-cards:add"), form(sector)).status_code == 302
    card = PocketCard.objects.get()
    edit = reverse("pocket-cards:edit", args=[card.pk])
    assert desk.post(edit, form(sector, step="See each person alone.")).status_code == 302

    card.refresh_from_db()
    assert [block.value for block in card.steps] == ["See each person alone."]
    assert card.revisions.count() == 2
    actions = ModelLogEntry.objects.filter(object_id=str(card.pk)).values_list("action", flat=True)
    assert {"wagtail.create", "wagtail.edit"} <= set(actions)
    assert desk.post(reverse("pocket-cards:delete", args=[card.pk])).status_code == 302
    assert PocketCard.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"step": "Call (758) 468-3754."}, {"spanish": "Llame al 758 468 3754"}, {"contact": "the boss"}]
)
def test_numbers_come_from_the_directory_alone(desk, wrong):
    response = desk.post(reverse("pocket-cards:add"), form(make_sector("forestry"), **wrong))

    assert response.status_code == 200
    assert not PocketCard.objects.exists()


def test_what_does_not_fit_on_paper_is_refused(desk):
    sector = make_sector("forestry")
    long = "Meet needs first, such as water and a chair, and only then ask something short."

    refused = desk.post(reverse("pocket-cards:add"), form(sector, step=long, steps=6, signs=5))
    accepted = desk.post(reverse("pocket-cards:add"), form(sector, step=long, steps=6, signs=4))

    assert "do not fit on one side" in refused.content.decode()
    assert accepted.status_code == 302


def test_a_card_names_the_clauses_it_goes_by(desk):
    _first, cited, _last = make_procedure().clauses.all()

    answer = desk.post(reverse("pocket-cards:add"), form(make_sector("forestry"), clauses=[cited]))

    assert answer.status_code == 302
    assert PocketCard.objects.get().cited() == [cited]


def test_a_card_is_seen_before_it_is_saved(desk):
    make_entry(role="emergency", phone="911")
    card = make_pocket_card("forestry")
    preview = reverse("pocket-cards:preview_on_edit", args=[card.pk])

    sent = desk.post(preview, form(card.sector, step="See each person alone."))
    page = desk.get(preview).content.decode()

    assert sent.json()["is_valid"]
    assert "See each person alone." in page
    assert 'href="tel:911"' in page
    assert [block.value for block in PocketCard.objects.get().steps] == ["Meet needs first."]
