"""A quiz tried by its author, from its newest draft: drawn, answered and marked, and nothing is kept.

What was answered travels in the address as a signed text; every page lays the paper anew from it.
"""

import hashlib
import json
import random
from collections import namedtuple
from functools import cached_property
from operator import attrgetter
from urllib.parse import urlencode

from django.core import signing
from django.urls import reverse

from courses.choices import Purpose, Review
from courses.kinds import BadAnswer, kind_of
from courses.kinds.answering import is_not_sure, option_ids, right_payload
from courses.quizzes import marking, showing
from courses.quizzes.laying import lay
from courses.quizzes.packed import pack, unpack
from courses.quizzes.paper import sheet_of

SALT = "courses.quizzes.trying"
# An address may have 4094 characters on the way through the server.
LONGEST = 3000
# The pages of an attempt, and those of a try in their place.
PAGES = {
    "attempt_question": "try_question",
    "attempt_review": "try_review",
    "attempt_submit": "try_result",
    "attempt_result": "try_result",
}
State = namedtuple("State", "mode seed answers over")


class Stale(Exception):
    """The text in the address is no good, or its answers would now stand at other questions."""


class TooLong(Exception):
    """More was typed than an address can hold."""


def begin(page, mode):
    # Which questions are drawn is no secret from whoever reads them all.
    return Try(page, State(mode, random.randrange(10**6), {}, False))  # noqa: S311


def go_on(page, text):
    """The try that `text` stands for. Raises Stale."""
    try:
        *state, stamp = signing.loads(text, salt=SALT)
        found = Try(page, State(*state))
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise Stale from error
    if found.stamp != stamp:
        raise Stale
    return found


class Try:
    """Looks like an Attempt to the templates and to `showing`; has no row anywhere."""

    # Not None: an attempt outside every enrolment is a test in a room.
    enrolment_id = 0

    def __init__(self, page, state, paper=None):
        self.page, self.state = page, state
        self.policy = page.policy()
        self.paper = paper or lay(page, self.sector, random.Random(state.seed))  # noqa: S311

    # --- What templates ask of an Attempt and of its edition -----------------------------

    @property
    def quiz_edition(self):
        return self

    @property
    def title(self):
        return self.page.title

    @property
    def is_submitted(self):
        return self.state.over

    @property
    def shows_feedback(self):
        return self.policy["review"] == Review.PRACTICE

    @property
    def may_be_unsure(self):
        return self.policy["purpose"] != Purpose.FINAL

    def url_of(self, name, *args, **query):
        address = reverse(PAGES[name], args=[self.page.pk, *args])
        return f"{address}?{urlencode({'paper': self.text, **query})}"

    # --- The paper ----------------------------------------------------------------------

    @property
    def sector(self):
        """None: every question is asked."""
        return self.state.mode or None

    @cached_property
    def text(self):
        """What stands for it in an address."""
        text = signing.dumps([*self.state, self.stamp], salt=SALT, compress=True)
        if len(text) > LONGEST:
            raise TooLong
        return text

    @property
    def stamp(self):
        """Another one where a packed answer would stand for something else: the bank may change as
        well as the quiz."""
        wordings = [(item.question_key, item.question_edition) for item in self.paper.items]
        asked = [(key, wording.kind, option_ids(wording.body)) for key, wording in wordings]
        return hashlib.sha256(json.dumps([self.page.pk, asked]).encode()).hexdigest()[:16]

    @cached_property
    def items(self):
        return {item.n: item for item in self.paper.items}

    @cached_property
    def payloads(self):
        """{n: the answer given}, each read as if it had just been sent."""
        found = {}
        for n, packed in self.state.answers.items():
            item = self.items.get(int(n))
            payload = item and _read(item, packed)
            if payload:
                found[item.n] = payload
        return found

    def gaps(self):
        return [n for n in self.items if n not in self.payloads]

    # --- What happens: each returns another Try -----------------------------------------

    def answered(self, n, payload):
        """With this answer. Raises BadAnswer. In practice the first answer stays."""
        item = self.items[n]
        payload = kind_of(item.question_edition.kind).check_payload(item.question_edition.body, payload)
        if is_not_sure(payload) and not self.may_be_unsure:
            raise BadAnswer("not_offered")
        if self.shows_feedback and n in self.payloads:
            return self
        return self._with({**self.payloads, n: payload})

    def handed_in(self):
        return self._with(self.payloads, over=True)

    def as_passed(self):
        """As if every question had been answered rightly."""
        return self._with({n: _right(item) for n, item in self.items.items()}, over=True)

    def as_failed(self):
        """As if none had been answered."""
        return self._with({}, over=True)

    def _with(self, payloads, *, over=False):
        answers = {
            str(n): pack(self.items[n].question_edition.body, payload) for n, payload in payloads.items()
        }
        state = self.state._replace(answers=answers, over=over or self.state.over)
        return Try(self.page, state, self.paper)

    # --- What is shown ------------------------------------------------------------------

    def sheet(self, n, *, refused=None):
        """As `paper.sheet` of an attempt, or None."""
        if n not in self.items:
            return None
        places = {place: place in self.payloads for place in self.items}
        payload = self.payloads.get(n)
        return sheet_of(self, self.items[n], payload, places, attrgetter("key"), refused=refused)

    def overview(self):
        return [showing.show_item(item, self.payloads.get(n)) for n, item in self.items.items()]

    def marked(self):
        """The marking.Result there would be."""
        items = [
            marking.Item(n, item.question_edition.kind, item.question_edition.body, item.topic, item.critical)
            for n, item in self.items.items()
        ]
        keys = {n: item.key.key for n, item in self.items.items()}
        return marking.mark(items, self.payloads, keys, self.policy)


def _read(item, packed):
    kind, body = kind_of(item.question_edition.kind), item.question_edition.body
    try:
        return kind.check_payload(body, unpack(body, packed, kind.ASKS))
    except BadAnswer:
        return None


def _right(item):
    return right_payload(kind_of(item.question_edition.kind).ASKS, item.key.key["right"])
