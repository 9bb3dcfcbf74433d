"""The kinds of question. To add one: copy `single.py`, list it here, add its block to `blocks.py`.

Every kind is one module with the same small face, pure: neither django nor wagtail.

    NAME
    ASKS         CHOICES, ROWS, PARTS, TEXT or NUMBER of `answering`: which fields its form has
    SEVERAL      more than one answer may be chosen
    SHUFFLES     NEVER, IF_WANTED or ALWAYS: whether the order of the options changes
    freeze(value) -> (body, key, feedback)     what is asked; what is right; what is said about it
    problems(value) -> [code, ...]             why it cannot be asked yet; InPart(code, n) of a part
    check_payload(body, payload) -> payload    as it will be stored, or BadAnswer
    mark(body, key, payload) -> Fraction       0 to 1
    fields(body, order, payload) -> {"options", "rows", "parts", "typed"}    what the form holds
    said(body, order, payload) -> [text, ...]  the answer in words
    right(body, key) -> [text, ...]            what is right, in words

`value` is the block as plain values, each item of a list with its `id`. `body` holds "stem" and
"options", whose ids are kept in the `order` in which one person is shown them; where a question
has "parts", each with its own options, theirs are kept in the same list. The payload that `fields`
gets may be unchecked: what `form.read` made of what was sent and then refused.
"""

from courses.kinds import case, matching, multiple, numeric, ordering, short, single, true_false
from courses.kinds.answering import BadAnswer

MODULES = (single, multiple, true_false, matching, ordering, short, numeric, case)
KINDS = {module.NAME: module for module in MODULES}

__all__ = ["KINDS", "BadAnswer", "kind_of"]


def kind_of(name):
    return KINDS[name]
