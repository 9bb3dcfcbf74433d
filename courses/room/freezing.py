"""Forms A and B of a test on paper: drawn once, then fixed, whatever becomes of the quiz."""

import random
from collections import namedtuple

from django.db import transaction
from django.utils.translation import gettext as _

from courses.audit import log
from courses.choices import RoomTestWhen
from courses.kinds import kind_of
from courses.kinds.answering import ALWAYS, IF_WANTED
from courses.questions.models import QuestionEdition
from courses.quizzes import refusals, starting
from courses.room.compact import Place
from courses.room.models import PaperForm
from courses.room.taking import NoTest, TestRefused, quiz_key_of
from courses.workshops.models import Workshop

LETTERS = ("A", "B")
# A question of a form, as `showing` reads one of an attempt.
Item = namedtuple("Item", "n question_edition option_order")


class NotForPaper(TestRefused):
    """The quiz asks each sector something else; a sheet for a whole room cannot."""

    def __str__(self):
        return _(
            "This test draws questions for each line of work, which one sheet for the whole room cannot. "
            "Let people take it by phone, or choose another test for the workshop."
        )


class TooLong(TestRefused):
    def __str__(self):
        return _("This test is too long for a sheet of paper. Let people take it by phone.")


# More would not be read by anybody, and the door for answers takes no more at once.
MOST = 100


@transaction.atomic
def freeze(workshop, when, *, actor, at, seed=None):
    """Forms A and B of this test, as they were frozen first, or new ones. [PaperForm, PaperForm]

    `seed` makes the lot repeatable. Raises a TestRefused or a StartRefused.
    """
    # The workshop's row is the lock: two who freeze at once get the same forms.
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    found = list(PaperForm.objects.filter(workshop=workshop, when=when).order_by("letter"))
    if found:
        return found
    quiz_key = quiz_key_of(workshop, when)
    if quiz_key is None:
        raise NoTest
    edition = starting.open_edition(quiz_key)
    seed = random.SystemRandom().randrange(10**9) if seed is None else seed
    # What the lot gives is printed and on record; nobody gains by foreseeing it.
    papers = draw_papers(edition, random.Random(seed), seen=_asked_before(workshop, when))  # noqa: S311
    forms = [
        PaperForm.objects.create(
            workshop=workshop,
            when=when,
            letter=letter,
            quiz_edition=edition,
            items=[{"question_edition": question.pk, "option_order": order} for question, order in paper],
            at=at,
        )
        for letter, paper in zip(LETTERS, papers, strict=True)
    ]
    log.record("paper forms frozen", workshop, actor=actor, at=at, when=when, edition=edition.pk, seed=seed)
    return forms


def _asked_before(workshop, when):
    """Keys of the questions on the pre-test's forms: where there is a choice, the post-test asks others."""
    if when == RoomTestWhen.BEFORE:
        return set()
    forms = PaperForm.objects.filter(workshop=workshop, when=RoomTestWhen.BEFORE)
    ids = {item["question_edition"] for form in forms for item in form.items}
    keys = QuestionEdition.objects.filter(pk__in=ids).values_list("question__key", flat=True)
    return {str(key) for key in keys}


def draw_papers(edition, rng, seen=frozenset()):
    """[[(question edition, order of its options), ...] of A, ... of B].

    B draws other questions where there are any. Where nothing is drawn, it has the same in another order.
    """
    if any(item.get("draw", {}).get("own_sector") for item in edition.items):
        raise NotForPaper
    first = starting.choose(edition, "", seen, rng, edition.locale)
    if not first:
        raise refusals.PoolTooSmall
    if len(first) > MOST:
        raise TooLong
    second = starting.choose(edition, "", seen | {str(one.question.key) for one in first}, rng, edition.locale)
    if {one.pk for one in first} == {one.pk for one in second}:
        second = _otherwise(first, rng)
    paper_a = starting.placed_by_lot(first, edition, rng)
    orders = {question.pk: order for question, order in paper_a}
    paper_b = [
        (question, _other_order(question, order, orders.get(question.pk), edition.policy, rng))
        for question, order in starting.placed_by_lot(second, edition, rng)
    ]
    return [paper_a, paper_b]


def _otherwise(things, rng):
    """The same in another order; one alone stays."""
    things = list(things)
    other = rng.sample(things, len(things))
    return other[1:] + other[:1] if other == things else other


def _other_order(question, order, not_this, policy, rng):
    """Where the same question is on both forms, its options stand in another order, if they may be moved.

    A neighbour who looks across then sees letters of no use.
    """
    shuffles = kind_of(question.kind).SHUFFLES
    may_move = shuffles == ALWAYS or (shuffles == IF_WANTED and policy["shuffle"])
    return _otherwise(order, rng) if order == not_this and may_move else order


def questions_of(form):
    """[(question edition, order of its options), ...] as they are printed."""
    ids = [item["question_edition"] for item in form.items]
    editions = QuestionEdition.objects.select_related("question").in_bulk(ids)
    return [(editions[item["question_edition"]], item["option_order"]) for item in form.items]


def items_of(form):
    """The same as `showing` reads them."""
    return [Item(n, *one) for n, one in enumerate(questions_of(form), 1)]


def places_of(items):
    """The same as `compact` reads them."""
    return [
        Place(item.n, item.question_edition.kind, item.question_edition.body, item.option_order)
        for item in items
    ]


def letter_for(registration):
    """Neighbours on the list get different forms: odd rows A, even rows B."""
    row = registration.row or registration.walk_in_row or 1
    return LETTERS[(row + 1) % 2]
