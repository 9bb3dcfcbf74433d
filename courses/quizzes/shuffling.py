"""The order of a question's options, as one person is shown them. Pure."""

from courses.kinds import kind_of
from courses.kinds.answering import ALWAYS, IF_WANTED, option_ids


def option_order(question, policy, rng):
    """The ids of its options; `question` has a `kind` and a `body`."""
    order = option_ids(question.body)
    shuffles = kind_of(question.kind).SHUFFLES
    if shuffles == ALWAYS or (shuffles == IF_WANTED and policy["shuffle"]):
        rng.shuffle(order)
    return order
