"""Which backups are kept: grandfather, father, son.

The newest of each of the last 7 days, 5 weeks (of ISO 8601), 12 months and 10 years, in UTC. Only days, weeks,
months and years with a backup count: a site that stood still loses nothing by it. Only a good backup fills a
place; one that was found broken goes as soon as there is a newer good one. What is dated after now (a clock
jumped) is never thrown away, and fills no place.
"""

from dataclasses import dataclass
from datetime import datetime

DAYS, WEEKS, MONTHS, YEARS = 7, 5, 12, 10

PERIODS = [
    (DAYS, lambda at: at.date()),
    (WEEKS, lambda at: at.isocalendar()[:2]),
    (MONTHS, lambda at: (at.year, at.month)),
    (YEARS, lambda at: at.year),
]


@dataclass(frozen=True)
class Kept:
    """A backup in the folder. `good` is False only where it was opened and found broken."""

    name: str
    made_at: datetime
    good: bool = True


def to_throw_away(backups, now):
    """The names of those that fill no place any more. Never the newest good one."""
    past = sorted((each for each in backups if each.made_at <= now), key=lambda each: (each.made_at, each.name))
    good = [each for each in past if each.good]
    keep = set()
    for places, period_of in PERIODS:
        newest = {period_of(each.made_at): each.name for each in good}
        keep.update(list(newest.values())[-places:])
    broken_and_needed = {each.name for each in past if not each.good and not _followed(each, good)}
    return {each.name for each in past} - keep - broken_and_needed


def _followed(broken, good):
    return bool(good) and good[-1].made_at > broken.made_at
