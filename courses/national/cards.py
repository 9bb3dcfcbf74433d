"""The pocket cards that come with the national course, for the sectors that a site has."""

from courses.national import blocks, files
from courses.national.loading import Loader
from courses.people.models import Sector
from courses.pocket_cards.models import PocketCard

PARTS = {"steps": "step", "contacts": "contact", "signs": "sign", "phrases": "phrase"}


def install_cards(*, at):
    """Returns the loader's counts. A card that people have edited, written themselves or deleted is theirs."""
    loader = Loader(at)
    sectors = {sector.code: sector for sector in Sector.objects.filter(retired=False)}
    for source in files.read("cards")["cards"]:
        for code in source["sectors"]:
            if code in sectors:
                _install(loader, sectors[code], _values(source))
    return loader.counts


def _values(source):
    """The fields of a card from its file. Each part has a name for ever: a revision of the same is the same."""
    streams = {
        field: [
            {"type": kind, "value": value, "id": str(blocks.name_id(f"card-{field}", f"{source['key']}-{n}"))}
            for n, value in enumerate(source[field], 1)
        ]
        for field, kind in PARTS.items()
    }
    return {**streams, "note": source.get("note", "")}


def _install(loader, sector, values):
    def make(card):
        card = card or PocketCard(sector=sector)
        for field, value in values.items():
            setattr(card, field, value)
        card.save()
        card.save_revision(changed=True)
        card.refresh_from_db()
        return card

    found = PocketCard.objects.filter(sector=sector).first()
    loader.settle(PocketCard, f"card/{sector.code}", found, values, make)
