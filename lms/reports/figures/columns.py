"""What a list behind a figure shows of each row."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.reports.figures import hours
from lms.reports.figures.figure import MINUTES, PEOPLE
from lms.reports.figures.training import KINDS, Certified

PERSON = [_("Name"), _("Agency"), _("Post"), _("Rank"), _("Sector")]
TRAINING = [_("Date"), _("Name"), _("Agency then"), _("Post then"), _("Rank then"), _("Kind"), _("What")]
CERTIFICATE = [
    *(_("Issued"), _("Number"), _("Name"), _("Agency then"), _("What"), _("Valid until"), _("Specimen")),
]


@dataclass(frozen=True)
class Columns:
    """`facts` are what of a row its values are made from: names as a queryset has them. Only these are read.

    `made(facts of some)` makes the values, and so does `maker()`, which is for a whole list.
    """

    headings: list
    facts: tuple
    made: Callable
    of_all: Callable = None
    # Places of those that stand to the right: numbers.
    numeric: tuple = ()

    def rows(self, listed):
        """A list of values for each of these rows, a queryset: read at once, and at most one query more."""
        return self.made(list(self.read(listed)))

    def read(self, listed):
        """The facts of these rows, a queryset: again one, to go through by `iterator` where it is long."""
        return listed.values_list(*self.facts)

    def maker(self):
        """As `made`, where it is called for the whole list, bit by bit: what all need is asked for once."""
        return self.of_all() if self.of_all else self.made


def of_people():
    """Of people `with_place`."""
    return Columns(PERSON, PERSON_FACTS, _people)


def columns_of(figure):
    if figure.counts == PEOPLE:
        return of_people()
    if figure.counts == MINUTES:
        return Columns(
            [*TRAINING, _("Minutes"), _("Minutes that count")],
            MINUTES_FACTS,
            _minutes,
            _all_minutes,
            numeric=(7, 8),
        )
    if figure.of is Certified:
        return Columns(CERTIFICATE, CERTIFICATE_FACTS, _certificates)
    return Columns(TRAINING, TRAINING_FACTS, _trainings)


PERSON_FACTS = (
    *("full_name", "agency__name", "post__name", "rank"),
    *("sector__name", "agency__sector__name"),
)
TRAINING_FACTS = ("at", "owner__full_name", "agency_name", "post_name", "rank", "kind", "title")
MINUTES_FACTS = (*TRAINING_FACTS, "minutes", "pk", "owner_id")
CERTIFICATE_FACTS = (*("at", "number", "owner__full_name", "agency_name", "title", "valid_until", "specimen"),)


def _people(some):
    for name, agency, post, rank, own, theirs in some:
        yield [name, agency or "", post or "", rank, own or theirs or ""]


def _trainings(some):
    kinds = {kind: str(label) for kind, label in KINDS.items()}
    for at, name, agency, post, rank, kind, title in some:
        yield [_day(at), name, agency, post, rank, kinds[kind], title]


def _all_minutes():
    return partial(_minutes, nothing=hours.count_nothing())


def _minutes(some, nothing=None):
    if nothing is None:
        nothing = hours.count_nothing({owner for *_facts, owner in some})
    values = _trainings(facts[: len(TRAINING_FACTS)] for facts in some)
    for row, (*_facts, minutes, pk, _owner) in zip(values, some, strict=True):
        yield [*row, minutes, 0 if pk in nothing else minutes]


def _certificates(some):
    word = str(_("Specimen"))
    for at, number, name, agency, title, valid_until, specimen in some:
        yield [_day(at), number, name, agency, title, valid_until, word if specimen else ""]


def _day(moment):
    return timezone.localtime(moment).date()
