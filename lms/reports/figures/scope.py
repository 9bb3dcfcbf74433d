"""What a report is narrowed to: a period, and any of the filters. It travels in addresses.

A supervisor's own agency is set here and cannot be asked away: whatever reads rows reads them by a Scope.
"""

from dataclasses import dataclass, fields, replace
from datetime import datetime, time
from urllib.parse import urlencode

from django.utils import timezone

from lms.reports.figures import periods
from lms.reports.figures.periods import Period

# In place of a key or a name: those of whom it is not known.
NONE = "-"


@dataclass(frozen=True)
class Scope:
    """`agency`, `course` and `workshop` are keys as text, the others codes or names; "" is everything and
    `NONE` those that have none. `only_agency`: what this log-in may see at most, by its key; None is all."""

    period: Period
    agency: str = ""
    sector: str = ""
    sex: str = ""
    district: str = ""
    course: str = ""
    workshop: str = ""
    funder: str = ""
    kind: str = ""
    only_agency: int | None = None

    # --- Time ---------------------------------------------------------------------------

    @property
    def begins_at(self):
        return _midnight(self.period.first)

    @property
    def ends_at(self):
        """The first moment that is not in it any more."""
        return _midnight(self.period.after)

    @property
    def day(self):
        """For what is counted as it stands on a day: the last of the period, or today while it runs."""
        return min(self.period.last, timezone.localdate())

    # --- Rows ---------------------------------------------------------------------------

    def within(self, rows):
        """Rows with the columns of `Evidence`, narrowed."""
        return self.in_place(rows.filter(at__gte=self.begins_at, at__lt=self.ends_at))

    def in_place(self, rows):
        """The same whenever they were: narrowed by everything but the period."""
        if self.only_agency is not None:
            rows = rows.filter(agency=self.only_agency)
        for name, column in COLUMNS.items():
            wanted = getattr(self, name)
            if wanted:
                rows = rows.filter(**_condition(column, wanted))
        return rows

    # --- Addresses ----------------------------------------------------------------------

    @property
    def narrows(self):
        """The filters that are set, without the period: {name: value}."""
        return {name: getattr(self, name) for name in COLUMNS if getattr(self, name)}

    def query(self, **changes):
        """ "?period=…&agency=…", with these filters changed; "" takes one away."""
        changed = replace(self, **changes)
        said = {"period": changed.period.name}
        if changed.period.name == periods.ANY:
            said |= {"from": changed.period.first.isoformat(), "to": changed.period.last.isoformat()}
        return f"?{urlencode(said | changed.narrows)}"


# By what rows are narrowed: the filter, and the column of Evidence.
COLUMNS = {
    "agency": "agency",
    "sector": "sector_code",
    "sex": "sex",
    "district": "district",
    "course": "course",
    "workshop": "workshop",
    "funder": "funder",
    "kind": "kind",
}
KEYS = {"agency", "course", "workshop"}


def read(data, *, only_agency=None, today=None):
    """The Scope that a query string asks for. What cannot be read narrows nothing and widens nothing.

    `data`: a QueryDict or a dict. `only_agency`: see Scope.
    """
    today = today or timezone.localdate()
    wanted = {name: _clean(name, data.get(name, "")) for name in COLUMNS}
    return Scope(_period(data, today), only_agency=only_agency, **wanted)


def _period(data, today):
    """The one that is asked for; else the year that runs."""
    named = periods.named(data.get("period", ""))
    asked = named or periods.between(data.get("from", ""), data.get("to", ""))
    return asked or periods.calendar(today.year)


def _clean(name, value):
    value = str(value).strip()[:160].replace("\x00", "")
    if value == NONE or not value:
        return value
    if name in KEYS:
        return value if value.isascii() and value.isdigit() and len(value) < 16 else ""
    return value


def _condition(column, wanted):
    if wanted != NONE:
        return {column: wanted}
    return {f"{column}__isnull": True} if column in KEYS else {column: ""}


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


assert {field.name for field in fields(Scope)} == {"period", "only_agency", *COLUMNS}
