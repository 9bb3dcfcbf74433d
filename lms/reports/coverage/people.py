"""The people of a post, or without one: the list behind every number of the coverage. Status and dates only."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.reports.coverage.stationed import AHEAD, certified, lasting, stationed
from lms.reports.figures.training import Certified

ALL, TRAINED = "", "trained"
SHOWN = {
    ALL: gettext_lazy("Stationed there now"),
    TRAINED: gettext_lazy("Trained now"),
    "lapsing-30": gettext_lazy("Trained now, and no longer after 30 days"),
    "lapsing-60": gettext_lazy("Trained now, and no longer after 60 days"),
    "lapsing-90": gettext_lazy("Trained now, and no longer after 90 days"),
}
HEADINGS = [
    gettext_lazy("Name"),
    gettext_lazy("Agency"),
    gettext_lazy("Post"),
    gettext_lazy("Rank"),
    gettext_lazy("Training"),
    gettext_lazy("Valid until"),
]

assert set(SHOWN) == {ALL, TRAINED, *(f"lapsing-{days}" for days in AHEAD)}


@dataclass(frozen=True)
class Validity:
    """Of somebody who is trained; without an end where `until` is None."""

    until: date | None


def people_at(scope, day, place, show=ALL):
    """Those whose number is shown: at a post, by its key, or None. One of SHOWN."""
    people = stationed(scope, day).filter(place=place) if place else _without(scope, day)
    if show != ALL:
        held = certified(scope, day).order_by()
        people = people.filter(pk__in=held.values("owner"))
        if show != TRAINED:
            days = int(show.removeprefix("lapsing-"))
            people = people.exclude(pk__in=lasting(held, day, days).values("owner"))
    return people.select_related("agency", "post").order_by("full_name", "pk")


def rows_of(people, day):
    """Values for HEADINGS of each of these people, a page or a batch; one query for all."""
    people = list(people)
    held = Certified.objects.in_force(day).filter(owner__in=[one.pk for one in people]).order_by()
    endless = Count("pk", filter=Q(valid_until=None))
    found = held.values_list("owner").annotate(until=Max("valid_until"), endless=endless)
    trained = {owner: Validity(None if endless else until) for owner, until, endless in found}
    for one in people:
        validity = trained.get(one.pk)
        yield [
            one.full_name,
            one.agency.name if one.agency else "",
            one.post.name if one.post else "",
            one.rank,
            in_words(validity),
            validity and validity.until,
        ]


def in_words(validity):
    if validity is None:
        return _("No certificate in force")
    if validity.until is None:
        return _("Trained, without an end")
    return _("Trained, until %(date)s") % {"date": date_format(validity.until, "j F Y")}


def _without(scope, day):
    return stationed(scope, day).filter(place__isnull=True)
