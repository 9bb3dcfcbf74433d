"""A few runs of the harness on every change; `make faults` makes hundreds of them."""

import pytest

from tests.faults.driver import Run
from tests.faults.plan import OF_REQUESTS, Deck
from tests.faults.site import opened
from tests.faults.story import MISHAPS, story_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEEDS = (3, 4, 7, 8)
QUESTIONS = 5


def test_the_stories_meet_every_mishap():
    assert {mishap for seed in SEEDS for mishap in story_of(seed).mishaps} == set(MISHAPS)
    assert len({story_of(seed).quiz for seed in SEEDS}) == 3


def test_nothing_is_lost_or_doubled_and_every_state_shown_is_true(browser):
    deck, faults, answers, troubles = Deck(1), set(), 0, []
    with opened(QUESTIONS, browser) as site:
        for seed in SEEDS:
            told = Run(site, seed, deck).tell()
            faults |= set(told.faults)
            answers += told.answers
            if told.troubles:
                troubles += [f"seed {seed}", *told.lines, *map(str, told.troubles)]

    assert not troubles, "\n".join(troubles)
    assert faults == set(OF_REQUESTS)
    assert answers == len(SEEDS) * QUESTIONS
