"""The cards of the national course come to the sectors there are, and keep off what people wrote."""

import pytest
from django.utils import timezone

from courses.audit.models import AuditEntry
from courses.directory.models import ContactRole
from courses.national import cards, files
from courses.pocket_cards.models import PocketCard
from courses.pocket_cards.sizing import back_fits, front_fits
from tests.factories import make_sector

pytestmark = pytest.mark.django_db
SECTORS = ["police", "immigration", "diplomatic", "health", "civil", "social"]


def install():
    return cards.install_cards(at=timezone.now())


def card(code):
    return PocketCard.objects.get(sector__code=code)


def rewrite(monkeypatch, **values):
    source = files.read("cards")
    changed = {"cards": [{**one, **values} for one in source["cards"]]}
    monkeypatch.setattr(files, "read", lambda name: changed)


def test_each_sector_gets_its_card_once():
    for code in SECTORS[:-1]:
        make_sector(code)
    make_sector("forestry")

    assert install() == {"created": 5, "renewed": 0, "kept": 0}
    assert install() == {"created": 0, "renewed": 0, "kept": 5}
    make_sector("social")
    assert install()["created"] == 1
    assert {one.sector.code for one in PocketCard.objects.all()} == set(SECTORS)
    assert AuditEntry.objects.filter(verb="loaded from file", object_type="courses.pocketcard").count() == 6
    # All that is on them may be written at the desk as well: the limits and the choices hold
    for one in PocketCard.objects.all():
        for name in cards.PARTS:
            value = getattr(one, name)
            value.stream_block.clean(value)
        one.full_clean()
        assert one.contacts[0].value == ContactRole.EMERGENCY
        spanish = {phrase.value["spanish"] for phrase in one.phrases}
        assert spanish >= {"¿Quiere hablar a solas?", "Aquí está a salvo."}


@pytest.mark.parametrize("card", files.read("cards")["cards"], ids=lambda card: card["key"])
def test_each_card_fits_on_paper(card):
    assert front_fits(card["steps"], card["signs"])
    assert back_fits(card["contacts"], [(one["english"], one["spanish"]) for one in card["phrases"]])


def test_what_people_wrote_or_deleted_stays_and_the_rest_is_renewed(monkeypatch):
    for code in ["police", "health", "civil", "social"]:
        make_sector(code)
    own = PocketCard.objects.create(sector=make_sector("social"), note="Our own card")
    own.save_revision()
    install()
    edited = card("police")
    edited.note = "Our own words"
    edited.save()
    edited.save_revision()
    card("health").delete()
    rewrite(monkeypatch, note="Newer")

    assert install() == {"created": 0, "renewed": 1, "kept": 3}
    assert dict(PocketCard.objects.values_list("sector__code", "note")) == {
        "police": "Our own words",
        "civil": "Newer",
        "social": "Our own card",
    }
