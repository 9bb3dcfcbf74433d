"""What a list behind a figure shows of each row."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.reports.figures import hours
from lms.reports.figures.figure import MINUTES, PEOPLE
from lms.reports.figures.training import Certified

PERSON = [_("Name"), _("Agency"), _("Post"), _("Rank"), _("Sector")]
TRAINING = [_("Date"), _("Name"), _("Agency then"), _("Post then"), _("Rank then"), _("Kind"), _("What")]
CERTIFICATE = [
    *(_("Issued"), _("Number"), _("Name"), _("Agency then"), _("What"), _("Valid until"), _("Specimen")),
]


@dataclass(frozen=True)
class Columns:
    """`rows(some)`: a list of values for each of some of the listed rows, at most one query for all."""

    headings: list
    rows: object


def columns_of(figure):
    if figure.counts == PEOPLE:
        return Columns(PERSON, person_rows)
    if figure.counts == MINUTES:
        return Columns([*TRAINING, _("Minutes"), _("Minutes that count")], _minutes)
    if figure.of is Certified:
        return Columns(CERTIFICATE, _certificates)
    return Columns(TRAINING, _trainings)


def person_rows(some):
    """Values for PERSON of people `with_place`."""
    for one in some:
        sector = one.path_sector
        yield [
            one.full_name,
            one.agency.name if one.agency else "",
            one.post.name if one.post else "",
            one.rank,
            sector.name if sector else "",
        ]


def _trainings(some):
    for one in some:
        yield [
            _day(one.at),
            one.owner.full_name,
            one.agency_name,
            one.post_name,
            one.rank,
            str(one.kind_label),
            one.title,
        ]


def _minutes(some):
    some = list(some)
    counted = hours.counted_of(some)
    for one, values in zip(some, _trainings(some), strict=True):
        yield [*values, one.minutes, counted[one.pk]]


def _certificates(some):
    for one in some:
        yield [
            _day(one.at),
            one.number,
            one.owner.full_name,
            one.agency_name,
            one.title,
            one.valid_until,
            _("Specimen") if one.specimen else "",
        ]


def _day(moment):
    return timezone.localtime(moment).date()
