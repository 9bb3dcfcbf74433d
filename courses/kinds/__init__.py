"""The kinds of question. To add one: copy `single.py`, list it here, add its block to `blocks.py`.

Every kind is one module with the same small face, pure: neither django nor wagtail.

    NAME, SEVERAL (more than one answer may be chosen), SHUFFLES (the order of answers may change)
    freeze(value) -> (body, key, feedback)     what is asked; what is right; what is said about it
    problems(value) -> [code, ...]             why it cannot be asked yet
    check_payload(body, payload) -> payload    as it will be stored, or BadAnswer
    mark(body, key, payload) -> Fraction       0 to 1

`value` is the block as plain values, each answer with its `id`.
"""

from courses.kinds import multiple, single, true_false
from courses.kinds.answering import BadAnswer

KINDS = {module.NAME: module for module in (single, multiple, true_false)}

__all__ = ["KINDS", "BadAnswer", "kind_of"]


def kind_of(name):
    return KINDS[name]
