"""Which card is whose."""

from courses.pocket_cards.models import PocketCard
from courses.pocket_cards.stamping import stamp_of


def card_of(person):
    """The card of the sector in which somebody works, or None."""
    sector = person.path_sector
    return sector and PocketCard.objects.filter(sector=sector).select_related("sector").first()


def stamp_for(person):
    """The stamp of the contacts on this person's card, "" where there is none."""
    card = card_of(person)
    return stamp_of(card.lines(person.post)) if card else ""
