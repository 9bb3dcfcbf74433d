"""Where somebody stands in a story, worked out from the log of what they chose. Pure.

A log is [(situation, choice), ...] in the order in which it was kept; a choice of "" is going back to that
situation. Nothing in a log is an error: what cannot follow from where one stood (two devices, one of them
late) stays in the log and moves nobody.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Played:
    """`here`: the id of the situation or the ending. `met`: every id come to, in that order, each once.
    `first`: {situation: the choice made there first}, in that order. `taken`: for each entry of the log,
    whether it moved them. `last`: its last entry, ("", "") of an empty one."""

    here: str
    met: tuple
    first: dict
    taken: tuple
    last: tuple
    is_over: bool = False

    def may_go_back_to(self, situation):
        return not self.is_over and situation in self.met


def choices_of(story):
    """{situation: {choice id: choice}}."""
    return {one["id"]: {choice["id"]: choice for choice in one["choices"]} for one in story["situations"]}


def play(story, log, *, back):
    """The Played of this log. `back`: whether going back is allowed."""
    choices = choices_of(story)
    here = story["situations"][0]["id"]
    met, first, taken, is_over = {here: None}, {}, [], False
    for situation, choice in log:
        reachable = not is_over and (situation in met and back or situation == here)
        made = choices.get(situation, {}).get(choice)
        taken.append(bool(reachable and (made or (choice == "" and back))))
        if not taken[-1]:
            continue
        if made is None:
            here = situation
            continue
        first.setdefault(situation, choice)
        here = made["to"]
        met.setdefault(here)
        is_over = here not in choices
    last = tuple(log[-1]) if log else ("", "")
    return Played(here, tuple(met), first, tuple(taken), last, is_over)
