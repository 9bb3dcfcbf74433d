"""Whether a card's words fit on its two sides of 85 x 54 mm, small as they are printed there. Pure."""

from math import ceil

# Letters of usual width in a line and in half of one, and lines on a side: measured on paper.
LINE, HALF_LINE = 74, 36
FRONT, BACK = 16, 14


def front_fits(steps, signs):
    return sum(ceil(len(text) / LINE) for text in [*steps, *signs]) <= FRONT


def back_fits(contacts, phrases):
    """`phrases`: (English, Spanish) of each, which stand beside each other."""
    return len(contacts) + sum(ceil(max(map(len, phrase)) / HALF_LINE) for phrase in phrases) <= BACK
